"""The arguments of this package are judged here, once, at its public edge.

Weights come in three arithmetics: float64, or object arrays of `fractions.Fraction`, or of
balls.  Integers in an object array become Fractions, because int / int would be a float.
"""

from fractions import Fraction

import numpy as np


def check_weights(W, name="W"):
    """A nonempty real array of any shape: float64 and finite, or exact objects."""
    W = np.asarray(W)
    if W.size == 0:
        raise ValueError(f"{name} must be nonempty, got shape {W.shape}")
    if W.dtype == object:
        return np.array([_exact(w, name) for w in W.flat], dtype=object).reshape(W.shape)
    if W.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be real, got dtype {W.dtype}")
    W = W.astype(float)
    if not np.isfinite(W).all():
        raise ValueError(f"{name} must be finite, got {W[~np.isfinite(W)][0]}")
    return W


def check_nonnegative(x, name, *, like):
    """A finite number >= 0 in the arithmetic of the array `like`."""
    x = _exact(x, name) if like.dtype == object else float(x)
    if not x >= 0 or x == np.inf:
        raise ValueError(f"{name} must be finite and not negative, got {x}")
    return x


def check_integers(T, name, allowed, *, ndim=None):
    """An array of integers from the set `allowed`: int64."""
    T = np.asarray(T)
    if ndim is not None and T.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes, got shape {T.shape}")
    strange = T[~np.isin(T, allowed)]
    if strange.size:
        raise ValueError(f"{name} must have entries in {set(allowed)}, got {strange[0]!r}")
    return T.astype(np.int64)


def check_choice(x, name, choices):
    if x not in choices:
        raise ValueError(f"{name} must be one of {sorted(choices)}, got {x!r}")
    return x


def _exact(w, name):
    if isinstance(w, (float, np.floating)):
        raise ValueError(f"{name} must be exact (int, Fraction, ball) beside objects, got {w!r}")
    return Fraction(int(w)) if isinstance(w, (int, np.integer)) else w
