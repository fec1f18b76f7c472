r"""How far eigenvalues and eigenspaces move when their matrix is perturbed.

Each function measures the motion, and gives a theorem's bound on it beside.  A and H are
Hermitian unless said, eigenvalues ascend, and `block` is a slice or a list of their positions.
Floats and balls, but for Bauer-Fike.

Which gap?  Davis-Kahan divides by the gap between the block of A and the *rest of A + H*.  With
the gap inside A alone, ||H|| / gap is not a bound: A = diag(0, 1) and H = [[1/2, h], [h, -1/2]]
turn by 45 degrees for every h > 0, while ||H|| / gap tends to 1/2 < sin 45.  If only A is known,
`yu_wang_samworth` has a bound, with a factor 2.

References
----------
.. [DK] C. Davis, W. M. Kahan, The rotation of eigenvectors by a perturbation. III, SIAM J. Numer.
   Anal. 7 (1970): the sin theta theorem.
.. [YWS] Y. Yu, T. Wang, R. J. Samworth, A useful variant of the Davis-Kahan theorem for
   statisticians, Biometrika 102 (2015): Theorem 2.
.. [W] P.-A. Wedin, Perturbation bounds in connection with singular value decomposition, BIT 12
   (1972).
.. [BF] F. L. Bauer, C. T. Fike, Norms and exclusion theorems, Numer. Math. 2 (1960).
.. [HJ] R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed. (2013): Theorem 4.3.1 (Weyl).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import balls, linalg
from spectral._checks import (
    check_array,
    check_choice,
    check_count,
    check_hermitian,
    check_square,
)
from spectral._numbers import plain
from spectral.angles import (
    NORMS,
    eigengap,
    positions,
    projector_distance_squared,
    separation,
    sin_theta,
    subspace_distance,
)

_EPS = np.finfo(float).eps


@dataclass(frozen=True)
class Rotation:
    """How far a subspace turned, beside a theorem's bound on it; floats or balls."""

    measured: float  # ||sin Theta||
    bound: float  # inf where gap <= 0: there the theorem asserts nothing
    gap: float


@dataclass(frozen=True)
class Shift:
    """How far eigenvalues moved, beside a theorem's bound on it; floats or balls."""

    measured: float
    bound: float  # inf where the hypothesis is lost
    condition: float = 1  # what the size of the perturbation is multiplied by


def davis_kahan(A, H, block, *, norm: str = "spectral") -> Rotation:
    """||sin Theta|| <= ||H|| / gap, in the spectral or the Frobenius norm [DK]_.

    *Hypothesis:* gap > 0, the distance from the interval that the block's eigenvalues of A span
    to the other eigenvalues of A + H.
    """
    A, H = _perturbed(A, H)
    measured = subspace_distance(A, A + H, block, norm=norm)
    return _rotation(measured, _norm(H, norm), separation(A, A + H, block))


def yu_wang_samworth(A, H, block) -> Rotation:
    """||sin Theta||_F <= 2 min(sqrt(k) ||H||_2, ||H||_F) / gap, k the size of the block [YWS]_.

    *Hypothesis:* gap > 0, the distance from the interval that the block's eigenvalues of A span
    to the other eigenvalues of A.
    """
    A, H = _perturbed(A, H)
    where = positions(block, len(A))
    measured = subspace_distance(A, A + H, where, norm="frobenius")
    spectral = linalg.sqrt(where.size, like=H) * linalg.norm(H, "spectral")
    size = balls.minimum(spectral, linalg.norm(H, "fro"))
    return _rotation(measured, 2 * size, eigengap(A, where))


