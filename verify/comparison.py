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
from functools import cached_property

import numpy as np

from verify.term import SLACK, NotExact, Term, as_float, decide_term, is_float, margin_term, ratio

__all__ = [
    "SLACK",
    "Comparison",
    "NotExact",
    "Term",
    "as_float",
    "eq",
    "ge",
    "gt",
    "le",
    "lt",
    "printed",
]


@dataclass(frozen=True)
class Comparison:
    """A conjunction of terms; `bool` is true where all of them hold, up to SLACK on floats."""

    terms: tuple[Term, ...]
    note: str = field(default="", compare=False)

    def __and__(self, other: Comparison) -> Comparison:
        return Comparison(self.terms + other.terms, self.note or other.note)

    def __bool__(self) -> bool:
        decided = [decide_term(t) for t in self.terms if not is_float(t)]
        floats = [margin_term(t) for t in self.terms if is_float(t)]
        return all(decided) and all(m <= SLACK for m in floats)

    @cached_property
    def margin(self) -> float:
        """Relative violation of the worst term: positive where the claim fails, in floats.

        NaN where a side is not a number: then nothing is said, whatever the other terms say.
        """
        return float(np.max([margin_term(t) for t in self.terms]))

    @property
    def worst(self) -> Term:
        return max(self.terms, key=margin_term)

    @property
    def ratio(self) -> float:
        """Share of the bound that is used, lhs/rhs (rhs/lhs for >=): 1 is equality."""
        ratios = [ratio(t) for t in self.terms]
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
