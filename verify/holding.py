"""`verify.holds`: a claim's statement as a property test, of the library or of your own function.

    verify.holds("sequence/theorem17", softmax=my_softmax)

The claim's own check runs on your function, over the claim's own cases (gallery, small lattice,
random ones, ascent), and raises `DoesNotHold` with the smallest counterexample.  What a check has
a place for are its keyword-only arguments; docs/property_tests.md lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.claim import Check, Claim
from verify.counterexample import Ask, counterexample
from verify.failure import message
from verify.registry import get
from verify.search import CLEAR
from verify.under_test import under_test


class DoesNotHold(AssertionError):
    """A statement fails; the message has the case, both sides and a line that shows it again."""


def holds(
    name: str,
    *,
    part: str | None = None,
    amendment: int | None = None,
    level: str = "quick",
    seed: int = 0,
    tolerance: float = CLEAR,
    where: Callable | tuple[Callable, ...] = (),
    case: Mapping | None = None,
    **implementations: Callable,
) -> None:
    """Nothing, if no case is found on which the statement fails; `DoesNotHold` if one is.

    Parameters
    ----------
    name : the claim's id, "sequence/theorem58"
    part : one part of it; else every part that is checked and has a place for what is given
    amendment : in place of the part as printed, its true neighbour of this number, from 0
    level, seed : how hard to search, as of `verify.run`
    tolerance : a float violation counts from this relative size on; 2e-3 for half precision
    where : what your function needs besides, predicates of a case: lambda x: abs(x).max() > 1e-99
    case : ask this one case only: {"W": [["1", "3"]]}, as the message of a failure gives it
    implementations : functions to ask in place of the library's own, by the check's keywords

    *Raises* ValueError for a part or an amendment that there is not, TypeError for a keyword the
    check has no place for; both name the possible ones.
    """
    __tracebackhide__ = True
    claim = get(name)
    for check in chosen(claim, part, amendment, implementations):
        tested = under_test(check.also_where(where), implementations)
        found = counterexample(tested, Ask(level, seed, tolerance), case)
        if found is not None:
            options = {
                "level": (level, "quick"),
                "seed": (seed, 0),
                "tolerance": (tolerance, CLEAR),
            }
            changed = {k: now for k, (now, usual) in options.items() if now != usual}
            raise DoesNotHold(message(check, found, amendment, implementations, changed))


def chosen(claim: Claim, part, amendment, implementations: Mapping) -> list[Check]:
    """The checks that are asked, without those that no given implementation enters."""
    __tracebackhide__ = True
    checks = [p for p in claim.parts if isinstance(p, Check)]
    if not checks:
        raise ValueError(f"{claim.id} has no part that can be checked")
    if part is not None:
        names = [c.part for c in checks]
        checks = [c for c in checks if c.part == part]
        if not checks:
            raise ValueError(f"part of {claim.id} must be one of {names}, got {part!r}")
    if amendment is not None:
        checks = [_amendment(claim, checks, amendment)]
    _check_places(claim, checks, implementations)
    return [c for c in checks if not implementations or implementations.keys() & c.replaceable]


def _amendment(claim: Claim, checks: list[Check], number: int) -> Check:
    __tracebackhide__ = True
    amended = [c for c in checks if c.amendments]
    if len(amended) != 1:
        names = [c.part for c in amended]
        raise ValueError(f"part must say whose amendment of {claim.id}, one of {names}")
    (check,) = amended
    if not isinstance(number, int) or not 0 <= number < len(check.amendments):
        there = ", ".join(f"{i} ({a.name})" for i, a in enumerate(check.amendments))
        raise ValueError(f"amendment of {claim.id} must be one of {there}, got {number!r}")
    return check.amendments[number]


def _check_places(claim: Claim, checks: list[Check], implementations: Mapping) -> None:
    __tracebackhide__ = True
    places = sorted({name for c in checks for name in c.replaceable})
    for name, function in implementations.items():
        if name not in places:
            has = ", ".join(places) or "nothing; docs/property_tests.md lists claims that do"
            raise TypeError(f"{claim.id} has no place for {name!r}; it has one for: {has}")
        if not callable(function):
            raise TypeError(f"{name} must be a function, got {function!r}")
