"""What sparse attention does to the first eigenvectors, beside what is said to bound it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.angles import sin_theta
from spectral.clusters import Clustering
from spectral.graph import attention_matrix, scores, symmetrize
from spectral.laplacian import symmetric_normalized
from spectral.sparsify._ssa import clustered_mask, projected_clusters, ssa


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome of sparse attention: U_k and U~_k, L and L~, and the clusters between them."""

    tokens: int  # N
    sampled: int  # s edges between clusters
    rotation_squared: object  # ||sin Theta(U_k, U~_k)||_F^2, k the number of clusters
    eigengap: object  # lambda_{k+1} - lambda_k of L
    residual: object  # of k-means on the queries
    cluster_error: object  # ||L - L~||_2 before an edge is sampled
    asymmetry: object = 0  # max |P - P^T| of the attention P = D^-1 W
    irregularity: object = 0  # log of the largest degree of W over the smallest


def least_outcome(family, s: int, *, residual) -> Outcome:
    """What all outcomes of s samples from a family of `spectral.families` have at least, exactly.

    The family is `TwinsAndSingles` or `CrossedClusters`; `residual` is that of k-means on queries
    with its clusters.
    """
    return Outcome(
        tokens=family.tokens,
        sampled=s,
        rotation_squared=Fraction(family.least_rotation_squared(s)),
        eigengap=family.eigengap(exact=True),
        residual=residual,
        cluster_error=family.cluster_error(exact=True),
    )


def graph_outcome(W, clustering: Clustering, sparse_W, *, sampled: int) -> Outcome:
    """The outcome `sparse_W` of sampling from W: both symmetric and >= 0, (N, N) floats.

    L and L~ are the symmetric normalized Laplacians, each with its own degrees.
    """
    k, mask = clustering.clusters, clustered_mask(clustering.labels)
    L, sparse_L = symmetric_normalized(W), symmetric_normalized(sparse_W)
    if k == len(L):  # no eigenvector is left out
        rotation, gap = 0.0, np.inf
    else:
        dense, sparse = linalg.eigh(L), linalg.eigh(sparse_L)
        rotation = sin_theta(dense.vectors[:, :k], sparse.vectors[:, :k], norm="frobenius")
        gap = float(dense.values[k] - dense.values[k - 1])
    return Outcome(
        tokens=len(W),
        sampled=sampled,
        rotation_squared=rotation**2,
        eigengap=gap,
        residual=clustering.residual,
        cluster_error=float(abs(linalg.eigvalsh(L - symmetric_normalized(W * mask))).max()),
    )


def head_outcome(head, *, rng: np.random.Generator, clusters: int | None = None) -> Outcome:
    """Sparse attention on a head, as printed: k-means on its queries, then N sampled edges.

    Its attention P is made symmetric, (P + P^T) / 2, since no eigenvectors belong to the "first k
    eigenvalues" of a matrix that is not; how far it is from symmetric is in the answer.  The
    number of clusters is ceil(sqrt(N)) by default; k-means starts once.  One thread: a few hundred
    tokens are too few for more, which then wait for each other (seven times the processor time, by
    trial).
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _head_outcome(head, rng, clusters)


def _head_outcome(head, rng, clusters):
    P = attention_matrix(head.q, head.k, causal=head.causal)
    W = symmetrize(P, "mean")
    k = int(np.ceil(np.sqrt(head.N))) if clusters is None else clusters
    clustering = projected_clusters(head.q, k, rng=rng, starts=1)
    sparse = ssa(W, clustering.labels, head.N, rng=rng, undirected=True)
    outcome = graph_outcome(W, clustering, sparse.weights, sampled=head.N)
    visible = scores(head.q, head.k)
    if head.causal:
        visible = np.where(np.tri(head.N, dtype=bool), visible, -np.inf)
    return replace(
        outcome,
        asymmetry=float(abs(P - P.T).max()),
        irregularity=float(np.ptp(np.logaddexp.reduce(visible, axis=1))),
    )
