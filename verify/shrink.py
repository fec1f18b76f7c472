"""Make a counterexample small: fewer rows, zeros, then numbers with few digits.

Each step keeps every hypothesis and at least half of the relative margin (or of 1e-3, where
the margin is larger), because without a floor shrinking runs straight to the points where
both sides agree and rounding alone "refutes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from verify.arithmetic import in_floats, to_rationals
from verify.claim import Check

_DENOMINATORS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 100, 1000)
_MOVES = 4000  # evaluations at most; found by trial: the planted set needs under 1,500


def shrink(check: Check, case: tuple, *, still: Callable[[tuple], bool] | None = None) -> tuple:
    """The smallest case reached greedily from a violating one, as rationals."""
    accept = still or _violates_above(check, case)
    current, evaluations = to_rationals(case), 0
    improved = True
    while improved and evaluations < _MOVES:
        improved = False
        for candidate in moves(current):
            if size(candidate) >= size(current):
                continue
            evaluations += 1
            if accept(candidate):
                current, improved = candidate, True
                break
            if evaluations >= _MOVES:
                break
    return current


def _violates_above(check: Check, case: tuple) -> Callable[[tuple], bool]:
    floor = min(in_floats(check, case).comparison.margin, 1e-3) / 2

    def violates(candidate: tuple) -> bool:
        outcome = in_floats(check, candidate)
        return outcome.status == "violated" and outcome.comparison.margin > floor

    return violates


def size(case: tuple) -> tuple[int, int, int]:
    """What is minimised: how many numbers, how many of them nonzero, how long they are to write."""
    numbers = [x for v in case for x in np.asarray(v, object).flat]
    numeric = [x for x in numbers if isinstance(x, (int, Fraction, np.integer, float))]
    return len(numbers), sum(x != 0 for x in numeric), sum(map(_length, numeric))


def _length(x) -> int:
    x = Fraction(x)
    return abs(x.numerator).bit_length() + x.denominator.bit_length() + (x < 0)


def moves(case: tuple) -> Iterator[tuple]:
    """Simpler neighbours, the boldest first."""
    yield from _fewer_rows(case)
    for i, value in enumerate(case):
        for simpler in _simpler(value):
            yield (*case[:i], simpler, *case[i + 1 :])


def _fewer_rows(case: tuple) -> Iterator[tuple]:
    """Drop one index, along every axis of that length at once; then along single axes."""
    arrays = [v for v in case if isinstance(v, np.ndarray)]
    lengths = sorted({n for a in arrays for n in a.shape if n > 1}, reverse=True)
    for n in lengths:
        for index in reversed(range(n)):
            yield tuple(_drop(v, n, index) for v in case)
    for i, value in enumerate(case):
        if isinstance(value, np.ndarray):
            for axis, n in enumerate(value.shape):
                for index in reversed(range(n if n > 1 else 0)):
                    yield (*case[:i], np.delete(value, index, axis), *case[i + 1 :])


def _drop(value, n: int, index: int):
    if isinstance(value, np.ndarray):
        for axis in reversed(range(value.ndim)):
            if value.shape[axis] == n:
                value = np.delete(value, index, axis)
    return value


def _simpler(value) -> Iterator:
    if isinstance(value, (bool, str)) or value is None:
        return
    if isinstance(value, (int, np.integer)):
        yield from dict.fromkeys(v for v in (0, 1, 2, value // 2, value - 1) if 0 <= v < value)
    elif isinstance(value, Fraction):
        yield from _shorter(value)
    elif isinstance(value, np.ndarray) and value.dtype == object and value.size:
        yield from _simpler_array(value)


def _shorter(x: Fraction) -> Iterator[Fraction]:
    for simple in (Fraction(0), Fraction(1), Fraction(-1)):
        if x != simple:
            yield simple
    for d in _DENOMINATORS:
        rounded = x.limit_denominator(d)
        if rounded != x:
            yield rounded


def _simpler_array(a: np.ndarray) -> Iterator[np.ndarray]:
    top = max(abs(x) for x in a.flat)
    if top not in (0, 1):
        yield _each(a, lambda x: x / top)
    for d in _DENOMINATORS:
        yield _each(a, lambda x, d=d: x.limit_denominator(d))
    symmetric = a.ndim == 2 and a.shape[0] == a.shape[1] and (a == a.T).all()
    for index in np.ndindex(a.shape):
        if symmetric and index[0] > index[1]:
            continue
        for simple in _shorter(a[index]):
            changed = a.copy()
            changed[index] = simple
            if symmetric:
                changed[index[::-1]] = simple
            yield changed
    for first in np.ndindex(a.shape):  # one repeated number is simpler than two
        if a[first] != a.flat[0]:
            changed = a.copy()
            changed[first] = a.flat[0]
            yield changed


def _each(a: np.ndarray, f: Callable[[Fraction], Fraction]) -> np.ndarray:
    changed = np.empty(a.shape, object)
    changed.flat = [f(x) for x in a.flat]
    return changed
