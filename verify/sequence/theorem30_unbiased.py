"""Theorem 30, repaired by sampling that is unbiased: each draw of a pair adds T / s.

L~ is over the dense degree D, constant, and T the total weight between clusters.  The error then
vanishes with s: with probability 1 - delta, and l = log(2N / delta), R = 2T / sD,

    ||sin Theta||_F <= (2 / delta_k) sqrt(min(k, N - k)) (sqrt(2 R ||L_B|| l) + (2/3) R l).
"""

from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.families import CrossedClusters
from spectral.sparsify import PairSampler, bernstein_radius, pair_moments
from verify import chance_le, rows
from verify.sequence.theorem30 import by_norm


def turns_more_than(radius, m, n, s, delta):
    """On CrossedClusters(m, n): delta_k ||sin Theta||_F > radius(family, B, s, delta)?"""
    family = CrossedClusters(m, n)
    draws = PairSampler(family.weights(), family.labels, s)
    limit = radius(family, draws.between, s, float(delta)) / family.eigengap()
    return chance_le(lambda rng: draws.rotation(rng) > limit, delta)


def unbiased_radius(family, B, s, delta):
    k, N = family.clusters, family.tokens
    error = bernstein_radius(pair_moments(B, 4 * family.n, s), 2 * N, delta)
    return 2 * linalg.sqrt(min(k, N - k), like=B) * error


@by_norm.amend(
    r"draws weighted by T/s, then with probability $1 - \delta$: $\|\sin\Theta\|_F \le "
    r"\tfrac{2}{\delta_k}\sqrt{\min(k, N-k)}(\sqrt{2\sigma^2\ell} + \tfrac23 R\ell)$, "
    r"ℓ = log(2N/δ), R = 2T/(sD), $\sigma^2 = R\|L_B\|$",
    given=rows([(2, 1, 6000, Fraction(1, 10))]),
    where=(),
    on=None,
    constants=(),
    reference="Tropp (2012), Theorem 1.4, then step1; degrees constant, L̃ = (D̃ − W̃)/D, E L̃ = L",
)
def if_unbiased(m, n, s, delta):
    return turns_more_than(unbiased_radius, m, n, s, delta)


@if_unbiased.mutant("the printed √(log(N/δ)/s), with C = 1")
def as_printed(m, n, s, delta):
    def printed(family, B, s, delta):
        return np.sqrt(np.log(family.tokens / delta) / s)

    return turns_more_than(printed, m, n, s, delta)
