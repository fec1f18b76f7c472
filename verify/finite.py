"""Finite families: every case looked at, or every case's event repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from verify.arithmetic import decide, to_floats, to_rationals
from verify.certify import exact_strings
from verify.chance import Chance, estimate
from verify.claim import Check
from verify.evidence import decided, holds
from verify.sides import both_sides, said_of_printed
from verify.verdict import Finding

# What a family that was not tried in full, or an exponent that was fitted to it, may conclude.
_OF_SAMPLES = ("sampled", "fitted")


def family(check: Check) -> Iterator[tuple]:
    """The cases of a finite family, in order; the empty case for a check without arguments."""
    return iter([()]) if check.given is None else check.given.tuples(check.given.fixed())


def claims_a_chance(check: Check) -> bool:
    """Whether the check is about a probability, as its first case in the domain shows."""
    for case in family(check):
        try:
            return isinstance(check(*to_floats(case)), Chance)
        except (ValueError, ArithmeticError):  # outside the domain
            continue
    return False


def in_full(check: Check) -> Finding:
    """Every case of a finite family, exactly where that is possible; the first failure is kept.

    Cases outside the hypotheses count as rejected.  Rows that are a sample (runs of an experiment,
    sizes that a fit goes through) support a statement at most.
    """
    outcomes = [(case, decided(check, case)) for case in family(check)]
    inside = [(case, outcome) for case, outcome in outcomes if outcome.status != "outside"]
    ratios = [outcome.comparison.ratio for _, outcome in inside if outcome.comparison is not None]
    evidence = "computed" if check.given is None else check.given.evidence
    found = Finding(
        check.statement,
        "supported" if evidence in _OF_SAMPLES else "holds",
        evidence,
        cases=len(outcomes),
        accepted=len(inside),
        tightness=max((r for r in ratios if not np.isnan(r)), default=None),
    )
    failed = [(case, outcome) for case, outcome in inside if holds(outcome) is False]
    if failed:
        return _refuted(check, found, failed)
    open_cases = [case for case, outcome in inside if holds(outcome) is None]
    if open_cases or not inside:
        names = _named_text(check, (open_cases or [outcomes[0][0]])[0])
        reason = f"ill-posed: undecided at {names}" if inside else "vacuous: no case is inside"
        return replace(found, verdict="inconclusive", evidence=None, reason=reason)
    return replace(
        found, why=said_of_printed(inside[0][1].comparison) if check.given is None else ""
    )


def _refuted(check: Check, found: Finding, failed: list) -> Finding:
    case, outcome = failed[0]
    said = said_of_printed(outcome.comparison)
    if found.cases > 1:
        said = f"fails on {len(failed)} of {found.accepted}, first: " + (
            said or _named_text(check, case)
        )
    witness = {n: exact_strings(v) for n, v in zip(check.parameters, case, strict=True)}
    sides = both_sides(outcome.comparison)
    return replace(found, verdict="refuted", witness=witness, sides=sides, why=said)


def _named_text(check: Check, case: tuple) -> str:
    pairs = zip(check.parameters, case, strict=True)
    return ", ".join(f"{name} = {exact_strings(v)}" for name, v in pairs)


def estimated(check: Check, budget, rng: np.random.Generator) -> Finding:
    """Each case of a finite family claims a probability: repeat its event, compare intervals."""
    cases = list(family(check))
    inside = [case for case in cases if _meets_hypotheses(check, case)]
    found = Finding(
        check.statement,
        "supported",
        "estimated",
        cases=len(cases) * budget.trials,
        accepted=len(inside) * budget.trials,
    )
    if not inside:
        reason = "vacuous: no case is inside"
        return replace(found, verdict="inconclusive", evidence=None, reason=reason)
    estimates = [(c, estimate(check(*c), trials=budget.trials, rng=rng)) for c in inside]
    case, worst = max(estimates, key=lambda e: (e[1].refutes, e[1].ratio))
    at = _named_text(check, case)
    found = replace(
        found, tightness=worst.ratio, why=f"closest at {at}: {worst}" if at else f"{worst}"
    )
    if not worst.refutes:
        return found
    witness = {n: exact_strings(v) for n, v in zip(check.parameters, case, strict=True)}
    return replace(found, verdict="refuted", witness=witness)


def _meets_hypotheses(check: Check, case: tuple) -> bool:
    return all(decide(h.holds(*to_rationals(case))) for h in check.hypotheses)
