"""From a nominated case to a refutation: shrink it, then decide it without rounding.

A case refutes only if every hypothesis and the violation itself are decided in exact
rationals or in balls.  What floats alone say is kept apart, with its margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verify.arithmetic import Outcome, exactly, in_floats, to_rationals
from verify.claim import Check
from verify.search import CLEAR, Budget, Trail, entries
from verify.shrink import shrink, size

# Larger cases are not put to balls before they are shrunk: an eigenproblem of 12 states takes
# some 0.1 s at 128 bits.  A choice by trial, of speed only.
_EXACT_ENTRIES = 200


@dataclass(frozen=True)
class Refutation:
    """A case on which every hypothesis holds and the statement fails, both decided exactly."""

    case: tuple
    outcome: Outcome


@dataclass(frozen=True)
class Certificate:
    """What certification found: a refutation, or the largest violation that only floats show."""

    refutation: Refutation | None = None
    float_margin: float = 0.0
    float_case: tuple | None = None
    reason: str = ""
    decided: int = 0


def certify(check: Check, trail: Trail, budget: Budget, *, small: bool = True) -> Certificate:
    """Decide the nominated cases of a trail, then those at equality; `small` asks for shrinking."""
    margin, float_case, reason, decided = 0.0, None, "", 0
    for case in trail.in_order():
        refutation, outcome = _try(check, case, small=small)
        decided += 1
        if refutation:
            return Certificate(refutation, decided=decided)
        seen = in_floats(check, case).comparison.margin
        if outcome.status == "unsupported" and seen > max(margin, CLEAR):
            margin, float_case, reason = seen, case, outcome.reason
    for case in sorted(trail.at_equality, key=size_of)[: budget.exact]:
        outcome = exactly(check, case) if entries(case) <= _EXACT_ENTRIES else None
        decided += 1
        if outcome and outcome.status == "violated":
            found = _shrink_exactly(check, case) if small else to_rationals(case)
            return Certificate(Refutation(found, exactly(check, found)), decided=decided)
    return Certificate(None, margin, float_case, reason, decided)


def size_of(case: tuple) -> tuple:
    return size(to_rationals(case))


def _try(check: Check, case: tuple, *, small: bool) -> tuple[Refutation | None, Outcome]:
    """Decide the shrunk case first, and the case as found if shrinking led to an open one."""
    outcome = Outcome("unsupported")
    candidates = [shrink(check, case)] if small else []
    if not candidates or entries(case) <= _EXACT_ENTRIES:
        candidates.append(to_rationals(case))
    for candidate in candidates:
        if entries(candidate) > _EXACT_ENTRIES and small is False:
            candidate = shrink(check, candidate)
        outcome = exactly(check, candidate)
        if outcome.status == "violated":
            return Refutation(candidate, outcome), outcome
    return None, outcome


def _shrink_exactly(check: Check, case: tuple) -> tuple:
    """Shrink where float64 is blind: every step is decided exactly."""
    return shrink(check, case, still=lambda c: exactly(check, c).status == "violated")


def exact_strings(value):
    """A value of a case for JSON: reals as text ("2/3"), ints as ints, arrays as nested lists."""
    if isinstance(value, np.ndarray):
        return [exact_strings(v) for v in value] if value.ndim else exact_strings(value.item())
    if isinstance(value, (tuple, list)):
        return [exact_strings(v) for v in value]
    if isinstance(value, np.generic):
        return exact_strings(value.item())
    if isinstance(value, (bool, int, str)) or value is None:
        return value
    return str(Fraction(value)) if isinstance(value, float) else str(value)
