"""Corollary 31, sampling: how many global edges a spectral error of eps needs.

Refuted.  k clusters need k - 1 edges between them to be connected, a separate cluster has spectral
error 1, and C log(2N)/eps^2 is below sqrt(N) - 1 for large N.

Repair.  3 N log(2N/delta)/eps^2 samples by effective resistance.

Source.  Spielman and Srivastava, SIAM J. Comput. 40 (2011); Tropp (2012), Theorem 1.1 for the 3.
"""

from fractions import Fraction
from math import ceil, isqrt, log

from spectral.families import IdealClusters
from spectral.laplacian import combinatorial
from spectral.linalg import log as exact_log
from spectral.sparsify import attained_epsilon, effective_resistance_sampling
from verify import chance_le, ge, rows
from verify.sequence.corollary31 import corollary31


@corollary31.part(
    r"C \log(N/\delta)/\epsilon^2 global edges suffice for spectral error \epsilon",
    part="sampling",
    given=rows([10**4, 10**12]),
    constants=(10, 1000),
    reading="k = √N clusters, ε = δ = 1/2; a sparsifier of error below 1 is connected",
    why="√N clusters need √N - 1 edges between them",
)
def connects(C, N):
    return ge(4 * C * exact_log(C * 0 + 2 * N), isqrt(N) - 1)


def by_resistance(W, samples, rng):
    return effective_resistance_sampling(W, samples, rng=rng).weights


@connects.amend(
    r"3 N \log(2N/\delta)/\epsilon^2 samples by effective resistance suffice",
    given=rows([(4, 0.5, 0.5), (6, 0.5, 0.5)]),
    constants=(),
    reference="Spielman and Srivastava (2011); matrix Chernoff",
)
def resistance_sampling(N, eps, delta, *, sparsifier=by_resistance):
    samples = ceil(3 * N * log(2 * N / delta) / eps**2)
    return _fails_with(samples, N, eps, delta, sparsifier)


@resistance_sampling.mutant("N samples")
def too_few_samples(N, eps, delta):
    return _fails_with(N, N, eps, delta)


def _fails_with(samples, N, eps, delta, sparsifier=by_resistance):
    N = int(N)
    W = IdealClusters(2, N // 2, Fraction(1, 4)).weights()
    L = combinatorial(W)

    def fails(rng):
        sampled = sparsifier(W, samples, rng)
        return attained_epsilon(L, combinatorial(sampled)).epsilon > eps

    return chance_le(fails, delta)
