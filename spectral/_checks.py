"""The one judge of input at the public edge of `spectral`: what it lets through, it returns.

Arrays come in three arithmetics: float64, or objects that are `fractions.Fraction`, or balls.
Integers become float64, and Fractions inside an object array, because int / int is a float; a
float among objects is refused.  Nothing else is changed, and nothing is repaired.

A comparison of balls may be undecided.  A check refuses what is *proved* wrong: a row of balls
may sum to 1 if its sum's ball contains 1, and the answer then encloses that of every matrix in
the balls that does meet the rule.

Tolerances are for floats only, and relative to what rounding can do; rationals are exact.
"""

from __future__ import annotations

import operator
from collections.abc import Collection
from fractions import Fraction

import numpy as np

_EPS = np.finfo(float).eps


# Arrays ---------------------------------------------------------------------------------


def check_array(x, name: str, *, ndim: int | None = None, real: bool = True) -> np.ndarray:
    """x as a nonempty, finite array of `ndim` axes: float64 (or complex128), or exact objects."""
    x = np.asarray(x)
    if ndim is not None and x.ndim != ndim:
        axes = "1 axis" if ndim == 1 else f"{ndim} axes"
        raise ValueError(f"{name} must have {axes}, got shape {x.shape}")
    if x.size == 0:
        raise ValueError(f"{name} must be nonempty, got shape {x.shape}")
    if x.dtype == object:
        exact = np.empty(x.shape, object)
        exact.flat = [_exact(e, name) for e in x.flat]
        return exact
    if x.dtype.kind not in ("biuf" if real else "biufc"):
        raise ValueError(f"{name} must be {'real' if real else 'numeric'}, got dtype {x.dtype}")
    return check_finite(x.astype(complex if x.dtype.kind == "c" else float, copy=False), name)


def check_finite(x: np.ndarray, name: str) -> np.ndarray:
    """x without NaN and infinity; exact objects have none."""
    if x.dtype != object and not np.isfinite(x).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(x))[0])
        raise ValueError(f"{name} must be finite, got {x[where]} at {where}")
    return x


def check_square(A, name: str, *, real: bool = True) -> np.ndarray:
    A = check_array(A, name, ndim=2, real=real)
    if A.shape[0] != A.shape[1]:
        raise ValueError(f"{name} must be square, got shape {A.shape}")
    return A


def check_symmetric(A, name: str) -> np.ndarray:
    """A real with A = A^T; floats up to 4 n eps max|A|.

    An entry that is an inner product of length n carries n eps of its terms; the factor 4, for
    two entries and a scaling on each side, is by choice.
    """
    return _check_mirrored(check_square(A, name), name, "symmetric", "T")


def check_hermitian(A, name: str) -> np.ndarray:
    """A with A = A*, complex allowed; floats up to 4 n eps max|A|, as in `check_symmetric`."""
    return _check_mirrored(check_square(A, name, real=False), name, "Hermitian", "*")


def check_orthonormal(U, name: str) -> np.ndarray:
    """(n, k) with U* U = I; floats up to 16 n eps in each entry.

    Householder QR and LAPACK's eigenvectors are orthonormal to a small multiple of n eps; the
    multiple 16 is by choice.
    """
    U = check_array(U, name, ndim=2, real=False)
    n, k = U.shape
    if k > n:
        raise ValueError(f"{name} must have at most as many columns as rows, got shape {U.shape}")
    off = abs(U.conj().T @ U - np.eye(k, dtype=int))
    worst = _first(off, operator.gt, 16 * n * _EPS)
    if worst is not None:
        shown = off.max() if off.dtype != object else worst
        raise ValueError(f"{name} must have orthonormal columns, got |U*U - I| = {_show(shown)}")
    return U


def check_sparse(W, name: str):
    """Sparse weights W >= 0, square and nonempty, as a float64 `scipy.sparse.csr_array`."""
    from scipy.sparse import csr_array

    dtype = W.dtype if hasattr(W, "tocsr") else np.asarray(W).dtype
    if dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold floats to be sparse, got dtype {dtype}")
    W = csr_array(W, dtype=float)
    if W.shape[0] != W.shape[1] or W.shape[0] == 0:
        raise ValueError(f"{name} must be square and nonempty, got shape {W.shape}")
    if W.nnz:
        check_nonnegative(W.data, name)
    return W


def check_sparse_symmetric(W, name: str):
    """Sparse weights with W = W^T, up to 4 n eps max W as in `check_symmetric`."""
    W = check_sparse(W, name)
    gap = abs(W - W.T).max()
    if gap > 4 * W.shape[0] * _EPS * W.max():
        raise ValueError(f"{name} must be symmetric, got max |W - W^T| = {gap:.2e}")
    return W


