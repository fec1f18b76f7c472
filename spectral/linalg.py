"""One door for dense linear algebra in three arithmetics: floats, rationals, balls.

The arithmetic is read off the entries, and the answer comes back in it:

    float, complex, int dtype         NumPy and LAPACK: rounded
    object of Fraction and int        exact; TypeError where the answer is irrational
    object with a Ball in it          enclosures, at the working precision of `spectral.balls`

So `linalg.eigvalsh(L)` in a formula is a float when one explores and a proof when one certifies.
A is a matrix (two indices) throughout; 0 x 0 and 1 x 1 are matrices like any other.

Symmetry.  `eigvalsh`, `eigh`, `spectral_projector` and `inertia` ask for A = A^T and check it:
floats up to rounding, rationals exactly, balls by what the entries remember.  S W S with W
symmetric is symmetric by construction, but the balls of entry (i, j) and (j, i) only overlap;
`assume_symmetric` is how a caller says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._linalg_dispatch import backend, matrix, square

_NORMS = ("fro", "spectral", "nuclear", "inf")


@dataclass(frozen=True)
class Eigenpairs:
    """Eigenvalues of a symmetric matrix, ascending, and orthonormal eigenvectors."""

    values: np.ndarray  # (n,)
    vectors: np.ndarray  # (n, n), column k belongs to values[k]; its sign means nothing


@dataclass(frozen=True)
class Inertia:
    """How many eigenvalues of a symmetric matrix are negative, zero, positive."""

    negative: int
    zero: int
    positive: int


# Eigenvalues ----------------------------------------------------------------------------


def eigvals(A):
    """The n eigenvalues of a square A, complex, in no promised order.

    Balls: `ComplexBall(real, imag)` objects, imag exactly 0 where the eigenvalue is proved to
    be real; take their parts with `real` and `imag` (NumPy's do not look into objects).
    """
    A = square(A)
    return backend(A).eigvals(A)


def eigvalsh(A):
    """(n,) eigenvalues of a symmetric A, ascending.  Balls: entry k encloses the k-th smallest.

    So neighbouring enclosures may overlap, and multiple eigenvalues are no difficulty.
    """
    A = square(A)
    return backend(A).eigvalsh(backend(A).check_symmetric(A))


def eigh(A) -> Eigenpairs:
    """Eigenpairs of a symmetric A.

    *Hypothesis* (balls): every eigenvalue is simple and isolated at the working precision, else
    `Undecided`, for then no single vector is determined; ask for a `spectral_projector`.
    """
    A = square(A)
    return Eigenpairs(*backend(A).eigh(backend(A).check_symmetric(A)))


def spectral_projector(A, block):
    """(n, n) orthogonal projector onto the eigenspace of a block of positions of eigenvalues.

    `block` is a slice or a sequence of positions in ascending order: slice(0, 2) means the two
    smallest.  Eigenvalues inside the block may be multiple.  *Hypothesis*: those outside
    differ from those inside; else ArithmeticError (balls: `Undecided`).
    """
    A = square(A)
    inside = np.zeros(len(A), bool)
    inside[block if isinstance(block, slice) else list(block)] = True
    return backend(A).spectral_projector(backend(A).check_symmetric(A), inside)


def svdvals(A):
    """(min(m, n),) singular values of A, descending.  Balls: entry k encloses the k-th largest."""
    A = matrix(A)
    return backend(A).svdvals(A)


def inertia(A) -> Inertia:
    """Signs of the eigenvalues of a symmetric A.

    Floats: an eigenvalue within n eps ||A||_2 of 0 counts as zero, the backward error of the
    solver.  Balls around 0 are `Undecided`, unless the entries remember rationals.
    """
    A = square(A)
    return Inertia(*map(int, backend(A).inertia(backend(A).check_symmetric(A))))


# Equations, determinants, powers --------------------------------------------------------


def solve(A, b):
    """x with A x = b, shape of b.  A singular A raises ArithmeticError (balls: `Undecided`)."""
    A, b = square(A), np.asarray(b)
    if b.ndim not in (1, 2) or len(b) != len(A):
        raise ValueError(f"b must have {len(A)} rows as A has, got shape {b.shape}")
    columns = b if b.ndim == 2 else b[:, None]
    return backend(A, b).solve(A, columns).reshape(b.shape)


def inv(A):
    """The inverse of A; where there is none, ArithmeticError (balls: `Undecided`)."""
    A = square(A)
    return backend(A).inv(A)


def det(A):
    """The determinant of a square A."""
    A = square(A)
    return backend(A).det(A)


def rank(A) -> int:
    """The rank.

    Floats: singular values up to max(m, n) eps sigma_max count as zero, as in
    `numpy.linalg.matrix_rank`.  Balls certify full rank only, unless the entries remember
    rationals; else `Undecided`, since a rank-deficient matrix has full-rank neighbours.
    """
    A = matrix(A)
    return int(backend(A).rank(A))


def matrix_power(A, t: int):
    """A^t for an integer t, of the inverse where t < 0; A^0 is the identity."""
    A = square(A)
    if isinstance(t, bool) or not isinstance(t, (int, np.integer)):
        raise ValueError(f"t must be an integer, got {t!r}")
    arithmetic = backend(A)
    return arithmetic.matrix_power(A if t >= 0 else arithmetic.inv(A), abs(int(t)))


# Norms and functions --------------------------------------------------------------------


def norm_squared(A):
    """Sum of the squares |a|^2 of all entries of an array: exact on rationals."""
    A = np.asarray(A)
    return (abs(A) ** 2).sum() if A.size else 0


def norm(A, ord: str = "fro"):
    """A norm: "fro" of any array; "spectral", "nuclear", "inf" (largest row sum) of a matrix.

    Rationals: exact where the norm is rational, else TypeError; `norm_squared` needs no root.
    """
    if ord not in _NORMS:
        raise ValueError(f"ord must be one of {list(_NORMS)}, got {ord!r}")
    A = np.asarray(A)
    if ord == "fro":
        return backend(A).sqrt_nonnegative(norm_squared(A))
    if A.size == 0:
        return 0
    if ord == "inf":
        return backend(A).largest(abs(matrix(A)).sum(axis=1))
    singular = svdvals(A)
    return singular[0] if ord == "spectral" else singular.sum()


def sqrt(x, *, like=None):
    """Square root of x, elementwise, in the arithmetic of `like` (of x itself by default).

    Why: in `np.sqrt(n) * W` the root is a float, rounded before a ball ever sees it.
    Rationals: the exact root, or TypeError where it is irrational.
    """
    return _function("sqrt", x, like)


def exp(x, *, like=None):
    """Exponential of x, elementwise, in the arithmetic of `like` (of x itself by default)."""
    return _function("exp", x, like)


def log(x, *, like=None):
    """Natural logarithm of x, elementwise, in the arithmetic of `like` (of x by default)."""
    return _function("log", x, like)


def real(values):
    """Real parts of an array of numbers, complex floats or `ComplexBall`s."""
    return _part(values, "real")


def imag(values):
    """Imaginary parts of an array of numbers, complex floats or `ComplexBall`s."""
    return _part(values, "imag")


def assume_symmetric(A):
    """A with its lower triangle mirrored: for a matrix that is symmetric by construction.

    The caller vouches for A = A^T in real arithmetic; a slip is still caught: rationals must be
    equal, balls must overlap (and are intersected), floats agree to sqrt(eps) max|A|, a bound
    by choice, far above rounding and far below a wrong formula.  Else ValueError.
    """
    A = square(A)
    return backend(A).assume_symmetric(A)


def _function(name, x, like):
    x = np.asarray(x)
    arithmetic = backend(x if like is None else np.asarray(like))
    if like is not None and np.asarray(like).dtype != object and x.dtype == object:
        x = x.astype(float)  # a Ball has no float, and says so
    return np.asarray(getattr(arithmetic, name)(x))[()]


def _part(values, name):
    values = np.asarray(values)
    if values.dtype != object:
        return getattr(values, name)
    return np.asarray(np.frompyfunc(lambda x: getattr(x, name), 1, 1)(values))
