"""Corollary 31: how many edges.

Statement.  k (N/k)^2 + s = N^2/k + s edges, which is O(N^(3/2)) for k = sqrt(N) (arithmetic); for
the clusters of k-means (unbalanced); with O(log(N/delta)/eps^2) global edges for spectral error eps
(sampling).

Verdict (arithmetic): holds.
Verdict (unbalanced): refuted.  N - k + 1 equal queries and k - 1 others: k-means has residual 0
with one cluster of N - k + 1, that is (N - k + 1)^2 edges, about k times N^2/k.
Verdict (sampling): refuted.  Too few to connect the clusters: `corollary31_sampling`.

Repair.  N max n_c edges.

Source.  Section 7.2.
"""

from fractions import Fraction

import numpy as np

from spectral.families import IdealClusters
from spectral.sparsify import clustered_mask
from verify import Claim, eq, le, rows
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
