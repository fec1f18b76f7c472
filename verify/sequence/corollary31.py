"""Corollary 31: how many edges.

Statement.  k (N/k)^2 + s = N^2/k + s edges, which is O(N^(3/2)) for k = sqrt(N) (arithmetic); for
the clusters of k-means (unbalanced); with O(log(N/delta)/eps^2) global edges for spectral error eps
(sampling).

Verdict (arithmetic): holds.
Verdict (unbalanced): refuted.  N - k + 1 equal queries and k - 1 others: k-means has residual 0
with one cluster of N - k + 1, that is (N - k + 1)^2 edges, about k times N^2/k.
Verdict (sampling): refuted.  k clusters need k - 1 edges between them to be connected, a separate
cluster has spectral error 1, and C log(2N)/eps^2 is below sqrt(N) - 1 for large N.

Repair.  N max n_c edges; and 3 N log(2N/delta)/eps^2 samples by effective resistance.

Source.  Spielman and Srivastava, SIAM J. Comput. 40 (2011); Tropp (2012), Theorem 1.1 for the 3.
"""

from fractions import Fraction
from math import ceil, isqrt, log

import numpy as np

from spectral.families import IdealClusters
from spectral.laplacian import combinatorial
from spectral.linalg import log as exact_log
from spectral.sparsify import attained_epsilon, clustered_mask, effective_resistance_sampling
from verify import Claim, chance_le, eq, ge, le, rows
from verify.given import counts
from verify.proofs.counting import order_of_the_count, sum_of_squares

corollary31 = Claim("sequence/corollary31", "how many edges")


@corollary31.part(
    r"k (N/k)^2 + s = N^2/k + s, of order N^{3/2} for k = \sqrt N",
    part="arithmetic",
    given=(counts(1, 4), counts(1, 4), counts(0, 8)),
    reading="k clusters of m tokens, edges counted in the mask",
    proofs=[order_of_the_count],
)
def edges_if_balanced(k, m, s):
    N = k * m
    return eq(int(clustered_mask(IdealClusters(k, m, 0).labels).sum()) + s, Fraction(N * N, k) + s)


@edges_if_balanced.mutant("without the loops")
def edges_without_loops(k, m, s):
    return eq(int(clustered_mask(IdealClusters(k, m, 0).labels).sum()) + s, k * m * (m - 1) + s)


@corollary31.part(
    r"SSA with k-means clusters has at most C(N^2/k + \log N/\epsilon^2) edges",
    part="unbalanced",
    given=rows([(10**4, 10**2), (10**8, 10**4)]),
    constants=(10, 1000),
    reading="ε = 1; N - k + 1 equal queries and k - 1 others: the k-means residual is 0",
    why="k-means does not balance: one cluster may have nearly all tokens",
)
def edges_if_unbalanced(C, N, k):
    return le((N - k + 1) ** 2 + k - 1, C * (Fraction(N * N, k) + N))  # log N <= N


@edges_if_unbalanced.amend(
    r"at most N \max_c n_c intra-cluster edges",
    given=(counts(1, 5), counts(1, 5), counts(1, 5)),
    constants=(),
    equality=(2, 2, 2),
    proofs=[sum_of_squares],
)
def edges_by_largest_cluster(a, b, c):
    labels = np.repeat([0, 1, 2], [a, b, c])
    return le(int(clustered_mask(labels).sum()), (a + b + c) * max(a, b, c))


@edges_by_largest_cluster.mutant("N times the mean cluster")
def edges_by_mean_cluster(a, b, c):
    labels = np.repeat([0, 1, 2], [a, b, c])
    return le(3 * int(clustered_mask(labels).sum()), (a + b + c) ** 2)


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
