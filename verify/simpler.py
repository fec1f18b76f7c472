"""Simpler neighbours of a case of rationals: what shrinking tries, the boldest first.

A move is a function from a case to candidates.  Moves are listed for one case but stay valid
as that case becomes simpler, so that a pass need not start again after each success.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from verify.rationals import shorter
from verify.simpler_arrays import (
    classes,
    diagonal,
    entries,
    entry,
    line,
    rounded,
    scaled,
    shifted,
    tied,
    unsigned,
    whole_numbers,
)

Move = Callable[[tuple], Iterator[tuple]]


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
        yield from (_on(i, move) for move in (diagonal, shifted, scaled, unsigned, rounded))
    for i in exact:
        yield from (_on(i, entry(k, lambda x, a: [Fraction(0)])) for k in entries(case[i]))
    for i in exact:
        yield from (_on(i, line(axis, k)) for axis, n in enumerate(case[i].shape) for k in range(n))
        yield _on(i, classes)
        yield from (_on(i, entry(k, tied)) for k in entries(case[i]))
        yield from (_on(i, entry(k, lambda x, a: shorter(x))) for k in entries(case[i]))
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
    return [_times(case, factor) for factor in whole_numbers(_reals(case))]


def _reals(case: tuple) -> list[Fraction]:
    return [x for v in case if _is_exact(v) for x in v.flat]


def _times(case: tuple, factor: Fraction) -> tuple:
    return tuple(v * factor if _is_exact(v) else v for v in case)


def _is_exact(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object and value.size > 0
