"""True statements on Markov chains and graphs: periodic, reducible, tied, all but disconnected."""

import numpy as np

from spectral import linalg
from spectral.chain import is_irreducible, stationary_distribution
from spectral.conductance import conductance
from spectral.gap import absolute_gap
from spectral.graph import degrees, transition_matrix
from spectral.laplacian import combinatorial
from verify import eq, ge, le
from verify.given import chain_weights, positive_weights

from .planted_chains import chain_is_irreducible, has_two_states
from .planted_graphs import normalized
from .planting import Table, beginning_with

chains = Table("traps/chains1", "true of Markov chains and graphs")

_CONNECTED = {
    "given": chain_weights(symmetric=True),
    "where": (has_two_states, chain_is_irreducible),
}


# Spectral theorem in l2(pi); equality for two states, and for a period: 1 = 1.
@chains.true(
    r"\chi^2(P(x,\cdot), \pi) \le \max_{\lambda \ne 1} \lambda^2 \, \chi^2(\delta_x, \pi)",
    **_CONNECTED,
)
def absolute_eigenvalue(W):
    P, pi = transition_matrix(W), W.sum(axis=1) / W.sum()
    after = (P**2 / pi).sum(axis=1) - 1
    return le(after, (1 - absolute_gap(P, reversible=True)) ** 2 * (1 / pi - 1), scale=1 / min(pi))


# Rows sum to 1.  Equality always; of eigenvalue 1 several times in reducible chains.
@chains.true(r"|\lambda| \le 1", given=chain_weights())
def spectral_radius(W):
    return le(abs(linalg.eigvals(transition_matrix(W))), 1)


# By definition, also where the chain hardly ever leaves a state.
@chains.true(
    r"\pi P = \pi",
    given=beginning_with(positive_weights(), np.array([[1.0, 1e-300], [1e-200, 1.0]])),
)
def stationary(W):
    P = transition_matrix(W)
    pi = stationary_distribution(P)
    return eq(pi @ P, pi)


# Cheeger's other side; equality on one edge, 2 = 2.
@chains.true(r"\lambda_2 \le 2 h", **_CONNECTED)
def cheeger_above(W):
    return le(normalized(W)[1], 2 * conductance(W).value)


# Cheeger; near to equality on long geometric paths.
@chains.true(r"h^2/2 \le \lambda_2", **_CONNECTED)
def cheeger_below(W):
    return le(conductance(W).value ** 2, 2 * normalized(W)[1])


# Equality for bipartite graphs, where |x - (-x)|^2 = 2 |x|^2 + 2 |x|^2 on every edge.
@chains.true(r"\lambda_{max} \le 2", **_CONNECTED)
def bipartite(W):
    return le(normalized(W)[-1], 2)


# Fiedler (1973); equality for complete graphs.
@chains.true(r"\lambda_2(D - W) \le n/(n-1) \min_x d_x", **_CONNECTED)
def fiedler(W):
    L = combinatorial(W)
    return le((len(W) - 1) * linalg.eigvalsh(L)[1], len(W) * min(np.diagonal(L)))


# Foster (1949): the edges of a random spanning tree are n - 1.  Here resistances of 10^14 cancel.
@chains.true(
    r"\sum_{i<j} W_{ij} R_{ij} = n - 1",
    given=beginning_with(
        chain_weights(symmetric=True), np.array([[0, 3e-15, 0], [3e-15, 0, 1], [0, 1, 0]])
    ),
    where=(has_two_states, chain_is_irreducible),
)
def foster(W):
    G = linalg.inv(combinatorial(W)[1:, 1:])  # vertex 0 is grounded
    g = np.diagonal(G)
    inner = (W[1:, 1:] * (g[:, None] + g - 2 * G)).sum() / 2
    return eq(inner + (W[0, 1:] * g).sum(), len(W) - 1)


# Courant and Fischer: f^T L f stays, f^T D f grows.  Equality at loop 0, or at f_0 = 0.
@chains.true(r"a loop at 0 does not raise \lambda_2", **_CONNECTED)
def loop(W):
    looped = W.copy()
    looped[0, 0] = W[0, 0] + degrees(W)[0]
    return le(normalized(looped)[1], normalized(W)[1], scale=1)


# Two steps of one class: is_irreducible sees an entry of 1e-300, and only an entry of 0 cuts.
@chains.true(
    "positive weights are irreducible",
    given=beginning_with(positive_weights(), np.array([[1.0, 1e-300], [1e-300, 1.0]])),
)
def irreducible(W):
    return ge(int(is_irreducible(transition_matrix(W))), 1)
