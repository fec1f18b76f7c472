"""Simpler neighbours of an array of rationals, each kind of change a function or a maker of one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from verify.rationals import complexity, shorter

_DENOMINATORS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 100, 1000)
_WHOLE = 1000  # scaling to whole numbers stops here: it would turn floats into integers of 53 bits

# The array as a whole -------------------------------------------------------------------


def whole_numbers(numbers) -> list[Fraction]:
    """The factor that makes whole numbers without a common divisor, if not all are 0."""
    nonzero = [abs(x) for x in numbers if x != 0]
    if not nonzero:
        return []
    common = math.lcm(*(x.denominator for x in nonzero))
    factor = Fraction(common, math.gcd(*(int(x * common) for x in nonzero)))
    return [factor] if max(nonzero) * factor <= _WHOLE else []


def scaled(a: np.ndarray) -> list[np.ndarray]:
    top = max(abs(x) for x in a.flat)
    return [a / top, *(a * f for f in whole_numbers(a.flat))] if top else []


def diagonal(a: np.ndarray) -> list[np.ndarray]:
    """Without what is off the diagonal; without the diagonal."""
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        return []
    diagonal = np.eye(len(a), dtype=int) * a
    return [diagonal, a - diagonal]


def shifted(a: np.ndarray) -> list[np.ndarray]:
    """The commonest number subtracted: from all entries, from the diagonal of a square matrix."""
    square = a.ndim == 2 and a.shape[0] == a.shape[1]
    common = Counter(np.diagonal(a) if square else a.flat).most_common(1)[0][0]
    return [a - common, *([a - np.eye(len(a), dtype=int) * common] if square else [])]


def unsigned(a: np.ndarray) -> list[np.ndarray]:
    return [abs(a), -a]


def rounded(a: np.ndarray) -> Iterator[np.ndarray]:
    for d in _DENOMINATORS:
        yield np.frompyfunc(lambda x, d=d: x.limit_denominator(d), 1, 1)(a)


def line(axis: int, k: int) -> Callable:
    """One row or column (of a symmetric matrix, both) times a number: the rank stays."""

    def change(a):
        if a.ndim != 2 or k >= a.shape[axis]:
            return
        for factor in whole_numbers(np.take(a, k, axis)):
            for scale in (factor, -factor):
                changed = a.copy()
                changed[(slice(None),) * axis + (k,)] *= scale
                if _is_symmetric(a):
                    changed[(slice(None),) * (1 - axis) + (k,)] *= scale
                yield changed

    return change


# Entries --------------------------------------------------------------------------------


def entries(a: np.ndarray) -> Iterator[tuple]:
    """Positions; those of one triangle where the matrix is symmetric."""
    symmetric = _is_symmetric(a)
    return (k for k in np.ndindex(a.shape) if not symmetric or k[0] <= k[1])


def _is_symmetric(a: np.ndarray) -> bool:
    return a.ndim == 2 and a.shape[0] == a.shape[1] and bool((a == a.T).all())


def entry(k: tuple, candidates: Callable) -> Callable:
    """The entry at k, and its mirror image in a symmetric matrix, replaced."""

    def change(a):
        if len(k) != a.ndim or any(i >= n for i, n in zip(k, a.shape, strict=True)):
            return
        symmetric = _is_symmetric(a)
        for new in candidates(a[k], a):
            changed = a.copy()
            changed[k] = new
            if symmetric:
                changed[k[::-1]] = new
            yield changed

    return change


def tied(x: Fraction, a: np.ndarray) -> list[Fraction]:
    """The other numbers of the array, with either sign."""
    others = {y for z in a.flat if z for y in (z, -z)} - {x}
    return sorted(others, key=complexity)


def classes(a: np.ndarray) -> Iterator[np.ndarray]:
    """All entries of one modulus replaced, so that ties stay."""
    for size in sorted({abs(x) for x in a.flat if x}, key=complexity, reverse=True):
        for new in shorter(size):
            yield np.frompyfunc(lambda x, s=size, n=new: x if abs(x) != s else x / s * n, 1, 1)(a)
