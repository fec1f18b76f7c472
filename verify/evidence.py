"""What one case, a proof or a definition may count for."""

from __future__ import annotations

import importlib

from verify.arithmetic import Outcome, exactly, in_floats
from verify.claim import Check, ClaimError
from verify.term import decide_term


def decided(check: Check, case: tuple) -> Outcome:
    """The outcome in exact arithmetic, or in float64 where the check has no exact route."""
    outcome = exactly(check, case)
    if outcome.comparison is None and outcome.status != "outside":
        return in_floats(check, case)
    return outcome


def holds(outcome: Outcome) -> bool | None:
    """What an outcome says: floats up to rounding, balls that overlap to the last as equal.

    None where nothing is decided: the check is not defined there, or strict and at equality.
    """
    if outcome.status == "equal":
        undecided = [t for t in outcome.comparison.terms if decide_term(t) is None]
        return None if any(t.relation in ("<", ">") for t in undecided) else True
    return bool(outcome.comparison) if outcome.status in ("held", "violated") else None


def replay_proofs(check: Check) -> None:
    """Run the algebra of each proof; a step that SymPy cannot reduce is an error, not a verdict."""
    import sympy

    where = f"{check.claim.id} part {check.part!r}"
    for proof in check.proofs:
        steps = list(proof() or ())
        if not steps:
            raise ClaimError(f"{where}: the proof {proof.__name__} has no steps")
        for text, step in steps:
            reduced = sympy.simplify(step)
            if reduced != 0 and reduced is not sympy.true:
                raise ClaimError(f"{where}: proof step {text!r} leaves {reduced}")


def resolve(dotted: str):
    """The library object of a dotted name; a definition that names nothing is an error."""
    module, _, name = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ClaimError(f"definition names {dotted!r}, which does not exist: {error}") from error
