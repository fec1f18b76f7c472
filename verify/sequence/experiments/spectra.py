r"""The spectral comparison of the sequence paper's section 13.3: SSA's graph against the dense one.

The paper prints a "spectral error" (0.80 at k = 4, 0.54 at k = 32) without saying of what, and a
ratio of mixing times (9.7 and 3.5).  Three errors are measured here:

    eigenvalue_error    mean over i = 2 .. k of |lambda_i - lambda~_i| / lambda_i
    sine                ||sin Theta(U_k, U~_k)||_F, the one that Theorem 30 bounds
    mixing_ratio        mixing time of SSA's chain over that of the dense one, to 1/4

Chosen: N = 256, d = 32, tokens in k Gaussian clusters (centers 0.5 z, spread 0.3), W = exp(<x_i,
x_j> / sqrt d) symmetric, SSA as Theorem 30 prints it with k clusters and N sqrt(N) / 2 sampled
pairs.  The first and the last of the three then come out near the printed numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isqrt

import numpy as np

from spectral.angles import sin_theta
from spectral.graph import attention_weights, transition_matrix
from spectral.heads import clustered_heads
from spectral.laplacian import symmetric_normalized
from spectral.mixing import mixing_time
from spectral.sparsify import projected_clusters, ssa
from spectral.spectrum import symmetric_spectrum

CLUSTERS = (4, 8, 16, 32)


@dataclass(frozen=True)
class Spectra:
    """What SSA's graph keeps of the dense graph's spectrum."""

    clusters: int
    eigenvalue_error: float
    sine: float
    mixing_ratio: float


@cache
def spectra(
    clusters: int, *, N: int = 256, d: int = 32, separation: float = 0.5, seed: int = 0
) -> Spectra:
    """The three errors for k clusters, of the data and of SSA alike; k >= 2."""
    if clusters < 2:
        raise ValueError(f"clusters must be at least 2, for a second eigenvalue, got {clusters}")
    rng = np.random.default_rng([N, clusters, seed])
    (head,) = clustered_heads(N, d, clusters, rng=rng, separation=separation, noise=0.3)
    W = attention_weights(head.q, head.q)
    labels = projected_clusters(head.q, clusters, rng=rng).labels
    sparse = ssa(W, labels, N * isqrt(N) // 2, rng=rng, undirected=True)
    dense_spectrum, sparse_spectrum = (
        symmetric_spectrum(symmetric_normalized(weights)) for weights in (W, sparse.weights)
    )
    exact, found = dense_spectrum.values[1:clusters], sparse_spectrum.values[1:clusters]
    return Spectra(
        clusters,
        eigenvalue_error=float(np.mean(np.abs(found - exact) / exact)),
        sine=sin_theta(
            dense_spectrum.vectors[:, :clusters],
            sparse_spectrum.vectors[:, :clusters],
            norm="frobenius",
        ),
        mixing_ratio=mixing_time(sparse.transition_matrix) / mixing_time(transition_matrix(W)),
    )
