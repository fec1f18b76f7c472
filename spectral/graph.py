r"""The attention graph: tokens are its vertices, W_ij = exp(<q_i, k_j> / sqrt(d_k)) its weights.

The graph is directed, and W is not symmetric unless the queries are the keys; `symmetrize`
offers the usual ways to a symmetric one, by name, because theorems on undirected graphs hold for
it and not for W.

Two functions, because exp overflows.  `attention_weights` is the definition, literally, and
refuses scores above 709, whose exponentials no float64 holds.  `attention_matrix` is P = D^-1 W,
for which it may shift each row by its maximum, and has no such limit.

q and k are (N, d_k) and (M, d_k), one row a token; W is (N, M), and square for a graph.

References
----------
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling", Definitions 5 and 6.
"""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import (
    check_array,
    check_finite,
    check_nonnegative,
    check_scalar,
    check_square,
)
from spectral._symmetrization import symmetrize

_LARGEST = np.log(np.finfo(float).max)  # 709.78: exp of more overflows


def scores(q, k, *, scale=None, temperature=1) -> np.ndarray:
    """(N, M) scores <q_i, k_j> scale / temperature, with scale = 1 / sqrt(d_k) by default.

    Rationals: exact; TypeError where the default scale is irrational.
    """
    q, k = check_array(q, "q", ndim=2), check_array(k, "k", ndim=2)
    if q.shape[1] != k.shape[1]:
        raise ValueError(f"q and k must have one width, got shapes {q.shape} and {k.shape}")
    temperature = check_scalar(temperature, "temperature", like=q, positive=True)
    with np.errstate(over="ignore", invalid="ignore"):
        products = q @ k.T
        if scale is None:
            products = products / linalg.sqrt(q.shape[1], like=q)
        else:
            products = products * check_scalar(scale, "scale", like=q)
        products = products / temperature
    return check_finite(products, "the scores of q and k")


def attention_weights(q, k, *, scale=None, temperature=1, causal: bool = False) -> np.ndarray:
    """(N, M) weights W = exp(scores), unshifted; `causal` sets W_ij = 0 for j > i.

    In float64 a score below -745 gives the weight 0, so that edge is lost.

    *Raises* ValueError where a score is above 709.7; see `attention_matrix`.
    """
    s = scores(q, k, scale=scale, temperature=temperature)
    seen = _seen(s, causal)
    if s.dtype != object and s[seen].max() > _LARGEST:
        raise ValueError(
            f"q and k must have scores up to {_LARGEST:.1f}, or exp overflows, got"
            f" {s[seen].max():.6g}; attention_matrix gives D^-1 W without forming W"
        )
    return _exp(s, seen)


def attention_matrix(q, k, *, scale=None, temperature=1, causal: bool = False) -> np.ndarray:
    """(N, M) row-stochastic P = D^-1 W, the softmax of each row of the scores.

    *Numerics*: each row is shifted by its largest score first, which leaves P as it is and
    keeps exp within [0, 1]; a score 745 below its row's largest gives 0.  Balls need no shift.
    """
    s = scores(q, k, scale=scale, temperature=temperature)
    seen = _seen(s, causal)
    if s.dtype != object:
        s = s - np.where(seen, s, -np.inf).max(axis=1, keepdims=True)
    W = _exp(s, seen)
    return W / W.sum(axis=1, keepdims=True)


def weights_from_tokens(
    x, W_Q, W_K, *, scale=None, temperature=1, causal: bool = False
) -> np.ndarray:
    """(N, N) attention weights of tokens x, (N, d), with q = x W_Q and k = x W_K.

    W_Q and W_K are (d, d_k); the other arguments are those of `attention_weights`.
    """
    x = check_array(x, "x", ndim=2)
    q, k = (_project(x, W, name) for W, name in ((W_Q, "W_Q"), (W_K, "W_K")))
    return attention_weights(q, k, scale=scale, temperature=temperature, causal=causal)


def degrees(W) -> np.ndarray:
    """(N,) out-degrees W 1, the diagonal of D."""
    return check_nonnegative(W, "W", ndim=2).sum(axis=1)


def transition_matrix(W) -> np.ndarray:
    """(N, N) row-stochastic P = D^-1 W: one step of the walk on the graph.

    *Raises* ValueError for a vertex without an edge out, where the walk is undefined.
    """
    W = check_nonnegative(check_square(W, "W"), "W")
    d = degrees(W)
    if (d == 0).any():
        raise ValueError(f"W must have no zero row, got one at {int(np.flatnonzero(d == 0)[0])}")
    return W / check_finite(d, "the degrees of W")[:, None]


def to_networkx(W):
    """The graph as a `networkx.DiGraph` on 0 .. N-1, each W_ij != 0 the `weight` of an edge."""
    import networkx as nx

    W = check_square(W, "W")
    G = nx.DiGraph()
    G.add_nodes_from(range(len(W)))
    rows, columns = (W != 0).nonzero()
    G.add_weighted_edges_from(
        zip(rows.tolist(), columns.tolist(), W[rows, columns].tolist(), strict=True)
    )
    return G


def to_sparse(W):
    """The weights as a `scipy.sparse.csr_array`; float64 only, for SciPy has no exact entries."""
    from scipy.sparse import csr_array

    W = check_square(W, "W")
    if W.dtype == object:
        raise ValueError(f"W must be float64 for a sparse array, got {type(W[0, 0]).__name__}")
    return csr_array(W)


def _seen(s, causal):
    """(N, M) mask of the keys that each query sees."""
    if not causal:
        return np.ones(s.shape, bool)
    if s.shape[0] != s.shape[1]:
        raise ValueError(f"causal needs as many queries as keys, got {s.shape[0]}, {s.shape[1]}")
    return np.tri(len(s), dtype=bool)


def _exp(s, seen):
    with np.errstate(over="ignore"):  # of a score that is not seen
        return np.where(seen, np.exp(s), 0)


def _project(x, W, name):
    W = check_array(W, name, ndim=2)
    if len(W) != x.shape[1]:
        raise ValueError(f"{name} must have {x.shape[1]} rows as x has columns, got {W.shape}")
    return check_finite(x @ W, f"x {name}")


__all__ = [
    "attention_matrix",
    "attention_weights",
    "degrees",
    "scores",
    "symmetrize",
    "to_networkx",
    "to_sparse",
    "transition_matrix",
    "weights_from_tokens",
]
