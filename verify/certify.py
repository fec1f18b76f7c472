"""From a nominated case to a refutation: shrink it, then decide it without rounding.

A case refutes only if every hypothesis and the violation itself are decided in exact
rationals or in balls.  What floats alone say is kept apart, with its margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np

from verify.arithmetic import Outcome, exactly, in_floats, to_rationals
from verify.claim import Check
from verify.search import CLEAR, Budget, Trail, entries
from verify.shrink import climb_with_fewer_rows, shrink, size

# Larger cases are not put to balls before they are shrunk: an eigenproblem of 12 states takes
# some 0.1 s at 128 bits.  A choice by trial, of speed only.
_EXACT_ENTRIES = 200

# Shrinking is given up for later cases when it led from so many to no refutation.  A choice.
_PATIENCE = 6

_EXACT_MOVES = 400  # of a shrinking that decides every step exactly, at some milliseconds each


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
    found, margin, float_case, reason, decided = [], 0.0, None, "", 0
    for case in islice(trail.in_order(), budget.exact):
        if decided < _PATIENCE:
            refutation, outcome = _try(check, case, small=small)
        else:
            refutation, outcome = _decide(check, case)
        decided += 1
        if refutation:
            found.append(refutation)
        if found and (not small or decided >= budget.starts):
            break
        seen = in_floats(check, case).comparison.margin
        if outcome.status == "unsupported" and seen > max(margin, CLEAR):
            margin, float_case, reason = seen, case, outcome.reason
    for case in islice(sorted(trail.at_equality, key=entries), 0 if found else budget.exact):
        refutation, _ = _decide(check, case)
        decided += 1
        if refutation:
            found.append(_shrunk_exactly(check, case) if small else refutation)
            break
    if found:
        best = min(found, key=lambda r: size(r.case))
        return Certificate(_with_fewer_rows(check, best) if small else best, decided=decided)
    return Certificate(None, margin, float_case, reason, decided)


def _try(check: Check, case: tuple, *, small: bool) -> tuple[Refutation | None, Outcome]:
    """Decide a case as it was found; if it refutes, or may, shrink it in floats and decide again.

    A case that only meets its hypotheses up to rounding ("outside") may do so once shrunk.
    """
    refutation, found = _decide(check, case)
    if found.status in ("held", "unsupported") or (refutation and not small):
        return refutation, found  # held: the violation was rounding
    shrunk = shrink(check, case)
    outcome = exactly(check, shrunk)
    if outcome.status == "violated":
        return Refutation(shrunk, outcome), outcome
    if refutation:
        return _shrunk_exactly(check, case), found
    return None, outcome


def _decide(check: Check, case: tuple) -> tuple[Refutation | None, Outcome]:
    """Decide a case as it was found, unless it is too large for balls."""
    if entries(case) > _EXACT_ENTRIES:
        return None, Outcome("undecided")
    outcome = exactly(check, case)
    return _as_found(case, outcome) if outcome.status == "violated" else None, outcome


def _as_found(case: tuple, outcome: Outcome) -> Refutation:
    return Refutation(to_rationals(case), outcome)


def _shrunk_exactly(check: Check, case: tuple) -> Refutation:
    """Shrink where float64 is blind: every step is decided exactly."""
    small = shrink(
        check, case, still=lambda c: exactly(check, c).status == "violated", moves=_EXACT_MOVES
    )
    return Refutation(small, exactly(check, small))


def _with_fewer_rows(check: Check, best: Refutation) -> Refutation:
    """A refutation with a row less where a short climb leads to one, and so on; else the best."""
    while (lower := climb_with_fewer_rows(check, best.case)) is not None:
        case = shrink(check, lower)
        outcome = exactly(check, case)
        if outcome.status != "violated" or size(case) >= size(best.case):
            break
        best = Refutation(case, outcome)
    return best


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
