"""What stands beside a finding: the source of its check, of what is measured or what defines."""

from __future__ import annotations

import inspect

from verify.claim import Check, Definition, Vague
from verify.report.markup import Html, element
from verify.report.source import listing


def beside(check, statement: str) -> Html | None:
    """The source that belongs to a finding with this statement; None where there is none.

    A check that says another statement than the one recorded was changed since, and that is said.
    """
    if check is None:
        return None
    caption, functions, folded = _parts(check)
    own = listing(functions)
    if own is None:
        return None
    since = " now; the statement was recorded before it was changed"
    caption += since if check.statement != statement else ""
    return element("div", element("p", caption, class_="v-caption"), own, folded, class_="v-code")


def _parts(check: Check | Vague | Definition) -> tuple[str, list, Html | None]:
    """A caption, the functions to list, and what is folded below them."""
    if isinstance(check, Vague):
        return "what is measured", [check.measure], None
    if isinstance(check, Definition):
        return f"the library: {check.where}", [_routine(check.where)], None
    mutants = listing([m.function for m in check.mutants])
    folded = element("details", element("summary", "its mutants"), mutants) if mutants else None
    return "the check, as it runs", [check.function, *check.proofs], folded


def _routine(dotted: str):
    """The function or class of a dotted name; of anything else no source is its own."""
    from verify.evidence import resolve

    found = resolve(dotted)
    return found if inspect.isroutine(found) or inspect.isclass(found) else None
