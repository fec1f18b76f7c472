"""Spectral sparse attention as the papers print it.

References
----------
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling", Theorem 30.
.. [uni] "A Unified Mathematical Theory of Efficient Sequence Modeling", Algorithm 2.
"""

from __future__ import annotations

import numpy as np

from spectral._checks import (
    check_array,
    check_choice,
    check_count,
    check_nonnegative,
    check_square,
    check_symmetric,
)
from spectral.clusters import Clustering, kmeans
from spectral.projection import jl_matrix
from spectral.sparsify._graph import SparseGraph, edges_of, floats_of


def projected_clusters(
    q, clusters: int, *, rng: np.random.Generator, m: int | None = None, starts: int = 10
) -> Clustering:
    """k-means on the queries q, (N, d), projected to m dimensions by a Gaussian matrix.

    Phases 1 and 2 of Algorithm 2 [uni]_; m = None does not project.  The residual is that of the
    projected queries, the papers' epsilon_cluster.  `starts` is how often `kmeans` begins anew.
    """
    q = check_array(q, "q", ndim=2)
    projected = q if m is None else q @ jl_matrix(m, q.shape[1], rng=rng).T
    return kmeans(projected, clusters, rng=rng, starts=starts)


def clustered_mask(labels) -> np.ndarray:
    """(N, N) booleans: whether tokens i and j have the same label."""
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or labels.dtype.kind not in "iu":
        kind = f"shape {labels.shape} of {labels.dtype}"
        raise ValueError(f"labels must be integers, one a token, got {kind}")
    return labels[:, None] == labels


def ssa(
    W,
    labels,
    s: int,
    *,
    rng: np.random.Generator,
    sampling: str = "by_weight",
    undirected: bool = False,
) -> SparseGraph:
    """All edges within clusters, and s sampled edges between them, with the weights they have.

    An edge is an entry W_ij > 0; where fewer than s can be sampled, all of them are.

    Parameters
    ----------
    W : (N, N) array
        Weights >= 0 of the dense graph.
    labels : (N,) integers
        The cluster of each token.
    s : int
        How many edges to sample, at least 0: in all, or from each query.
    rng : numpy.random.Generator
    sampling : "by_weight" or "per_query"
        "by_weight": s of all edges between clusters, one after the other and without
        replacement, each with probability proportional to its weight among those left [seq]_.
        "per_query": for each query, s of its edges to other clusters, uniformly [uni]_.
    undirected : bool
        W is symmetric, and pairs {i, j} are sampled; with "by_weight" only.
    """
    W, between, s = judged(W, labels, s, undirected)
    check_choice(sampling, "sampling", _SAMPLINGS)
    if undirected and sampling != "by_weight":
        raise ValueError(f"sampling must be 'by_weight' where undirected, got {sampling!r}")
    sampled = _SAMPLINGS[sampling](W, between, s, rng)
    if undirected:
        sampled = sampled | sampled.T
    mask = clustered_mask(labels) & edges_of(W) | sampled
    return SparseGraph(W * mask, mask)


def judged(W, labels, s, undirected):
    """W and s, checked, and the mask of the edges to sample from: between clusters.

    Where undirected, those above the diagonal, each for its pair.
    """
    W = check_symmetric(W, "W") if undirected else check_square(W, "W")
    W = check_nonnegative(W, "W")
    inside = clustered_mask(labels)
    if inside.shape != W.shape:
        raise ValueError(f"labels must be {len(W)}, one a row of W, got {len(inside)}")
    between = edges_of(W) & ~inside
    return W, np.triu(between) if undirected else between, check_count(s, "s", 0)


def _by_weight(W, between, s, rng):
    """The s largest of log w_e + Gumbel noise: successive sampling by weight, without underflow."""
    noise = rng.gumbel(size=W.shape)
    with np.errstate(divide="ignore"):
        keys = np.where(between, np.log(floats_of(W)) + noise, -np.inf)
    return _largest(keys.ravel(), s).reshape(W.shape) & between


def _per_query(W, between, s, rng):
    keys = np.where(between, rng.random(W.shape), -np.inf)
    return np.array([_largest(row, s) for row in keys]) & between


def _largest(keys, s):
    chosen = np.zeros(keys.shape, bool)
    chosen[np.argsort(-keys, kind="stable")[:s]] = True
    return chosen


_SAMPLINGS = {"by_weight": _by_weight, "per_query": _per_query}
