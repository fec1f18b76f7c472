"""Which arithmetic an array is in, and whether it is a matrix at all."""

from fractions import Fraction

import numpy as np


def backend(*arrays):
    """The module for the arithmetic of the arrays: balls if any is one, rationals, floats."""
    objects = [a for a in arrays if a.dtype == object]
    if not objects:
        from spectral import _linalg_float

        return _linalg_float
    if len(objects) < len(arrays) and any(a.dtype.kind in "fc" for a in arrays):
        raise TypeError("floats and exact numbers do not mix: convert one side, knowingly")
    if all(isinstance(x, (int, Fraction, np.integer)) for a in objects for x in a.flat):
        from spectral import _linalg_exact

        return _linalg_exact
    from spectral import _linalg_ball

    return _linalg_ball


def matrix(A):
    A = np.asarray(A)
    if A.ndim != 2:
        raise ValueError(f"A must be a matrix, got shape {A.shape}")
    if A.dtype.kind in "fc" and not np.isfinite(A).all():
        raise ValueError(f"A must be finite, got {A[~np.isfinite(A)][0]} in it")
    return A


def square(A):
    A = matrix(A)
    if A.shape[0] != A.shape[1]:
        raise ValueError(f"A must be square, got shape {A.shape}")
    return A
