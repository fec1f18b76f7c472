r"""Cluster quality, gaps and mixing of graphs that are too large to be formed, enclosed.

    cluster_quality(graph, k)   Q = (lambda_{k+1} - lambda_k) / lambda_N
    walk_gap(graph)             gap, absolute gap, relaxation and mixing time of D^-1 W

for the symmetric graphs of `spectral.operators`, lambda those of I - D^-1 W, ascending.

Each number comes as an interval [lower, upper] beside its estimate.  An interval is as wide as the
certificate of `spectral.extreme` leaves it: where it could not be shown that no eigenvalue is
missing, it reaches down to 0, and up to inf for a time.  The largest eigenvalue is enclosed by the
sum of all squares alone, so widely, unless the graph is small enough to be solved whole: a higher
`basis` makes it so.

References
----------
.. [uni] "Unified" paper: Section 11.6.1 (the quality score), Assumption 8.2 (the gap).
.. [LPW] D. A. Levin, Y. Peres, E. L. Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017):
   Theorems 12.4 and 12.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from spectral._checks import check_count
from spectral.extreme import ExtremePairs, laplacian_eigenpairs


@dataclass(frozen=True)
class Enclosed:
    """A number: the estimate, and the interval that it is shown to lie in."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class ClusterQuality:
    """How far the first k eigenvalues stand off from the rest."""

    quality: Enclosed  # Q, in [0, 1]
    eigengap: Enclosed  # lambda_{k+1} - lambda_k
    largest: Enclosed  # lambda_N
    pairs: ExtremePairs  # k + 1 of them


@dataclass(frozen=True)
class WalkGap:
    """How fast the walk D^-1 W on a symmetric graph forgets where it started."""

    spectral_gap: Enclosed  # lambda_2; inf for a single vertex, as in `spectral.gap`
    absolute_gap: Enclosed  # min(lambda_2, 2 - lambda_N)
    relaxation_time: Enclosed  # its inverse
    smallest_probability: float  # min pi
    pairs: ExtremePairs

    def mixing_time(self, eps: float = 0.25) -> tuple[float, float]:
        """Bounds on t_mix(eps): (t_rel - 1) log(1 / 2 eps) and t_rel log(1 / (2 eps sqrt(min pi))).

        [LPW]_; the lower one is 0 for eps >= 1/2, and the upper one is rounded up, as a time is
        an integer, or inf.
        """
        if not 0 < eps < np.inf:
            raise ValueError(f"eps must be positive and finite, got {eps}")
        slow, fast = self.relaxation_time.upper, self.relaxation_time.lower
        log = math.log(1 / (2 * eps))
        start = max(log - math.log(self.smallest_probability) / 2, 0.0)
        upper = math.ceil(slow * start) if slow < math.inf else math.inf
        return max(fast - 1, 0.0) * max(log, 0.0), upper


def cluster_quality(graph, clusters: int, *, rng: np.random.Generator, **options) -> ClusterQuality:
    """Q = (lambda_{k+1} - lambda_k) / lambda_N for k = `clusters`, enclosed [uni]_.

    The estimate of lambda_N is a Ritz value, so never too large.  `options` are those of
    `laplacian_eigenpairs`.  *Hypothesis:* 1 <= clusters < N.
    """
    k = check_count(clusters, "clusters", 1, graph.size - 1)
    pairs = laplacian_eigenpairs(graph, k + 1, rng=rng, **options)
    gap = Enclosed(
        float(pairs.values[k] - pairs.values[k - 1]),
        float(max(pairs.lower[k] - pairs.upper[k - 1], 0.0)),
        float(pairs.upper[k] - pairs.lower[k - 1]),
    )
    low, high = pairs.other_end
    quality = Enclosed(gap.value / low, gap.lower / high, min(gap.upper / low, 1.0))
    return ClusterQuality(quality, gap, Enclosed(low, low, high), pairs)


def walk_gap(graph, *, rng: np.random.Generator, **options) -> WalkGap:
    """Gap, absolute gap and relaxation time of the walk on a symmetric graph, enclosed.

    A disconnected graph has gap 0, its interval reaches 0 from above by rounding alone, and its
    times are inf or close to 1 / rounding.  `options` are those of `laplacian_eigenpairs`.
    """
    pairs = laplacian_eigenpairs(graph, min(2, graph.size), rng=rng, **options)
    pi = float(graph.stationary_distribution().min())
    if graph.size == 1:
        none, never = Enclosed(np.inf, np.inf, np.inf), Enclosed(0.0, 0.0, 0.0)
        return WalkGap(none, none, never, pi, pairs)
    gap = Enclosed(*(float(max(x[1], 0.0)) for x in (pairs.values, pairs.lower, pairs.upper)))
    low, high = pairs.other_end
    absolute = Enclosed(
        max(min(gap.value, 2 - low), 0.0),
        max(min(gap.lower, 2 - high), 0.0),
        max(min(gap.upper, 2 - low), 0.0),
    )
    inverse = (1 / x if x > 0 else np.inf for x in (absolute.value, absolute.upper, absolute.lower))
    return WalkGap(gap, absolute, Enclosed(*inverse), pi, pairs)


__all__ = ["ClusterQuality", "Enclosed", "WalkGap", "cluster_quality", "walk_gap"]
