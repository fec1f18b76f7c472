r"""The ablation of the sequence paper's section 13.5: SSA against dense attention, by clusters.

For k clusters and `ratio` sqrt(N) sampled keys a query: the share of scores computed, and the
cosine of an output with the dense one, averaged over the queries.

Chosen, as the paper does not say: N = 1024 as printed, d = 64, and tokens in 16 Gaussian clusters
that overlap (centers 0.3 z, spread 0.3); values independent of them.  The cosines of Table 3 then
come out within 0.07.  It matters: where the clusters lie apart (centers 0.7 z) the cosine stays
above 0.99 up to k = 16, the clusters there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isqrt

import numpy as np

from spectral.baselines import dense, spectral_sparse
from spectral.heads import Head, clustered_heads

CLUSTERS = (2, 4, 8, 16, 32)  # of Table 3


@dataclass(frozen=True)
class Fidelity:
    """How much SSA computes of a head's attention, and how near it comes."""

    clusters: int
    density: float  # scores computed / N^2
    cosine: float  # of an output with the dense one, mean over the queries


def fidelity(head: Head, clusters: int, *, ratio: float = 1, seed: int = 0) -> Fidelity:
    """SSA with `clusters` and ratio sqrt(N) sampled keys, against dense attention, on a head."""
    found = spectral_sparse(
        head.q,
        head.k,
        head.v,
        rng=np.random.default_rng([seed, clusters]),
        clusters=clusters,
        sampled=round(ratio * isqrt(head.N)),
    )
    exact = dense(head.q, head.k, head.v).output
    return Fidelity(clusters, found.share, _mean_cosine(found.output, exact))


@cache
def ablation(
    *, clusters=CLUSTERS, ratio: float = 1, N: int = 1024, separation: float = 0.3, seed: int = 0
) -> tuple[Fidelity, ...]:
    """`fidelity` of one generated head for each number of clusters."""
    rng = np.random.default_rng([N, seed])
    (head,) = clustered_heads(N, 64, 16, rng=rng, separation=separation, noise=0.3)
    return tuple(fidelity(head, k, ratio=ratio, seed=seed) for k in clusters)


def _mean_cosine(a, b):
    products = (a * b).sum(axis=1)
    return float(np.mean(products / np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))))