# Signs and sums -------------------------------------------------------------------------


def check_nonnegative(x, name: str, *, ndim: int | None = None) -> np.ndarray:
    x = check_array(x, name, ndim=ndim)
    negative = _first(x, operator.lt, 0)
    if negative is not None:
        raise ValueError(f"{name} must be nonnegative, got {_show(negative)}")
    return x


def check_positive(x, name: str, *, ndim: int | None = None) -> np.ndarray:
    x = check_array(x, name, ndim=ndim)
    failing = _first(x, operator.le, 0)
    if failing is not None:
        raise ValueError(f"{name} must be positive, got {_show(failing)}")
    return x


def check_stochastic(P, name: str) -> np.ndarray:
    """Square P >= 0 with rows that sum to 1; floats up to 4 n eps.

    A row divided by its computed sum misses 1 by n eps at worst, for that sum and the one taken
    here; the 4 leaves room for a product of two such matrices.
    """
    P = check_nonnegative(check_square(P, name), name)
    _check_sum(P.sum(axis=1), f"{name} must have rows that sum to 1", len(P))
    return P


def check_probability(p, name: str) -> np.ndarray:
    """(n,) vector p >= 0 that sums to 1; floats up to 4 n eps, as in `check_stochastic`."""
    p = check_nonnegative(p, name, ndim=1)
    _check_sum(p.sum(keepdims=True), f"{name} must sum to 1", p.size)
    return p


# Scalars and names ----------------------------------------------------------------------


def check_scalar(x, name: str, *, like: np.ndarray, positive: bool = False):
    """A finite number in the arithmetic of `like`: a float, or an exact object."""
    if like.dtype == object:
        x = _exact(x, name)
    elif isinstance(x, (int, float, Fraction, np.integer, np.floating)) and np.isfinite(float(x)):
        x = float(x)
    else:
        raise ValueError(f"{name} must be a finite real number, got {x!r}")
    if positive and _proved(operator.le, x, 0):
        raise ValueError(f"{name} must be positive, got {x}")
    return x


def check_choice(value, name: str, choices: Collection):
    if value not in choices:
        raise ValueError(f"{name} must be one of {sorted(choices)}, got {value!r}")
    return value


def check_count(k, name: str, low: int, high: int | None = None) -> int:
    """An integer from `low` to `high`; without `high`, at least `low`."""
    integer = isinstance(k, (int, np.integer)) and not isinstance(k, bool)
    if not integer or k < low or (high is not None and k > high):
        rule = f"from {low} to {high}" if high is not None else f"at least {low}"
        raise ValueError(f"{name} must be an integer {rule}, got {k!r}")
    return int(k)


# What the checks are made of ------------------------------------------------------------


def _exact(e, name):
    if isinstance(e, (float, complex, np.inexact)) or not hasattr(e, "conjugate"):
        raise ValueError(f"{name} must hold exact numbers (int, Fraction, Ball), got {e!r}")
    return Fraction(int(e)) if isinstance(e, (int, np.integer)) else e


def _check_mirrored(A, name, rule, mark):
    mirror = A.conj().T
    if A.dtype != object:
        gap = np.abs(A - mirror).max()
        if gap > 4 * len(A) * _EPS * np.abs(A).max():
            raise ValueError(f"{name} must be {rule}, got max |A - A{mark}| = {gap:.2e}")
        return A
    for i, j in zip(*np.tril_indices(len(A)), strict=True):
        if _proved(operator.ne, A[i, j], mirror[i, j]):
            raise ValueError(
                f"{name} must be {rule}, got {A[i, j]} at ({i}, {j}), {A[j, i]} at ({j}, {i})"
            )
    return A


def _check_sum(sums, rule, terms):
    off = abs(sums - 1)
    worst = _first(off, operator.gt, 4 * terms * _EPS)
    if worst is not None:
        shown = off.max() if off.dtype != object else worst
        raise ValueError(f"{rule}, got |sum - 1| = {_show(shown)}")


def _first(x, compare, bound):
    """The first element for which compare(element, bound) is proved; exact ones, against 0."""
    if x.dtype != object:
        found = x[compare(x, bound)]
        return found[0] if found.size else None
    return next((e for e in x.flat if _proved(compare, e, 0)), None)


def _proved(compare, a, b) -> bool:
    try:
        return bool(compare(a, b))
    except ArithmeticError:  # balls that overlap
        return False


def _show(value) -> str:
    return f"{value:.2e}" if isinstance(value, (float, np.floating)) else str(value)
