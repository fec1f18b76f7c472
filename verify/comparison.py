"""Comparisons that keep both sides: what a check returns.

A check says `le(lhs, rhs)` and nothing about tolerance.  The same object is read in three
ways: as a relative margin where the sides are floats (the search climbs on it), as a
decision where they are rationals or balls (a violation seen there is a proof), and as a
truth value in somebody's property test.  Sides may be arrays: the claim is then elementwise,
and `a & b` claims both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

# Relative slack of `bool(comparison)` on floats: 2**12 eps covers the rounding of a sum of
# some 4,000 terms of one sign.  Found by trial on the shipped claims; it decides no verdict.
SLACK = 2.0**12 * np.finfo(float).eps


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


@dataclass(frozen=True)
class Comparison:
    """A conjunction of terms; `bool` is true where all of them hold, up to SLACK on floats."""

    terms: tuple[Term, ...]
    note: str = field(default="", compare=False)

    def __and__(self, other: Comparison) -> Comparison:
        return Comparison(self.terms + other.terms, self.note or other.note)

    def __bool__(self) -> bool:
        decided = [decide_term(t) for t in self.terms if not _is_float(t)]
        floats = [margin_term(t) for t in self.terms if _is_float(t)]
        return all(decided) and all(m <= SLACK for m in floats)

    @property
    def margin(self) -> float:
        """Relative violation of the worst term: positive where the claim fails, in floats."""
        return max(margin_term(t) for t in self.terms)

    @property
    def worst(self) -> Term:
        return max(self.terms, key=margin_term)

    @property
    def ratio(self) -> float:
        """Share of the bound that is used, lhs/rhs (rhs/lhs for >=): 1 is equality."""
        ratios = [_ratio(t) for t in self.terms]
        known = [r for r in ratios if not math.isnan(r)]
        return max(known, default=math.nan)

    def decide(self) -> bool | None:
        """True, False or None (balls overlap): exact sides only, else NotExact."""
        verdicts = [decide_term(t) for t in self.terms]
        if False in verdicts:
            return False
        return None if None in verdicts else True


def le(lhs, rhs, *, scale=0) -> Comparison:
    """lhs <= rhs.  `scale`: size of the terms that cancel in lhs - rhs, where that is larger."""
    return Comparison((Term("<=", lhs, rhs, scale),))


def ge(lhs, rhs, *, scale=0) -> Comparison:
    """lhs >= rhs."""
    return Comparison((Term(">=", lhs, rhs, scale),))


def lt(lhs, rhs, *, scale=0) -> Comparison:
    """lhs < rhs."""
    return Comparison((Term("<", lhs, rhs, scale),))


def gt(lhs, rhs, *, scale=0) -> Comparison:
    """lhs > rhs."""
    return Comparison((Term(">", lhs, rhs, scale),))


def eq(lhs, rhs, *, scale=0) -> Comparison:
    """lhs = rhs."""
    return Comparison((Term("==", lhs, rhs, scale),))


def printed(text: str, obtained, *, note: str = "") -> Comparison:
    """The printed decimal is `obtained`, correctly rounded to the digits that are printed.

    "2.5e15" allows half a unit of its last digit: 0.05e15.
    """
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa.partition(".")[2])
    half = Fraction(10) ** (int(exponent or 0) - digits) / 2
    return Comparison((Term("rounds to", obtained, Fraction(text), within=half),), note)


def margin_term(t: Term) -> float:
    """Largest relative violation over the elements, in float arithmetic."""
    lhs, rhs = _floats(t.lhs), _floats(t.rhs)
    with np.errstate(all="ignore"):
        gap = {"<=": lhs - rhs, "<": lhs - rhs, ">=": rhs - lhs, ">": rhs - lhs}.get(t.relation)
        if gap is None:
            gap = np.abs(lhs - rhs) - float(t.within)
        scale = np.maximum(np.maximum(np.abs(lhs), np.abs(rhs)), float(_floats(t.scale).max()))
        relative = np.where(scale > 0, gap / np.where(scale > 0, scale, 1), 0.0)
        # An infinite bound asserts nothing; an infinite left side breaks every finite bound.
        relative = np.where(np.isnan(relative) & ~np.isnan(lhs - lhs + rhs * 0), 0.0, relative)
        relative = np.where(np.isinf(rhs) & np.isfinite(lhs), np.sign(gap), relative)
    return float(np.max(relative, initial=-np.inf))


def decide_term(t: Term) -> bool | None:
    """Decide a term on exact sides, elementwise; None where balls overlap."""
    lhs, rhs = np.broadcast_arrays(np.asarray(t.lhs, object), np.asarray(t.rhs, object))
    verdicts = {_decide(t, a, b) for a, b in zip(lhs.flat, rhs.flat, strict=True)}
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _decide(t: Term, a, b) -> bool | None:
    from spectral.balls import Undecided

    if isinstance(b, float) and math.isinf(b):
        return (b > 0) == (t.relation in ("<=", "<"))
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


def _exact(x):
    """x itself if it is an int, rational or ball; a float is refused, not converted."""
    if isinstance(x, (bool, np.bool_)):
        return int(x)
    if isinstance(x, (float, complex, np.floating, np.complexfloating)):
        raise NotExact(f"sides must be exact to be certified, got the float {x!r}")
    return x


def _is_float(t: Term) -> bool:
    sides = (np.asarray(t.lhs), np.asarray(t.rhs))
    if any(s.dtype.kind in "fc" for s in sides):
        return True
    return any(isinstance(x, float) and math.isfinite(x) for s in sides for x in s.flat)


def _floats(x) -> np.ndarray:
    """The sides as float64, for margins: midpoints of balls, nearest floats of rationals."""
    a = np.asarray(x)
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


def _ratio(t: Term) -> float:
    if t.relation not in ("<=", "<", ">=", ">"):
        return math.nan
    lhs, rhs = np.broadcast_arrays(_floats(t.lhs), _floats(t.rhs))
    small, large = (lhs, rhs) if t.relation in ("<=", "<") else (rhs, lhs)
    # Where the bound is below the rounding of the terms that cancel, a quotient says nothing.
    noise = SLACK * float(_floats(t.scale).max())
    usable = (large > noise) & (small >= 0) & np.isfinite(large)
    with np.errstate(all="ignore"):
        return float(np.max(small[usable] / large[usable])) if usable.any() else math.nan
