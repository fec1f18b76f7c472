"""Theorem 30, repaired without queries, sampling or chance: true of every outcome.

W symmetric with any degrees, L and L~ normalized, each with its own degrees, rho the largest share
of a token's weight that leaves its cluster, j = min(k, N - k), k the number of clusters:

    ||L - L~|| <= 2 rho,    ||sin Theta||_F <= 4 sqrt(j) rho / delta_k;
    ||L - L~|| <= 3 ||L - L_c||,  if rho <= 1/2; hence the printed bound, with C = 6 sqrt(j).

Proof.  L~ - L has the entries (1 - s_i s_j) M~_ij >= 0, s_i^2 the share of i's degree that is kept,
on kept edges (M~ = I - L~) less those of the removed edges: both parts have norm <= rho, the first
since 0 <= 1 - s_i s_j <= rho and ||M~|| = 1, the second by row sums.  If rho <= 1/2, then inside
clusters these entries are between 0 and those of L_c - L, and outside they are no larger in
modulus; the inside has norm <= ||L_c - L||, the outside <= 2 ||L_c - L||.  Next, U~_k minimises
the trace of L~, and U_k has the gap delta_k: delta_k ||sin Theta||_F^2 <= tr E (P - P~), where
E = L~ - L and P, P~ are the projectors.  The eigenvalues of P - P~ are +- the sines, at most j of
either sign: this is at most (lambda_max(E) - lambda_min(E)) sqrt(j) ||sin Theta||_F.
"""

from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.cluster_spectrum import outside_fraction
from spectral.first_eigenvectors import gap_after, rotation
from spectral.laplacian import symmetric_normalized
from spectral.sparsify import clustered_mask
from verify import le
from verify.given import sparsifications
from verify.proofs.perturbation import no_larger_in_modulus, trace_inequality, two_parts
from verify.sequence.theorem30 import by_norm, by_residual

EVERY_OUTCOME = {"given": sparsifications(), "on": None, "constants": ()}


def laplacians(W, labels, sampled):
    """L and L~."""
    inside = clustered_mask(labels).astype(int)
    return symmetric_normalized(W), symmetric_normalized(W * (inside + (1 - inside) * sampled))


def change(L, other):
    return linalg.norm(linalg.assume_symmetric(other - L), "spectral")


def fewer_clusters_than_tokens(W, labels, sampled):
    return len(set(labels.tolist())) < len(W)


def leaks_bound(norm_factor, sine_factor, W, labels, sampled):
    """||L - L~|| <= a rho and delta_k ||sin Theta||_F <= b sqrt(min(k, N - k)) rho."""
    (L, sparse), k = laplacians(W, labels, sampled), len(set(labels.tolist()))
    rho, root = outside_fraction(W, labels), linalg.sqrt(min(k, len(W) - k), like=L)
    turned = rotation(L, sparse, k) * gap_after(L, k)
    change_bounded = le(change(L, sparse), norm_factor * rho, scale=1)
    return change_bounded & le(turned, sine_factor * root * rho, scale=1)


@by_residual.amend(
    r"\|L - \tilde L\| \le 2\rho and \|\sin\Theta\|_F \le 4\sqrt{\min(k, N-k)}\,\rho/\delta_k, ρ "
    "the largest share of a token's weight that leaves its cluster; every outcome, W symmetric",
    reference="proof above; below 2 the 4 fails",
    where=fewer_clusters_than_tokens,
    equality=(
        [[2, 2, 1, 1], [2, 2, 1, 1], [1, 1, 2, 2], [1, 1, 2, 2]],
        np.array([0, 0, 1, 1]),
        np.zeros((4, 4), int),
    ),
    proofs=[two_parts, trace_inequality],
    **EVERY_OUTCOME,
)
def by_leaks(W, labels, sampled):
    return leaks_bound(2, 4, W, labels, sampled)


@by_leaks.mutant("19/10 in place of 2")
def fewer_leaks(W, labels, sampled):
    return leaks_bound(Fraction(19, 10), 4, W, labels, sampled)


@by_leaks.mutant("19/10 in place of 4")
def less_turned(W, labels, sampled):
    return leaks_bound(2, Fraction(19, 10), W, labels, sampled)


def at_most_half_leaves(W, labels, sampled):
    return le(outside_fraction(W, labels), Fraction(1, 2))


def harm_bound(factor, W, labels, sampled):
    """||L - L~|| <= factor ||L - L_c||."""
    L, sparse = laplacians(W, labels, sampled)
    _, clustered = laplacians(W, labels, 0 * sampled)
    return le(change(L, sparse), factor * change(L, clustered), scale=1)


@by_norm.amend(
    r"\|L - \tilde L\| \le 3\|L - L_c\| if no token has more than half of its weight outside its "
    r"cluster: then $C = 6\sqrt{\min(k, N-k)}$, with no sampling term",
    reference="proof: inside clusters and outside them apart; then the variational bound (step1)",
    where=at_most_half_leaves,
    proofs=[no_larger_in_modulus],
    **EVERY_OUTCOME,
)
def sampling_does_no_harm(W, labels, sampled):
    return harm_bound(3, W, labels, sampled)


@sampling_does_no_harm.mutant("1 in place of 3")
def monotone(W, labels, sampled):
    return harm_bound(1, W, labels, sampled)


@sampling_does_no_harm.mutant("whatever leaves", where=())
def any_share(W, labels, sampled):
    return harm_bound(3, W, labels, sampled)
