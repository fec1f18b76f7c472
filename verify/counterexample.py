"""The smallest counterexample to a check, where it need not be a proof: what `verify.holds` says.

A verdict on a paper needs certified cases.  A property test of somebody's function, which may run
in floats alone, needs one that is clear: beyond a tolerance, small, and the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verify.arithmetic import Outcome, exactly, in_floats
from verify.certify import exact_strings
from verify.claim import Check
from verify.finite import claims_a_chance, family
from verify.judge import at_constant, find, named, stream_of
from verify.search import LEVELS, Trail, climb_ladder, entries
from verify.shrink import climb_with_fewer_rows, shrink, size
from verify.sides import both_sides
from verify.under_test import Broke
from verify.witness import parse

_STARTS = 3  # nominated cases that are shrunk; the smallest end is told.  As at level standard.


@dataclass(frozen=True)
class Ask:
    """How hard to look, and from which relative size on a float violation counts."""

    level: str
    seed: int
    tolerance: float


@dataclass(frozen=True)
class Found:
    """A case that fails, by the names of the check's arguments, and both sides if it has them.

    cause: what happened where the statement was not even evaluated.  exact: decided without
    rounding.
    """

    case: dict
    sides: dict | None = None
    cause: str = ""
    exact: bool = False


def counterexample(tested: Check, ask: Ask, case: Mapping | None = None) -> Found | None:
    """The smallest case on which a check fails, or breaks; None if none is found.

    *Raises* ValueError for a level that there is not and for a `case` of other arguments.
    """
    if ask.level not in LEVELS:
        raise ValueError(f"level must be one of {sorted(LEVELS)}, got {ask.level!r}")
    if tested.constants:
        tested = at_constant(tested, max(tested.constants))
    try:
        if case is not None:
            return _told(tested, _values(tested, case), ask.tolerance)
        if tested.given is None or tested.given.exhaustive:
            return _in_full(tested, ask)
        return _searched(tested, ask)
    except Exception:  # of the implementation, as it is or wrapped by what drives the search
        broke = getattr(tested.function, "first", None)
        if broke is None:
            raise
        return _broken(tested, broke, small=case is None)


def _searched(tested: Check, ask: Ask) -> Found | None:
    for trail in climb_ladder(tested, LEVELS[ask.level], stream_of(tested, ask.seed)):
        clear = [(m, case) for m, case in trail.nominated if m > ask.tolerance]
        if clear:
            return _told(tested, _smallest(tested, clear, ask.tolerance), ask.tolerance)
    return _vacuous(trail)


def _vacuous(trail: Trail) -> Found | None:
    """A test that asked nothing is no test."""
    if trail.accepted and trail.acceptance >= 0.01:
        return None
    most = ", ".join(f"{name} ({n})" for name, n in trail.rejected.most_common(2))
    return Found({}, cause=f"nothing was tested: of {trail.cases} cases {trail.accepted} were met; "
                 f"not met: {most or 'the statement is not defined there'}")  # fmt: skip


def _in_full(tested: Check, ask: Ask) -> Found | None:
    """Every case of a finite family, or a probability as the engine estimates it."""
    if claims_a_chance(tested):
        finding = find(tested, LEVELS[ask.level], ask.seed)
        said = finding.reason or finding.why
        return None if finding.verdict == "supported" else Found(finding.witness or {}, cause=said)
    trail = Trail()
    for case in family(tested):
        if trail.visit(tested, case) is None and in_floats(tested, case).status == "outside":
            continue
        if found := _told(tested, case, ask.tolerance):
            return found
    return _vacuous(trail)


def _smallest(tested: Check, clear: list, tolerance: float) -> tuple:
    starts = sorted(clear, key=lambda n: (entries(n[1]), -n[0]))[:_STARTS]
    ends = (shrink(tested, c, still=_violated(tested, m, tolerance)) for m, c in starts)
    best = min(ends, key=size)
    while (lower := _with_fewer_rows(tested, best)) is not None:
        margin = in_floats(tested, lower).comparison.margin
        case = shrink(tested, lower, still=_violated(tested, margin, tolerance))
        if margin <= tolerance or size(case) >= size(best):
            break
        best = case
    return best


def _with_fewer_rows(tested: Check, case: tuple) -> tuple | None:
    try:
        return climb_with_fewer_rows(tested, case)
    except Broke:  # on a case beside it; this one is told
        return None


def _violated(tested: Check, margin: float, tolerance: float) -> Callable[[tuple], bool]:
    """Whether a smaller case still violates, by more than the tolerance and half of the margin."""
    floor = max(tolerance, min(margin, 1e-3) / 2)

    def violated(case: tuple) -> bool:
        try:
            outcome = in_floats(tested, case)
        except Broke:
            return False
        return outcome.status == "violated" and outcome.comparison.margin > floor

    return violated


def _told(tested: Check, case: tuple, tolerance: float) -> Found | None:
    """What one case says: exactly where that is possible, else in floats."""
    outcome = in_floats(tested, case)
    if outcome.status == "outside":
        return Found(named(tested, case), cause=f"no case of the statement: {outcome.reason}")
    if outcome.status == "held" or _within(outcome, tolerance):
        return None
    decided = exactly(tested, case)
    exact = decided.status == "violated"
    if outcome.status == "ill-posed" and not exact:
        open_too = decided.status not in ("held", "equal")
        cause = f"not decided there: {outcome.reason}"
        return Found(named(tested, case), cause=cause) if open_too else None
    sides = both_sides((decided if exact else outcome).comparison)
    return Found(named(tested, case), sides, exact=exact)


def _within(outcome: Outcome, tolerance: float) -> bool:
    return outcome.comparison is not None and outcome.comparison.margin <= tolerance


def _broken(tested: Check, broke: Broke, *, small: bool) -> Found:
    def breaks(case: tuple) -> bool:
        try:
            in_floats(tested, case)
        except Broke:
            return True
        return False

    case = shrink(tested, broke.case, still=breaks) if small else broke.case
    try:
        in_floats(tested, case)
    except Broke as again:
        broke = again
    return Found(named(tested, case), cause=broke.cause)


def _values(tested: Check, case: Mapping) -> tuple:
    if set(case) != set(tested.parameters):
        raise ValueError(f"case must give {list(tested.parameters)}, got {list(case)}")
    return tuple(parse(exact_strings(case[name])) for name in tested.parameters)
