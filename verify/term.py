"""One relation between two sides, read in three arithmetics: as a margin, a ratio, a decision."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

# Relative slack of `bool(comparison)` on floats: 2**12 eps covers the rounding of a sum of
# some 4,000 terms of one sign.  Found by trial on the shipped claims; it decides no verdict.
SLACK = 2.0**12 * sys.float_info.epsilon


class NotExact(TypeError):
    """A float met in an evaluation that was to be exact: nothing can be certified there."""


@dataclass(frozen=True)
class Term:
    """One relation between two sides; `within` is the half width of "rounds to"."""

    relation: str
    lhs: Any
    rhs: Any
    scale: Any = 0
    within: Any = 0


def margin_term(t: Term) -> float:
    """Largest relative violation over the elements, in float arithmetic; NaN where one is NaN."""
    if (numbers := _numbers(t)) is not None:
        lhs, rhs, size = numbers
        scale = max(abs(lhs), abs(rhs), size)
        gap = _by_relation(t, lhs - rhs, rhs - lhs, abs(lhs - rhs) - float(t.within))
        return gap / scale if scale else 0.0
    return float(np.max(margins(t), initial=-np.inf))


def margins(t: Term) -> np.ndarray:
    """The relative violation of each element, positive where it fails; NaN where a side is."""
    lhs, rhs = np.broadcast_arrays(_floats(t.lhs), _floats(t.rhs))
    size = float(_floats(t.scale).max())
    with np.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(lhs), np.abs(rhs)), size)
        relative = np.where(scale == 0, 0.0, _gap(t, lhs, rhs) / scale)
    ordered = (np.isinf(lhs) | np.isinf(rhs)) & ~np.isnan(lhs) & ~np.isnan(rhs)
    if not ordered.any():
        return relative
    # Beside an infinite side a violation has no size: its order alone counts.
    below, above = (lhs < rhs) * 1.0, (lhs > rhs) * 1.0
    return np.where(ordered, _by_relation(t, above - below, below - above, above + below), relative)


def _numbers(t: Term) -> tuple[float, float, float] | None:
    """Sides and scale where all three are finite numbers: most cases, spared NumPy's overhead."""
    sides = (t.lhs, t.rhs, t.scale)
    if not all(isinstance(x, (float, int, Fraction, np.integer)) for x in sides):
        return None
    numbers = tuple(map(as_float, sides))
    # Beyond 1e300 a difference may overflow: the general way says what that means.
    return numbers if all(abs(x) < 1e300 for x in numbers) else None


def _gap(t: Term, lhs: np.ndarray, rhs: np.ndarray) -> np.ndarray:
    """By how much each element fails, positive where it does."""
    return _by_relation(t, lhs - rhs, rhs - lhs, np.abs(lhs - rhs) - float(t.within))


def _by_relation(t: Term, at_most, at_least, equal):
    return {"<=": at_most, "<": at_most, ">=": at_least, ">": at_least}.get(t.relation, equal)


def decide_term(t: Term) -> bool | None:
    """Decide a term on exact sides, elementwise; None where balls overlap."""
    verdicts = decisions(t)
    if False in verdicts:
        return False
    return None if None in verdicts else True


def decisions(t: Term) -> list[bool | None]:
    """The decision on each element, exact sides only."""
    lhs, rhs = np.broadcast_arrays(np.asarray(t.lhs, object), np.asarray(t.rhs, object))
    return [_decide(t, a, b) for a, b in zip(lhs.flat, rhs.flat, strict=True)]


def _decide(t: Term, a, b) -> bool | None:
    from spectral.balls import Undecided

    if _infinite(a) or _infinite(b):  # a lost hypothesis: only the order counts
        a, b = as_float(a), as_float(b)
        if math.isnan(a) or math.isnan(b):
            return None
    else:
        a, b = _exact(a), _exact(b)
    try:
        match t.relation:
            case "<=":
                return bool(a <= b)
            case ">=":
                return bool(a >= b)
            case "<":
                return bool(a < b)
            case ">":
                return bool(a > b)
            case "==":
                return bool(a == b)
            case _:
                return bool(abs(a - b) <= t.within)
    except Undecided:
        return None


def _infinite(x) -> bool:
    return isinstance(x, (float, np.floating)) and math.isinf(x)


def _exact(x):
    """x itself if it is an int, rational or ball; a float is refused, not converted."""
    if isinstance(x, (bool, np.bool_)):
        return int(x)
    if isinstance(x, (float, complex, np.floating, np.complexfloating)):
        raise NotExact(f"sides must be exact to be certified, got the float {x!r}")
    return x


def is_float(t: Term) -> bool:
    sides = (np.asarray(t.lhs), np.asarray(t.rhs))
    if any(s.dtype.kind in "fc" for s in sides):
        return True
    return any(isinstance(x, float) and not math.isinf(x) for s in sides for x in s.flat)


def _floats(x) -> np.ndarray:
    """The sides as float64, for margins: midpoints of balls, nearest floats of rationals."""
    a = np.asarray(x)
    if a.dtype.kind == "c":
        raise TypeError(f"sides must be real, got {a.dtype}: compare .real, .imag or abs()")
    if a.dtype != object:
        return a.astype(float)
    return np.array([as_float(v) for v in a.flat], float).reshape(a.shape)


def as_float(value) -> float:
    """Nearest float of a number of any of the three arithmetics (a ball's midpoint)."""
    if hasattr(value, "mid"):
        return float(value.mid)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def ratio(t: Term) -> float:
    if t.relation not in ("<=", "<", ">=", ">"):
        return math.nan
    if (numbers := _numbers(t)) is not None:
        lhs, rhs, size = numbers
        small, large = (lhs, rhs) if t.relation in ("<=", "<") else (rhs, lhs)
        return small / large if large > SLACK * size and small >= 0 else math.nan
    lhs, rhs = np.broadcast_arrays(_floats(t.lhs), _floats(t.rhs))
    small, large = (lhs, rhs) if t.relation in ("<=", "<") else (rhs, lhs)
    # Where the bound is below the rounding of the terms that cancel, a quotient says nothing.
    noise = SLACK * float(_floats(t.scale).max())
    usable = (large > noise) & (small >= 0) & np.isfinite(large)
    with np.errstate(all="ignore"):
        return float(np.max(small[usable] / large[usable])) if usable.any() else math.nan
