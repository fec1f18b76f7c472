"""Proposition 12: the semantic clustering criterion.

Statement.  k semantic clusters with inter-cluster attention weights at most eps have

    lambda_{k+1}(L) - lambda_k(L) >= Omega(1 - eps).

    a   as stated: nothing is asked of the weights inside a cluster
    b   for ideal clusters, weight 1 inside and eps across, with one constant for all k

Verdict (a): refuted.  A cluster may have a bottleneck of its own.  One cluster of two tokens,
W = [[1, w], [w, 1]], has no weight across (eps = 0) and the gap 2w/(1 + w), as small as you like.
Verdict (b): refuted.  The gap is (1 - eps)/(1 + (k - 1) eps) exactly: at eps = 1/2 and k = 2,001
it is 1/1001 of 1 - eps.  Many weak ties add up, for weights are normalised by the degree.

Repair.  (a) With eta the largest share of a token's weight that leaves its cluster, and mu the
smallest lambda_2 of a cluster on its own, the gap is at least (1 - eta) mu - 2 eta; equality for
disjoint cliques.  (b) the exact value, at least (1 - eps)/k for eps <= 1.

Proof.  `spectral.cluster_spectrum`: Courant-Fischer on the k indicators, and on the graph
without the edges across.

Source.  Compare Lee, Oveis Gharan and Trevisan, J. ACM 61 (2014).
"""

from fractions import Fraction

import numpy as np

from spectral.cluster_spectrum import cluster_gap_bound, inside_gap
from spectral.families import IdealClusters
from spectral.spectrum import laplacian_eigenvalues
from verify import Claim, eq, ge, rows
from verify.given import clustered_weights, counts, scalars

proposition12 = Claim("sequence/proposition12", "the semantic clustering criterion")


def eigengap(W, labels):
    k = len(np.unique(labels))
    values = laplacian_eigenvalues(W)
    return values[k] - values[k - 1]


def largest_across(W, labels):
    across = W[labels[:, None] != labels]
    return max(across.tolist(), default=0)


@proposition12.part(
    r"\lambda_{k+1} - \lambda_k \ge (1 - \epsilon)/C",
    part="a",
    given=clustered_weights(),
    constants=(10, 1000),
    reading="weights at most 1 inside, ε the largest weight across",
    where=lambda W, labels: ge(1, W),
    why="nothing holds a cluster together: it may have a bottleneck of its own",
)
def gap_from_weights(C, W, labels):
    return ge(eigengap(W, labels), (1 - largest_across(W, labels)) / C)


@gap_from_weights.amend(
    r"\lambda_{k+1} - \lambda_k \ge (1 - \eta)\mu - 2\eta",
    reference="spectral.cluster_spectrum, with its proof",
    constants=(),
    where=(),
)
def gap_from_shares(W, labels):
    return ge(eigengap(W, labels), cluster_gap_bound(W, labels), scale=1)


@gap_from_shares.mutant("the ties across forgotten: mu alone")
def inside_gap_alone(W, labels):
    return ge(eigengap(W, labels), inside_gap(W, labels), scale=1)


@proposition12.part(
    r"\lambda_{k+1} - \lambda_k \ge (1 - \epsilon)/C for ideal clusters",
    part="b",
    given=rows([(k, Fraction(1, 2)) for k in (2, 21, 2001)]),
    constants=(10, 1000),
    reading="k clusters of 2 tokens; the constant does not depend on k",
    why="the gap is (1 - ε)/(1 + (k - 1)ε)",
)
def ideal_gap(C, k, eps):
    gap = (1 - eps) / (1 + (k - 1) * eps)
    return ge(C * gap, 1 - eps)


@ideal_gap.amend(
    r"\lambda_{k+1} - \lambda_k = (1 - \epsilon)/(1 + (k-1)\epsilon) \ge (1 - \epsilon)/k",
    given=(counts(2, 4), scalars(0, 1)),
    constants=(),
)
def ideal_gap_exactly(k, eps):
    exact = (1 - eps) / (1 + (k - 1) * eps)
    return eq(ideal_eigengap(k, eps), exact, scale=1) & ge(k * exact, 1 - eps)


@ideal_gap_exactly.mutant("k in place of k - 1")
def one_cluster_more(k, eps):
    return eq(ideal_eigengap(k, eps), (1 - eps) / (1 + k * eps), scale=1)


def ideal_eigengap(k, eps):
    """Of k clusters of 2, computed from the weights in the arithmetic of eps."""
    labels = IdealClusters(k, 2, 0).labels
    return eigengap(np.where(labels[:, None] == labels, eps * 0 + 1, eps), labels)
