"""Rigorous balls, and arrays of them: the third arithmetic, beside floats and rationals.

A NumPy object array of `Ball` runs through most formulas unchanged: ufuncs call the ball's own
exp, log, sqrt.  What compares (`argmax`, `sort`, `np.maximum`) raises `Undecided` where the
answer is not certain; `maximum`, `enclosing_max` and their mirrors need no decision, for the
maximum of two balls has an enclosure whichever is the larger.

References
----------
.. [1] F. Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic,
   IEEE Trans. Comput. 66 (2017).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

import flint
import numpy as np

from spectral._ball import Ball, Undecided
from spectral._ball_values import nearest_float, square_root, value_of


@dataclass(frozen=True)
class ComplexBall:
    """A complex number in a rectangle: an eigenvalue of a matrix that is not symmetric."""

    real: Ball
    imag: Ball

    def __abs__(self) -> Ball:
        return sqrt_nonnegative(self.real**2 + self.imag**2)

    def conjugate(self) -> ComplexBall:
        return ComplexBall(self.real, -self.imag)

    def __sub__(self, other: ComplexBall | Ball | Fraction | int) -> ComplexBall:
        return ComplexBall(self.real - other.real, self.imag - other.imag)


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with `bits` bits inside the `with` block; what was set before comes back after it."""
    if bits < 2:
        raise ValueError(f"bits must be at least 2, got {bits}")
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def to_balls(array) -> np.ndarray:
    """The array with each int, Fraction or Ball in it as a Ball; a float raises TypeError."""
    return np.asarray(np.frompyfunc(Ball, 1, 1)(np.asarray(array, object)), object)


def midpoints(array) -> np.ndarray:
    """The nearest float64 to each ball's midpoint (and to each int or Fraction)."""
    array = np.asarray(array)
    if array.dtype != object:
        return array.astype(float)
    floats = [x.mid if isinstance(x, Ball) else nearest_float(value_of(x)) for x in array.flat]
    return np.array(floats, float).reshape(array.shape)


def has_balls(array) -> bool:
    """Whether an array, or a scalar, holds at least one Ball."""
    array = np.asarray(array)
    return array.dtype == object and any(isinstance(x, Ball) for x in array.flat)


def maximum(a, b):
    """max(a, b), elementwise; of balls an enclosure of it, with no decision on the larger."""
    return _elementwise(_larger, np.maximum, a, b)


def minimum(a, b):
    """min(a, b), elementwise; of balls an enclosure of it, with no decision on the smaller."""
    return _elementwise(_smaller, np.minimum, a, b)


def enclosing_max(array, axis: int | None = None):
    """The largest element (along `axis`): floats and Fractions as they are, balls enclosed."""
    return _reduce(_larger, np.max, array, axis)


def enclosing_min(array, axis: int | None = None):
    """The smallest element (along `axis`): floats and Fractions as they are, balls enclosed."""
    return _reduce(_smaller, np.min, array, axis)


def sqrt_nonnegative(x):
    """sqrt(x) of a quantity that theory says is >= 0, elementwise.

    A sum of squares may come out as the ball 0 +- 1e-30, or as the float -1e-30; only the part
    of it above 0 can be the number, so the rest is cut off.  *Raises* ArithmeticError where all
    of x lies below 0 (balls and rationals: then theory is wrong; floats are cut at 0, since
    rounding alone puts them there).
    """
    if np.asarray(x).dtype != object:
        return np.sqrt(np.maximum(x, 0))
    return np.frompyfunc(_sqrt_nonnegative, 1, 1)(x)


def _sqrt_nonnegative(x):
    if not isinstance(x, Ball):
        return rational_sqrt(x)
    if x.arb < 0:
        raise ArithmeticError(f"a number that was to be >= 0 is {x!r}")
    return x.sqrt() if x.exact is not None else Ball(x.arb.nonnegative_part().sqrt())


def rational_sqrt(x: Fraction | int) -> Fraction:
    """The exact root of a rational; TypeError where it is irrational (then balls must do it)."""
    root = Ball(square_root(value_of(x))).exact
    if root is None:
        raise TypeError(f"sqrt({x}) is irrational: it has no Fraction, only a Ball")
    return root


def _larger(a, b):
    return _select(a, b, flint.arb.max, max)


def _smaller(a, b):
    return _select(a, b, flint.arb.min, min)


def _select(a, b, of_arbs, of_reals):
    """One of two numbers; an infinite float (a lost hypothesis) may stand beside a ball."""
    infinite = any(isinstance(x, float) and math.isinf(x) for x in (a, b))
    if infinite or not (isinstance(a, Ball) or isinstance(b, Ball)):
        return of_reals(a, b)
    a, b = Ball(a), Ball(b)
    known = a.exact is not None and b.exact is not None
    return of_reals(a, b) if known else Ball(of_arbs(a.arb, b.arb))


def _elementwise(of_objects, of_floats, a, b):
    if np.asarray(a).dtype != object and np.asarray(b).dtype != object:
        return of_floats(a, b)
    return np.frompyfunc(of_objects, 2, 1)(a, b)


def _reduce(of_objects, of_floats, array, axis):
    array = np.asarray(array)
    if array.size == 0:
        raise ValueError(f"array must have an element, got shape {array.shape}")
    if array.dtype != object:
        return of_floats(array, axis=axis)
    if axis is None:
        array, axis = array.ravel(), 0
    return np.frompyfunc(of_objects, 2, 1).reduce(array, axis=axis)


__all__ = [
    "Ball",
    "ComplexBall",
    "Undecided",
    "enclosing_max",
    "enclosing_min",
    "has_balls",
    "maximum",
    "midpoints",
    "minimum",
    "precision",
    "sqrt_nonnegative",
    "to_balls",
]
