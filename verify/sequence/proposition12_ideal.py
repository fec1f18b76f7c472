"""Proposition 12, b: ideal clusters, weight 1 inside and eps across, with one constant for all k.

Refuted.  The gap is (1 - eps)/(1 + (k - 1) eps) exactly: at eps = 1/2 and k = 2,001 it is 1/1001 of
1 - eps.  Many weak ties add up, for weights are normalised by the degree.

Repair.  The exact value, at least (1 - eps)/k for eps <= 1.
"""

from fractions import Fraction

import numpy as np

from spectral.families import IdealClusters
from verify import eq, ge, rows
from verify.given import counts, scalars
from verify.sequence.proposition12 import eigengap, proposition12


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
