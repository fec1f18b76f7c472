"""Simpler neighbours of a case of rationals: what shrinking tries, the boldest first.

A move is a function from a case to candidates.  Moves are listed for one case but stay valid
as that case becomes simpler, so that a pass need not start again after each success.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from verify.rationals import complexity, shorter

Move = Callable[[tuple], Iterator[tuple]]

_DENOMINATORS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 100, 1000)
_WHOLE = 1000  # scaling to whole numbers stops here: it would turn floats into integers of 53 bits


def fewer_rows(case: tuple) -> Iterator[Move]:
    """Drop one index, along every axis of that length at once; then single axes; then entries."""
    arrays = [i for i, v in enumerate(case) if isinstance(v, np.ndarray)]
    for n in sorted({n for i in arrays for n in case[i].shape if n > 1}, reverse=True):
        for index in reversed(range(n)):
            yield lambda c, n=n, index=index: [tuple(_drop(v, n, index) for v in c)]
    for i in arrays:
        for axis, n in enumerate(case[i].shape):
            for index in reversed(range(n if n > 1 else 0)):
                yield _on(i, lambda a, axis=axis, index=index: [np.delete(a, index, axis)])
        if case[i].ndim == 2 and min(case[i].shape) > 1:
            yield _on(i, lambda a: [np.delete(a.ravel(), k)[None] for k in range(a.size)])


def simpler_values(case: tuple) -> Iterator[Move]:
    """All reals scaled together; each value as a whole; zeros; ties; shorter entries."""
    yield _to_one
    exact = [i for i, v in enumerate(case) if _is_exact(v)]
    for i, value in enumerate(case):
        if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
            yield _on(i, lambda k: [v for v in (0, 1, 2, k // 2, k - 1) if 0 <= v < k])
        elif isinstance(value, Fraction):
            yield _on(i, shorter)
    for i in exact:
        yield from (_on(i, move) for move in (_diagonal, _shifted, _scaled, _unsigned, _rounded))
    for i in exact:
        yield from (_on(i, _entry(k, lambda x, a: [Fraction(0)])) for k in _entries(case[i]))
    for i in exact:
        yield from (
            _on(i, _line(axis, k)) for axis, n in enumerate(case[i].shape) for k in range(n)
        )
        yield _on(i, _classes)
        yield from (_on(i, _entry(k, _tied)) for k in _entries(case[i]))
        yield from (_on(i, _entry(k, lambda x, a: shorter(x))) for k in _entries(case[i]))
    yield _to_whole_numbers


# Moves of a whole case, or of one value -------------------------------------------------


def _on(i: int, change: Callable) -> Move:
    """The move that changes value i of a case."""
    return lambda case: ((*case[:i], new, *case[i + 1 :]) for new in change(case[i]))


def _drop(value, n: int, index: int):
    if isinstance(value, np.ndarray):
        for axis in reversed(range(value.ndim)):
            if value.shape[axis] == n:
                value = np.delete(value, index, axis)
    return value


def _to_one(case: tuple) -> list[tuple]:
    """All reals scaled together, to a largest of 1."""
    top = max((abs(x) for x in _reals(case)), default=0)
    return [_times(case, 1 / top)] if top else []


def _to_whole_numbers(case: tuple) -> list[tuple]:
    """All reals scaled together, to whole numbers without a common divisor."""
    return [_times(case, factor) for factor in _whole(_reals(case))]


def _reals(case: tuple) -> list[Fraction]:
    return [x for v in case if _is_exact(v) for x in v.flat]


def _times(case: tuple, factor: Fraction) -> tuple:
    return tuple(v * factor if _is_exact(v) else v for v in case)


def _is_exact(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object


def _whole(numbers) -> list[Fraction]:
    """The factor that makes whole numbers without a common divisor, if not all are 0."""
    nonzero = [abs(x) for x in numbers if x != 0]
    if not nonzero:
        return []
    whole = math.lcm(*(x.denominator for x in nonzero))
    factor = Fraction(whole, math.gcd(*(int(x * whole) for x in nonzero)))
    return [factor] if max(nonzero) * factor <= _WHOLE else []


def _scaled(a: np.ndarray) -> list[np.ndarray]:
    top = max(abs(x) for x in a.flat)
    return [a / top, *(a * f for f in _whole(a.flat))] if top else []


def _diagonal(a: np.ndarray) -> list[np.ndarray]:
    """Without what is off the diagonal; without the diagonal."""
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        return []
    diagonal = np.eye(len(a), dtype=int) * a
    return [diagonal, a - diagonal]


def _shifted(a: np.ndarray) -> list[np.ndarray]:
    """The commonest number subtracted: from all entries, from the diagonal of a square matrix."""
    square = a.ndim == 2 and a.shape[0] == a.shape[1]
    common = Counter(np.diagonal(a) if square else a.flat).most_common(1)[0][0]
    return [a - common, *([a - np.eye(len(a), dtype=int) * common] if square else [])]


def _unsigned(a: np.ndarray) -> list[np.ndarray]:
    return [abs(a), -a]


def _rounded(a: np.ndarray) -> Iterator[np.ndarray]:
    for d in _DENOMINATORS:
        yield np.frompyfunc(lambda x, d=d: x.limit_denominator(d), 1, 1)(a)


def _line(axis: int, k: int) -> Callable:
    """One row or column (of a symmetric matrix, both) times a number: the rank stays."""

    def change(a):
        if a.ndim != 2 or k >= a.shape[axis]:
            return
        for factor in _whole(np.take(a, k, axis)):
            for scale in (factor, -factor):
                changed = a.copy()
                changed[(slice(None),) * axis + (k,)] *= scale
                if _is_symmetric(a):
                    changed[(slice(None),) * (1 - axis) + (k,)] *= scale
                yield changed

    return change


# Moves of entries -----------------------------------------------------------------------


def _entries(a: np.ndarray) -> Iterator[tuple]:
    """Positions; those of one triangle where the matrix is symmetric."""
    symmetric = _is_symmetric(a)
    return (k for k in np.ndindex(a.shape) if not symmetric or k[0] <= k[1])


def _is_symmetric(a: np.ndarray) -> bool:
    return a.ndim == 2 and a.shape[0] == a.shape[1] and bool((a == a.T).all())


def _entry(k: tuple, candidates: Callable) -> Callable:
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


def _tied(x: Fraction, a: np.ndarray) -> list[Fraction]:
    """The other numbers of the array, with either sign."""
    others = {y for z in a.flat if z for y in (z, -z)} - {x}
    return sorted(others, key=complexity)


def _classes(a: np.ndarray) -> Iterator[np.ndarray]:
    """All entries of one modulus replaced, so that ties stay."""
    for size in sorted({abs(x) for x in a.flat if x}, key=complexity, reverse=True):
        for new in shorter(size):
            yield np.frompyfunc(lambda x, s=size, n=new: x if abs(x) != s else x / s * n, 1, 1)(a)
