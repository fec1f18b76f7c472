"""What a clustering of a symmetric graph forces on its spectrum.

For W >= 0 symmetric with clusters given by labels, D_i = d_i + o_i the degree inside and outside of
i's cluster. Let eta = max o_i / D_i, and mu the smallest lambda_2 of a cluster on its own (infinite
for a single vertex). Then, lambda_1 <= lambda_2 <= ... those of I - D^-1 W,

    lambda_k <= 2 eta    and    lambda_{k+1} >= (1 - eta) mu.

Proof.  On combinations of the k indicators the energy between clusters is at most
sum over i < j of 2 W_ij (a_i^2 + a_j^2) <= 2 eta sum D_i a_i^2: Courant-Fischer.  Leaving out the
edges between clusters lowers the form f^T (D - W) f, and D <= D_in / (1 - eta).

References: Lee, Oveis Gharan, Trevisan, Multiway spectral partitioning and higher-order Cheeger
inequalities, J. ACM 61 (2014), for what is true without mu.
"""

import numpy as np

from spectral._checks import check_nonnegative, check_symmetric
from spectral.balls import enclosing_max, enclosing_min
from spectral.graph import degrees
from spectral.spectrum import laplacian_eigenvalues


def outside_fraction(W, labels):
    """eta = max_i of the share of i's weight that leaves its cluster, in [0, 1)."""
    W, labels = _judged(W, labels)
    outside = W * (labels[:, None] != labels)
    return enclosing_max(outside.sum(axis=1) / degrees(W))


def inside_gap(W, labels):
    """mu = min over clusters of lambda_2 of the cluster alone; inf if all are single vertices."""
    W, labels = _judged(W, labels)
    gaps = [
        laplacian_eigenvalues(W[np.ix_(own, own)])[1]
        for own in (np.flatnonzero(labels == c) for c in np.unique(labels))
        if own.size > 1
    ]
    if not gaps:
        return np.inf
    return enclosing_min(np.array(gaps))


def cluster_gap_bound(W, labels):
    """(1 - eta) mu - 2 eta: a lower bound on lambda_{k+1} - lambda_k, k the number of clusters."""
    eta = outside_fraction(W, labels)
    return (1 - eta) * inside_gap(W, labels) - 2 * eta


def _judged(W, labels):
    W, labels = check_nonnegative(check_symmetric(W, "W"), "W"), np.asarray(labels)
    if labels.shape != (len(W),) or labels.dtype.kind not in "iu":
        raise ValueError(f"labels must be {len(W)} integers, got {labels.dtype} {labels.shape}")
    return W, labels
