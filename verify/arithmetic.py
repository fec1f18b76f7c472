"""One check, three arithmetics: a case is cast, the check is run, the outcome is named.

Real values of a case (float arrays, object arrays of rationals, floats, Fractions) are cast
to float64, to Fraction or to balls; ints, integer arrays (labels, permutations) and strings
are data and stay as they are.  Every float64 is a rational, so casting to Fraction is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from verify.claim import Check
from verify.comparison import SLACK, Comparison, NotExact

# Doubling from twice the bits of a float.  A comparison still open at the last is equality
# for us: both sides agree to some 300 decimals.  The list is a choice, not a derivation.
PRECISIONS = (128, 256, 512, 1024)


@dataclass(frozen=True)
class Outcome:
    """What a check says of one case in one arithmetic.

    status: "held", "violated", "equal" (balls overlap at every precision), "outside" (a
    hypothesis fails), "ill-posed" (not defined there, or not decidable), "unsupported" (the
    check does not run in this arithmetic).  bits: 0 for rationals, the precision for balls.
    """

    status: str
    comparison: Comparison | None = None
    reason: str = ""
    bits: int | None = None


def cast(value: Any, real: Callable[[Any], Any], dtype) -> Any:
    """One value of a case with every real number in it sent through `real`."""
    if isinstance(value, list):
        value = as_rationals(value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "iub" or (dtype is float and value.dtype == float):
            return value
        if dtype is float:
            return np.array([float(x) for x in value.flat], float).reshape(value.shape)
        cast_values = np.empty(value.shape, object)
        cast_values.flat = [real(x) for x in value.flat]
        return cast_values
    if isinstance(value, (float, np.floating, Fraction)):
        return real(value)
    return value


def as_rationals(nested: list) -> np.ndarray:
    """A nested list of ints, Fractions or strings such as "2/3" as an array of Fractions."""
    flat = np.array(nested, dtype=object)
    rationals = np.empty(flat.shape, object)
    rationals.flat = [Fraction(x) for x in flat.flat]
    return rationals


def to_floats(case: tuple) -> tuple:
    return tuple(cast(v, float, float) for v in case)


def to_rationals(case: tuple) -> tuple:
    return tuple(cast(v, _rational, object) for v in case)


def to_balls(case: tuple) -> tuple:
    from spectral.balls import Ball

    return tuple(cast(v, lambda x: Ball(_rational(x)), object) for v in case)


def _rational(x) -> Fraction:
    return Fraction(x.item() if isinstance(x, np.generic) else x)


def in_floats(check: Check, case: tuple) -> Outcome:
    """The float64 outcome: "held" or "violated" by its sign alone, rounding included."""
    values = to_floats(case)
    try:
        with np.errstate(all="ignore"):
            for hypothesis in check.hypotheses:
                if not _met_in_floats(hypothesis.holds(*values)):
                    return Outcome("outside", reason=hypothesis.name)
            comparison = check(*values)
    except ArithmeticError as error:
        return Outcome("ill-posed", reason=str(error))
    except ValueError as error:  # the library refuses this input: it is outside the domain
        return Outcome("outside", reason=str(error))
    margin = comparison.margin
    if np.isnan(margin):
        return Outcome("ill-posed", comparison, "a side is not a number in float64")
    return Outcome("violated" if margin > 0 else "held", comparison)


def exactly(check: Check, case: tuple) -> Outcome:
    """The outcome in rationals where the check runs on them, else in balls of growing precision."""
    outcome = _run(check, to_rationals(case), bits=0)
    if outcome.status not in ("unsupported", "undecided"):
        return outcome
    from spectral.balls import precision

    for bits in PRECISIONS:
        with precision(bits):
            outcome = _run(check, to_balls(case), bits=bits)
        if outcome.status != "undecided":
            return outcome
    if outcome.comparison is None:
        return Outcome("ill-posed", reason=outcome.reason, bits=outcome.bits)
    return Outcome("equal", outcome.comparison, bits=outcome.bits)


def _run(check: Check, values: tuple, *, bits: int) -> Outcome:
    from spectral.balls import Undecided

    try:
        for hypothesis in check.hypotheses:
            met = decide(hypothesis.holds(*values))
            if met is None:
                return Outcome("undecided", reason=f"undecided: {hypothesis.name}", bits=bits)
            if not met:
                return Outcome("outside", reason=hypothesis.name, bits=bits)
        comparison = check(*values)
        held = decide(comparison)
    except Undecided as error:
        return Outcome("undecided", reason=str(error), bits=bits)
    except (TypeError, AttributeError) as error:  # no such function in this arithmetic
        return Outcome("unsupported", reason=f"{type(error).__name__}: {error}", bits=bits)
    except ArithmeticError as error:
        return Outcome("ill-posed", reason=str(error), bits=bits)
    except ValueError as error:
        return Outcome("outside", reason=str(error), bits=bits)
    status = {True: "held", False: "violated", None: "undecided"}[held]
    return Outcome(status, comparison, bits=bits)


def decide(answer) -> bool | None:
    """A Comparison's decision, or a plain truth value."""
    return answer.decide() if isinstance(answer, Comparison) else bool(answer)


def _met_in_floats(answer) -> bool:
    """Closed hypotheses up to rounding; strict ones need room (ill-posed at the edge)."""
    if not isinstance(answer, Comparison):
        return bool(answer)
    strict = [t.relation in ("<", ">") for t in answer.terms]
    margins = [Comparison((t,)).margin for t in answer.terms]
    return all(m < -SLACK if s else m <= SLACK for s, m in zip(strict, margins, strict=True))


__all__ = ["NotExact", "Outcome", "as_rationals", "exactly", "in_floats", "to_floats"]
