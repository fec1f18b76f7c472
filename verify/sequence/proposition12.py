"""Proposition 12: the semantic clustering criterion.

Statement.  k semantic clusters with inter-cluster attention weights at most eps have

    lambda_{k+1}(L) - lambda_k(L) >= Omega(1 - eps).

    a   as stated: nothing is asked of the weights inside a cluster
    b   for ideal clusters, weight 1 inside and eps across, with one constant for all k

Verdict (a): refuted.  A cluster may have a bottleneck of its own.  One cluster of two tokens,
W = [[1, w], [w, 1]], has no weight across (eps = 0) and the gap 2w/(1 + w), as small as you like.
Verdict (b): refuted.  Many weak ties add up: `proposition12_ideal`.

Repair.  With eta the largest share of a token's weight that leaves its cluster, and mu the
smallest lambda_2 of a cluster on its own, the gap is at least (1 - eta) mu - 2 eta; equality for
disjoint cliques.

Proof.  `spectral.cluster_spectrum`: Courant-Fischer on the k indicators, and on the graph
without the edges across.

Source.  Compare Lee, Oveis Gharan and Trevisan, J. ACM 61 (2014).
"""

import numpy as np

from spectral.cluster_spectrum import cluster_gap_bound, inside_gap
from spectral.spectrum import laplacian_eigenvalues
from verify import Claim, ge
from verify.given import clustered_weights

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
