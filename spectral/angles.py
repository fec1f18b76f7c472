r"""Angles between subspaces, and between the eigenspaces of two matrices.

A subspace is given by a matrix of shape (n, k) with orthonormal columns, or as an eigenspace: A
is Hermitian, its eigenvalues ascend, and `block` is a slice, or a list, of their positions:
slice(0, 2) means the two smallest.

An eigenspace is determined, as a set, if its eigenvalues differ from the others; its basis is
not.  In balls all is thus read off the orthogonal projectors P, by way of

    ||sin Theta(U, V)||_F^2 = k - tr(P_U P_V) = 1/2 ||P_U - P_V||_F^2,
    ||sin Theta(U, V)||_2 = the largest eigenvalue of P_U - P_V,

the second form of the first line because it does not cancel where the spaces are near.

References
----------
.. [BG] A. Bjorck, G. H. Golub, Numerical methods for computing angles between linear subspaces,
   Math. Comp. 27 (1973).
.. [SS] G. W. Stewart, J. Sun, Matrix Perturbation Theory (1990): section I.5, and Theorem I.5.5
   for the eigenvalues of P_U - P_V.
"""

from __future__ import annotations

import numpy as np

from spectral import balls, linalg
from spectral._checks import check_choice, check_hermitian, check_orthonormal
from spectral._numbers import plain

NORMS = ("spectral", "frobenius")


def principal_angles(U, V) -> np.ndarray:
    """Angles between two subspaces of one dimension k: (k,), radians, ascending [BG]_.

    The cosines are the singular values of U* V, the sines those of (I - U U*) V.  An arccos
    alone would return 0 for an angle of 1e-9, since cos is flat there, and an arcsin alone fails
    likewise near pi/2; arctan2 of both is right to a few eps.  Floats.
    """
    U, V = check_orthonormal(U, "U"), check_orthonormal(V, "V")
    if U.shape != V.shape:
        raise ValueError(f"U and V must have one shape, got {U.shape} and {V.shape}")
    overlap = U.conj().T @ V
    cosines = linalg.svdvals(overlap)  # descending, so that the angles ascend
    sines = linalg.svdvals(V - U @ overlap)[::-1]
    return np.arctan2(sines, cosines)


def sin_theta(U, V, *, norm: str = "spectral") -> float:
    """The distance ||sin Theta(U, V)||; the spectral one is ||U U* - V V*||_2.  Floats."""
    check_choice(norm, "norm", NORMS)
    sines = np.sin(principal_angles(U, V))
    return float(sines.max() if norm == "spectral" else linalg.norm(sines, "fro"))


def subspace_distance(A, B, block, *, norm: str = "spectral"):
    """||sin Theta|| between the eigenspaces of A and of B at the positions `block`.

    Floats and balls.  *Hypothesis:* the block's eigenvalues differ from the others, in A and in
    B.  Without it balls are `Undecided`, and floats answer for some choice of eigenvectors.
    """
    A, B = _pair(A, B)
    if A.dtype == object:
        return balls.sqrt_nonnegative(sin_theta_squared(A, B, block, norm=norm))
    where = positions(block, len(A))
    return sin_theta(linalg.eigh(A).vectors[:, where], linalg.eigh(B).vectors[:, where], norm=norm)


def sin_theta_squared(A, B, block, *, norm: str = "frobenius"):
    """The square of `subspace_distance`: for the Frobenius norm no root is taken."""
    check_choice(norm, "norm", NORMS)
    A, B = _pair(A, B)
    where = positions(block, len(A))
    if A.dtype != object:
        return subspace_distance(A, B, where, norm=norm) ** 2
    projectors = linalg.spectral_projector(A, where), linalg.spectral_projector(B, where)
    return projector_distance_squared(*projectors, norm=norm)


def projector_distance_squared(P, Q, *, norm: str = "frobenius"):
    """||sin Theta||^2 between the ranges of two orthogonal projectors of one rank.

    1/2 ||P - Q||_F^2, or the square of the largest eigenvalue of P - Q ([SS]_, Theorem I.5.5).
    """
    check_choice(norm, "norm", NORMS)
    if norm == "frobenius":
        return plain(linalg.norm_squared(P - Q) / 2)
    return plain(linalg.eigvalsh(linalg.assume_symmetric(P - Q))[-1] ** 2)


def eigengap(A, block):
    """Distance from the interval that the block's eigenvalues span to the others of A.

    inf where there are no others; at most 0 where they meet.  Floats and balls.
    """
    return separation(A, A, block)


def separation(A, B, block):
    """Distance from the interval that the block's eigenvalues *of A* span to the others *of B*.

    The gap of Davis and Kahan, B = A + H; not symmetric in A and B.  inf where there are no
    others; at most 0 where they meet.  Floats and balls.
    """
    A, B = _pair(A, B)
    where = positions(block, len(A))
    return hull_distance(linalg.eigvalsh(A)[where], np.delete(linalg.eigvalsh(B), where))


def positions(block, n: int) -> np.ndarray:
    """The positions, among 0 .. n - 1, that a slice or a list of integers means; ascending."""
    if isinstance(block, slice):
        block = range(n)[block]
    where = np.unique(np.asarray(block, int))
    if where.size == 0 or where[0] < 0 or where[-1] >= n or where.size < len(block):
        raise ValueError(
            f"block must hold distinct positions from 0 to {n - 1}, at least one, got {block}"
        )
    return where


def hull_distance(inside, outside):
    """Distance from the interval spanned by `inside`, which ascends, to the numbers `outside`."""
    if len(outside) == 0:
        return np.inf
    beyond = balls.maximum(inside[0] - outside, outside - inside[-1])
    return plain(balls.enclosing_min(beyond))


def _pair(A, B):
    A, B = check_hermitian(A, "A"), check_hermitian(B, "B")
    if A.shape != B.shape:
        raise ValueError(f"A and B must have one shape, got {A.shape} and {B.shape}")
    if (A.dtype == object) != (B.dtype == object):
        raise TypeError("A and B must be of one arithmetic, got floats and exact objects")
    return A, B
