r"""Attention graphs as linear operators: applied to blocks of vectors, never formed.

    attention_graph(q, k, how=...)   dense: each product makes the weights again, tile by tile
    sparse_graph(W)                  from scipy.sparse weights

Both have the same methods, each a `scipy.sparse.linalg.LinearOperator` with its transpose:

    weights()                W                          as `spectral.graph.attention_weights`
    transition_matrix()      P = D^-1 W
    random_walk()            I - P
    combinatorial()          D - W
    normalized_adjacency()   D^-1/2 W D^-1/2            symmetric W only
    symmetric_normalized()   I - D^-1/2 W D^-1/2        symmetric W only

Give them blocks, `A @ X` with X (N, b): of a dense graph 64 columns cost hardly more than one.

*Numerics*: degrees are kept as logarithms, so P and both normalized operators are in range for
every score.  W and D - W need degrees below 1.8e308, and refuse others.  What is taken from the
diagonal is I or D, not the sum of the rest of a row as in `spectral.laplacian`; so a Laplacian
is right to `rounding` times its norm, absolutely, and an eigenvalue of 1e-17 is not resolved.
"""

from __future__ import annotations

import numpy as np

from gpu.score_products import SYMMETRIC
from spectral._attention_graph import AttentionGraph
from spectral._checks import check_array, check_choice, check_scalar, check_sparse
from spectral._sparse_graph import SparseGraph


def attention_graph(
    q, k, *, scale=None, temperature=1, causal: bool = False, how: str | None = None
) -> AttentionGraph:
    """The graph with weights exp(<q_i, k_j> scale / temperature), never formed.

    Parameters
    ----------
    q, k : (N, d_k) arrays
    scale, temperature : as in `spectral.graph.scores`; 1 / sqrt(d_k) and 1 by default
    causal : W_ij = 0 for j > i, before it is symmetrized
    how : None for the directed graph, or as in `spectral.graph.symmetrize`: "mean", "geometric",
        "max", "min"

    *Raises* ValueError where a causal graph is symmetrized by "geometric" or "min", which leave
    its loops alone.
    """
    q, k = check_array(q, "q", ndim=2), check_array(k, "k", ndim=2)
    if q.dtype == object or k.dtype == object:
        raise ValueError("q and k must be floats for an operator, got exact numbers")
    if q.shape != k.shape:
        raise ValueError(f"q and k must have one shape, got {q.shape} and {k.shape}")
    if how is not None:
        check_choice(how, "how", SYMMETRIC)
    if causal and how in ("geometric", "min"):
        raise ValueError(f"how must be 'mean' or 'max' for a causal graph, got {how!r}")
    temperature = check_scalar(temperature, "temperature", like=q, positive=True)
    scale = q.shape[1] ** -0.5 if scale is None else check_scalar(scale, "scale", like=q)
    return AttentionGraph(q, k, scale / temperature, how, bool(causal))


def sparse_graph(W) -> SparseGraph:
    """The graph of (N, N) weights W >= 0, sparse or dense, kept as sparse.

    It counts as symmetric where W = W^T up to 4 N eps max W.

    *Raises* ValueError for a vertex without an edge out, where the walk is undefined.
    """
    W = check_sparse(W, "W")
    d = W.sum(axis=1)
    if not d.all():
        raise ValueError(f"W must have no zero row, got one at {np.flatnonzero(d == 0)[0]}")
    gap = abs(W - W.T).max()
    return SparseGraph(W, bool(gap <= 4 * W.shape[0] * np.finfo(float).eps * W.max()))


__all__ = ["AttentionGraph", "SparseGraph", "attention_graph", "sparse_graph"]