def wedin(A, H, k: int, *, norm: str = "spectral") -> Rotation:
    """max(||sin Theta_left||, ||sin Theta_right||) <= ||H|| / gap, k leading singular pairs [W]_.

    A and H are (m, n), not Hermitian.  *Hypothesis:* gap = sigma_k(A) - sigma_(k+1)(A + H) > 0,
    where a singular value past the last is 0, the one of the vectors orthogonal to all (of a
    square A of full k there is none, and the gap is inf).
    """
    check_choice(norm, "norm", NORMS)
    A, H = (check_array(M, name, ndim=2, real=False) for M, name in ((A, "A"), (H, "H")))
    _check_one_shape(A, H)
    k = check_count(k, "k", 1, min(A.shape))
    measured = _largest_sine(A, A + H, k, norm)
    if k == max(A.shape):
        return _rotation(measured, _norm(H, norm), np.inf)
    inside, outside = linalg.svdvals(A)[k - 1], linalg.svdvals(A + H)[k : k + 1].sum()
    return _rotation(measured, _norm(H, norm), plain(inside - outside))


def weyl(A, H) -> Shift:
    """max_k |lambda_k(A + H) - lambda_k(A)| <= ||H||_2 [HJ]_; no hypothesis but symmetry."""
    A, H = _perturbed(A, H)
    moved = abs(linalg.eigvalsh(A + H) - linalg.eigvalsh(A))
    return Shift(plain(balls.enclosing_max(moved)), plain(linalg.norm(H, "spectral")))


def bauer_fike(A, H) -> Shift:
    """Each eigenvalue of A + H has one of A within kappa(X) ||H||_2, A = X Lambda X^-1 [BF]_.

    A and H are square, not Hermitian; X has unit columns, and kappa is its condition number.
    Floats.  *Hypothesis:* A is diagonalizable; where X is singular to rounding, with
    kappa >= 1 / (n eps), the bound is inf.
    """
    A, H = check_square(A, "A", real=False), check_square(H, "H", real=False)
    _check_one_shape(A, H)
    values, X = np.linalg.eig(A)
    distances = np.abs(np.linalg.eigvals(A + H)[:, None] - values)
    condition = float(np.linalg.cond(X))
    if condition * len(A) * _EPS >= 1:
        condition = np.inf
    bound = condition * float(np.linalg.norm(H, 2)) if condition < np.inf else np.inf
    return Shift(float(distances.min(axis=1).max()), bound, condition)


def _perturbed(A, H):
    A, H = check_hermitian(A, "A"), check_hermitian(H, "H")
    _check_one_shape(A, H)
    return A, H


def _check_one_shape(A, H):
    if A.shape != H.shape:
        raise ValueError(f"A and H must have one shape, got {A.shape} and {H.shape}")


def _norm(H, norm):
    return linalg.norm(H, "fro" if norm == "frobenius" else norm)


def _rotation(measured, size, gap):
    if gap == np.inf:  # nothing outside: the subspace is everything, and cannot turn
        return Rotation(measured, plain(0 * size), gap)
    return Rotation(measured, plain(size / gap) if gap > 0 else np.inf, gap)


def _largest_sine(A, B, k, norm):
    """The larger of the left and the right sine of the k leading singular subspaces."""
    if A.dtype != object:
        (U, _, V), (U_B, _, V_B) = np.linalg.svd(A), np.linalg.svd(B)
        left = sin_theta(U[:, :k], U_B[:, :k], norm=norm)
        return max(left, sin_theta(V[:k].conj().T, V_B[:k].conj().T, norm=norm))
    P, Q = _leading_projector(A, k), _leading_projector(B, k)
    m = len(A)
    left = projector_distance_squared(P[:m, :m], Q[:m, :m], norm=norm)
    right = projector_distance_squared(P[m:, m:], Q[m:, m:], norm=norm)
    return balls.sqrt_nonnegative(balls.maximum(left, right))


def _leading_projector(A, k):
    """[[U U^T, U V^T], [V U^T, V V^T]], from the k largest eigenvalues of [[0, A], [A^T, 0]]."""
    m, n = A.shape
    zeros = np.zeros((m + n, m + n), int).astype(object)
    zeros[:m, m:], zeros[m:, :m] = A, A.T
    return 2 * linalg.spectral_projector(zeros, slice(m + n - k, m + n))
