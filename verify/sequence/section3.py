"""Definitions 5, 6 and 10, Corollary 9: the graph, its Laplacian, its gap, its geodesics.

Statements.  Definition 5: the complete directed graph, weights exp(<q_i, k_j>/sqrt(d_k)) > 0.
Definition 6: L = I - D^-1 W.  Definition 10: (a) the gap gamma = lambda_2(L), the smallest non-zero
eigenvalue; (b) it is well defined for attention graphs and for their sparsifications.
Corollary 9: (a) geodesics of the attention metric are optimal information transport paths, d_g a
natural measure of semantic similarity; (b) d_g is a distance between sequences.

Verdict (definition5): definition.
Verdict (definition6): definition.
Verdict (definition10 a): definition.
Verdict (definition10 b): refuted.  A directed graph has complex eigenvalues, which no order makes
a smallest: the 4-cycle has 1 - i and 1 + i.  And a sparse graph may fall apart: [[1, 0], [0, 1]]
has the eigenvalues 0, 0, so that lambda_2 = 0 and no eigenvalue is non-zero.
Verdict (corollary9 a): vague.  "Information transport" and "similarity" are not defined.
Verdict (corollary9 b): refuted.  d_g(X, X + V) <= sqrt(2N) ||V - mean||, since P_ij <= 1 on the
straight path; so d_g = 0 between X and any translate, N = d = 1 included.

Repair.  (definition10) For symmetric W > 0 all eigenvalues are real and 0 is simple.
(corollary9) d_g is a pseudo-distance, and g(V, V) <= N max |v_i - v_j|^2 along straight paths.

Source.  Perron-Frobenius for the simple 0; Theorem 8 for the form.
"""

import numpy as np

from spectral.graph import attention_matrix
from spectral.laplacian import random_walk
from spectral.linalg import eigvals, imag, real
from spectral.metric import attention_form, deviation_squared
from spectral.spectrum import laplacian_eigenvalues
from verify import Claim, eq, gt, le
from verify.given import chain_weights, token_pairs, walks

definition5 = Claim("sequence/definition5", "the attention graph")
definition6 = Claim("sequence/definition6", "the attention Laplacian")
corollary9 = Claim("sequence/corollary9", "geodesics of the attention metric")
definition10 = Claim("sequence/definition10", "the spectral gap")

definition5.definition(
    r"w(i, j) = \exp(\langle q_i, k_j\rangle/\sqrt{d_k})", where="spectral.graph.attention_weights"
)
definition6.definition(r"L = I - D^{-1} W", where="spectral.laplacian.random_walk")
definition10.definition(
    r"\gamma = \lambda_2(L), the smallest non-zero eigenvalue",
    part="a",
    where="spectral.gap.spectral_gap",
)


def at_least_two_tokens(W):
    return len(W) >= 2


@definition10.part(
    r"\lambda_2(L) is real and the smallest non-zero eigenvalue",
    part="b",
    given=chain_weights(),
    where=at_least_two_tokens,
    reading="sparsifications included: W ≥ 0 without a zero row",
    why="a sparse graph may be disconnected, a directed one has complex eigenvalues",
)
def well_defined(W):
    z = eigvals(random_walk(W))
    second = np.sort(real(z))[1]
    return gt(second, 0) & eq(imag(z), 0, scale=1)


@well_defined.amend(r"0 < \lambda_2(L), all real, for symmetric W > 0", given=walks(), where=())
def simple_zero(W):
    return gt(laplacian_eigenvalues(W)[1], 0)


@simple_zero.mutant("symmetric W >= 0", given=chain_weights(), where=at_least_two_tokens)
def simple_zero_if_sparse(W):
    return gt(laplacian_eigenvalues((W + W.T) / 2)[1], 0)


@corollary9.vague(
    "geodesics are optimal information transport paths; d_g measures semantic similarity",
    part="a",
    why='neither "information transport" nor "similarity" is defined, and no cost is named.',
)
def straight_paths():
    X = np.random.default_rng(0).standard_normal((8, 4))
    return {
        "g(V, V) of a translation V of 8 Gaussian tokens": attention_form(
            attention_matrix(X, X), np.ones((8, 4))
        )
    }


def different(X, V):
    return gt((V * V).sum(), 0)


@corollary9.part(
    r"d_g(X, X + V) > 0 for V \ne 0",
    part="b",
    given=token_pairs(),
    where=different,
    reading="tested on its bound by the straight path, d_g² ≤ 2N ‖V - V̄‖²",
    why="translates are at distance 0",
)
def separates(X, V):
    return gt(2 * len(V) * deviation_squared(V), 0)


@separates.amend(r"g_{X+sV}(V, V) \le N \max |v_i - v_j|^2 on the straight path", where=())
def straight_path(X, V):
    return le(attention_form(attention_matrix(X + V / 2, X + V / 2), V), len(V) * _widest(V))


@straight_path.proof
def rows_sum_to_one():
    from sympy import symbols

    p, small, large = symbols("p small large", nonnegative=True)
    yield (
        "p small + (1 - p) large <= large: the difference is p (large - small)",
        (large - (p * small + (1 - p) * large) - p * (large - small)),
    )


@straight_path.mutant("N - 1 in place of N, and a tenth of it")
def shorter_path(X, V):
    return le(
        10 * attention_form(attention_matrix(X + V / 2, X + V / 2), V), (len(V) - 1) * _widest(V)
    )


def _widest(V):
    from spectral.balls import enclosing_max

    return enclosing_max(((V[:, None] - V[None]) ** 2).sum(axis=2))
