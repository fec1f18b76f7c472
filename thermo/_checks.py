"""The arguments of this package are judged here, once, at its public edge.

Numbers come in three arithmetics: float64, or object arrays of `fractions.Fraction`, or of
balls.  Integers in an object array become Fractions, because int / int would be a float.
A comparison of balls may raise an ArithmeticError, "undecided": a check of an input refuses
only what is proved wrong.
"""

import operator
from fractions import Fraction

import numpy as np

_EPS = np.finfo(float).eps


def check_energies(energies, name="energies"):
    """The energies as an (N,) array, N >= 1; in float64 every difference of two is finite."""
    energies = check_reals(energies, name, ndim=1)
    if energies.dtype != object:
        with np.errstate(over="ignore"):
            spread = np.ptp(energies)
        if not np.isfinite(spread):
            raise ValueError(f"{name} must have finite differences, got max - min = {spread}")
    return energies


def check_reals(x, name, *, ndim):
    """x as a nonempty array of `ndim` axes, float64 and finite, or exact objects."""
    x = np.asarray(x)
    if x.ndim != ndim or x.size == 0:
        raise ValueError(f"{name} must be nonempty with {ndim} axes, got shape {x.shape}")
    if x.dtype == object:
        return np.array([_exact(e, name) for e in x.flat], dtype=object).reshape(x.shape)
    if x.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be real, got dtype {x.dtype}")
    x = x.astype(float)
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must be finite, got {x[~np.isfinite(x)][0]}")
    return x


def check_scalar(x, name, *, like, zero=False):
    """A finite number > 0 (or >= 0, with `zero`) in the arithmetic of the array `like`."""
    x = _exact(x, name) if like.dtype == object else float(x)
    allowed = x >= 0 if zero else x > 0
    if not allowed or (isinstance(x, float) and x == np.inf):
        raise ValueError(f"{name} must be finite and {'>=' if zero else '>'} 0, got {x}")
    return x


def check_distribution(p, name="p"):
    """p as an (N,) probability vector; floats may miss the sum 1 by 2 N eps.

    Derived: a vector divided by its computed sum misses by N eps at worst, once for the sum
    in the divisor and once for the sum taken here, each (N - 1) eps / 2; the 2 is room.
    """
    return _check_rows(check_reals(p, name, ndim=1)[None], name)[0]


def check_stochastic(P, name="P"):
    """P as an (M, N) array whose rows are probability vectors, each with that tolerance."""
    return _check_rows(check_reals(P, name, ndim=2), f"each row of {name}")


def _check_rows(P, name):
    signs = P.ravel().tolist() if P.dtype == object else [P.min()]
    negative = [e for e in signs if proved(operator.lt, e, 0)]
    if negative:
        raise ValueError(f"{name} must have no negative entry, got {negative[0]}")
    slack = 0 if P.dtype == object else 2 * P.shape[1] * _EPS
    for total in P.sum(axis=1).tolist():
        if proved(operator.gt, abs(total - 1), slack):
            raise ValueError(f"{name} must sum to 1, got {total}")
    return P


def check_same_length(a, b, names):
    if a.shape != b.shape:
        raise ValueError(f"{names} must have one length, got {a.size} and {b.size}")


def check_count(k, name, largest):
    """An integer from 1 to `largest`."""
    if not isinstance(k, (int, np.integer)) or not 1 <= k <= largest:
        raise ValueError(f"{name} must be an integer from 1 to {largest}, got {k!r}")
    return int(k)


def _exact(e, name):
    if isinstance(e, (float, np.floating)):
        raise ValueError(f"{name} must be exact (int, Fraction, ball) beside objects, got {e!r}")
    return Fraction(int(e)) if isinstance(e, (int, np.integer)) else e


def proved(compare, a, b):
    """Whether the comparison is true for certain; an undecided one is not."""
    try:
        return bool(compare(a, b))
    except ArithmeticError:
        return False
