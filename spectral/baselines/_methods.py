r"""Dense attention, and three that choose some keys for each query.

References
----------
.. [V17] A. Vaswani et al., Attention is all you need, NeurIPS (2017): equation 1.
.. [BPC20] I. Beltagy, M. E. Peters, A. Cohan, Longformer, arXiv:2004.05150 (2020): section 3.1.
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling", section 13.1, Theorem 30.
.. [uni] "A Unified Mathematical Theory of Efficient Sequence Modeling", Algorithm 2.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np

import gpu
from spectral._checks import check_count
from spectral.baselines._attention import (
    Attention,
    attend,
    check_queries,
    check_scores,
    check_tokens,
)
from spectral.sparsify import projected_clusters


def dense(q, k, v, *, queries=None) -> Attention:
    """softmax(q k^T / sqrt(d)) v, all N^2 scores [V17]_."""
    q, k, v = check_tokens(q, k, v)
    chosen = check_queries(queries, len(q))
    pairs = len(chosen) * len(k)
    output = gpu.dense(*check_scores(q[chosen], k), v).output
    return Attention(output, pairs, pairs, pairs * (k.shape[1] + v.shape[1]))


def local_window(q, k, v, *, width: int = 256, queries=None) -> Attention:
    """Each token sees the width/2 tokens on either side, and itself [BPC20]_: N (width + 1) scores.

    Fewer at the two ends.
    """
    reach, N = check_count(width, "width", 0) // 2, len(np.asarray(k))
    return attend(
        q, k, v, lambda i: np.arange(max(i - reach, 0), min(i + reach + 1, N)), queries=queries
    )


def random_sparse(
    q, k, v, *, rng: np.random.Generator, share=Fraction(1, 10), queries=None
) -> Attention:
    """Each query sees round(share N) keys, at least one, drawn anew without replacement [seq]_."""
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, got {share}")
    N = len(np.asarray(k))
    count = max(1, round(share * N))
    return attend(q, k, v, lambda i: rng.choice(N, count, replace=False), queries=queries)


def spectral_sparse(
    q,
    k,
    v,
    *,
    rng: np.random.Generator,
    clusters: int | None = None,
    sampled: int | None = None,
    m: int | None = None,
    queries=None,
) -> Attention:
    """SSA: each query sees the tokens of its cluster, and `sampled` of the others, uniformly.

    The graph is that of `spectral.sparsify.ssa` with sampling="per_query" [uni]_, which is given
    a dense W; here no other score is computed.  (Sampling edges by their weights, as Theorem 30
    of [seq]_ has it, takes all N^2 of them.)

    Parameters
    ----------
    q, k, v : (N, d), (N, d), (N, d_v) arrays
    rng : numpy.random.Generator
    clusters, sampled : int, optional
        k-means clusters of the queries, and keys from elsewhere for each; floor(sqrt N) both.
    m : int, optional
        Dimension that the queries are projected to before they are clustered; None, not at all.
    queries : iterable of int, optional
        The tokens whose outputs are computed, all by default.

    *Operations*: of k-means one pass is counted, N clusters distances; it takes ten runs of more.
    """
    q, k, v = check_tokens(q, k, v)
    N, d = q.shape
    clusters = check_count(isqrt(N) if clusters is None else clusters, "clusters", 1, N)
    sampled = check_count(isqrt(N) if sampled is None else sampled, "sampled", 0)
    labels = projected_clusters(q, clusters, rng=rng, m=m).labels
    inside = [np.flatnonzero(labels == a) for a in range(labels.max() + 1)]
    outside = [np.flatnonzero(labels != a) for a in range(labels.max() + 1)]

    def keys(i):
        near, far = inside[labels[i]], outside[labels[i]]
        return np.concatenate([near, rng.choice(far, min(sampled, far.size), replace=False)])

    pass_of_kmeans = N * clusters * d if m is None else N * m * (d + clusters)
    return attend(q, k, v, keys, queries=queries, preparation=pass_of_kmeans)
