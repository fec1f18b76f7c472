r"""How well a sparse Laplacian stands for a dense one, in the Loewner order.

L~ is an eps-sparsifier of L if (1 - eps) L <= L~ <= (1 + eps) L: the quadratic forms agree up
to 1 +- eps at every vector ([seq] Definition 29, [uni] Definition 9.1).

Which Laplacian?  The order is one of symmetric matrices, and it needs ker L in ker L~.  The
combinatorial D - W always has the vector 1 there.  The normalized I - D^-1/2 W D^-1/2 has
D^1/2 1 instead, another vector for the sparse graph unless the degrees stay proportional: then
no finite eps exists, however close the two graphs are.  And I - D^-1 W is not symmetric.

References
----------
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling".
.. [uni] "A Unified Mathematical Theory of Efficient Sequence Modeling".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral._checks import check_scalar, check_symmetric

# An eigenvalue up to this times n eps ||A|| counts as 0: one n eps ||A|| is the eigensolver's
# own error, the rest is for how the caller rounded A.  By choice.
_ZERO = 8


@dataclass(frozen=True)
class AttainedEpsilon:
    """The smallest eps with (1 - eps) L <= L~ <= (1 + eps) L."""

    epsilon: float  # inf where `kernels` is "apart"
    lower: float  # smallest x^T L~ x / x^T L x over x in the range of L; 1 where L = 0
    upper: float  # largest
    kernels: str  # "equal"; "more", ker L~ is larger; or "apart", ker L is not within ker L~


def attained_epsilon(L, L_sparse) -> AttainedEpsilon:
    """max(upper - 1, 1 - lower) from the extreme generalised eigenvalues on the range of L.

    A larger kernel of L~, as when the sparse graph falls into more pieces, makes lower = 0 and
    eps at least 1.  A kernel of L that L~ does not share has no eps: inf.

    L and L~ are symmetric and positive semidefinite, (n, n) float64; else ValueError.

    *Numerics*: eigenvalues up to 8 n eps ||L|| count as 0, hence two kernels are told apart only
    where L is that far from a lower rank.
    """
    L, L_sparse = check_symmetric(L, "L"), check_symmetric(L_sparse, "L_sparse")
    if L.shape != L_sparse.shape:
        raise ValueError(f"L_sparse must have the shape of L, {L.shape}, got {L_sparse.shape}")
    values, vectors, zero = _semidefinite(L, "L")
    sparse_values, _, sparse_zero = _semidefinite(L_sparse, "L_sparse")
    in_range = values > zero
    kernels = _compare_kernels(
        L_sparse @ vectors[:, ~in_range],
        sparse_zero * (1 + values[-1] / values[in_range].min(initial=np.inf)),
        (~in_range).sum(),
        (sparse_values <= sparse_zero).sum(),
    )
    lower, upper = _extreme_ratios(L_sparse, values[in_range], vectors[:, in_range])
    lower = 0.0 if kernels == "more" else lower
    epsilon = np.inf if kernels == "apart" else max(upper - 1, 1 - lower)
    return AttainedEpsilon(float(epsilon), float(lower), float(upper), kernels)


def is_spectral_sparsifier(L, L_sparse, epsilon) -> bool:
    """Whether (1 - eps) L <= L~ <= (1 + eps) L, by the signs of the eigenvalues of the gaps.

    Rationals: exact.  Balls: decided, or `Undecided`; a common kernel is decided only where the
    entries remember rationals.  Floats: an eigenvalue within n eps ||gap|| of 0 counts as 0.
    """
    L, L_sparse = check_symmetric(L, "L"), check_symmetric(L_sparse, "L_sparse")
    if L.shape != L_sparse.shape:
        raise ValueError(f"L_sparse must have the shape of L, {L.shape}, got {L_sparse.shape}")
    epsilon = check_scalar(epsilon, "epsilon", like=L)
    gaps = (L_sparse - (1 - epsilon) * L, (1 + epsilon) * L - L_sparse)
    return all(linalg.inertia(linalg.assume_symmetric(gap)).negative == 0 for gap in gaps)


def _semidefinite(A, name):
    """Ascending eigenvalues, eigenvectors, and the size up to which a value counts as 0."""
    if A.dtype == object:
        raise ValueError(f"{name} must be float64, got exact numbers; see is_spectral_sparsifier")
    values, vectors = np.linalg.eigh(A)
    zero = _ZERO * len(A) * np.finfo(float).eps * np.abs(values).max()
    if values[0] < -zero:
        raise ValueError(f"{name} must be positive semidefinite, got eigenvalue {values[0]:.2e}")
    return values, vectors, zero


def _compare_kernels(image, tolerance, dimension, sparse_dimension):
    """`image` is L~ on an orthonormal basis of ker L.

    That basis is off by an angle of zero / gap, the solver's error over the smallest eigenvalue
    in the range of L (Davis-Kahan), so that L~ may send it that far from 0.
    """
    if image.size and np.linalg.norm(image, 2) > tolerance:
        return "apart"
    return "more" if sparse_dimension > dimension else "equal"


def _extreme_ratios(L_sparse, values, vectors):
    if values.size == 0:
        return 1.0, 1.0
    basis = vectors / np.sqrt(values)
    ratios = np.linalg.eigvalsh(basis.T @ L_sparse @ basis)
    return ratios[0], ratios[-1]
