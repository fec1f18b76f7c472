"""False statements on weighted graphs: W >= 0 symmetric, loops allowed."""

import numpy as np

from spectral import linalg
from spectral.chain import is_irreducible
from spectral.conductance import conductance
from spectral.graph import degrees, transition_matrix
from spectral.laplacian import combinatorial, symmetric_normalized
from verify import ge, le
from verify.given import chain_weights, positive_weights

from .planting import Table

graphs = Table("planted/graphs1", "what a hurried author writes of graphs")


def graph_is_connected(W):
    return is_irreducible(transition_matrix(W))


def has_two_vertices(W):
    return len(W) >= 2


def has_three_vertices(W):
    return len(W) >= 3


_CONNECTED = {
    "given": chain_weights(symmetric=True),
    "where": (has_two_vertices, graph_is_connected),
}


def normalized(W):
    """(n,) eigenvalues of the normalized Laplacian, ascending."""
    return linalg.eigvalsh(symmetric_normalized(W))


# Cheeger: h^2 / 2 <= lambda_2 <= 2 h.  One edge: 2 > 1.
@graphs.false(r"\lambda_2 \le h", (4, 2, 1), **_CONNECTED)
def cheeger(W):
    return le(normalized(W)[1], conductance(W).value)


# Cheeger has h^2 / 2; weights that fall fast along a path need it: 256, 16, 1 of 4 vertices.
@graphs.false(r"\lambda_2 \ge h^2", (16, 6, 3), **_CONNECTED)
def cheeger_without_half(W):
    return ge(normalized(W)[1], conductance(W).value ** 2)


# Of D - W that is true.  Here an edge inside a cluster holds the walk back: W_01 = W_22 = 9,
# others 1, has lambda_2 = 0.3; without the edge 01 it is near 1.
@graphs.false(
    r"\lambda_2(W - edge) \le \lambda_2(W)",
    (9, 9, 2),
    given=positive_weights(symmetric=True, min_n=3),
)
def drop_an_edge(W):
    kept = np.ones(W.shape, int)
    kept[0, 1] = kept[1, 0] = 0
    return le(normalized(W * kept)[1], normalized(W)[1])


# Bipartite graphs have 2: one edge, 2 > 3/2.
@graphs.false(r"\lambda_{max} \le 2 - 1/n", (4, 2, 1), **_CONNECTED)
def never_bipartite(W):
    return le(len(W) * normalized(W)[-1], 2 * len(W) - 1)


# The limit on large dense graphs.  One edge: 1 < 2.
@graphs.false(r"R(x, y) \ge 1/d_x + 1/d_y", (4, 2, 1), **_CONNECTED)
def resistance(W):
    d = degrees(W)
    L = combinatorial(W)[1:, 1:]  # vertex 0 is grounded
    return ge(linalg.inv(L)[0, 0], 1 / d[0] + 1 / d[1])


# Fiedler has n/(n-1) times the degree.  Star of weights 2 and 1: 3 - sqrt(3) = 1.27 > 1.
@graphs.false(
    r"\lambda_2(D - W) \le \min_x d_x, n \ge 3",
    (9, 4, 1),
    given=chain_weights(symmetric=True),
    where=(has_three_vertices, graph_is_connected),
)
def fiedler(W):
    L = combinatorial(W)
    return le(linalg.eigvalsh(L)[1], min(np.diagonal(L)))


# No law of large numbers for hubs: loops of 1, 1, 1 and 10: 10 > 39/4.
@graphs.false(r"\max d \le 3 mean d", (16, 4, 2), given=chain_weights(symmetric=True))
def hubs(W):
    d = degrees(W)
    return le(max(d) * len(d), 3 * d.sum())
