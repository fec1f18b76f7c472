"""From a declared part to its verdict: which machinery decides it, and what it may conclude.

The verdict is computed here from what the search, the certificates, the trials and the
proofs say; nothing a claim declares about itself enters.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import numpy as np

from verify import evidence, finite
from verify.arithmetic import as_rationals, exactly
from verify.cases import Hypothesis, after_first
from verify.certify import certify, exact_strings
from verify.claim import Check, ClaimError, Definition, Vague
from verify.comparison import as_float
from verify.heads import head_reports
from verify.search import Budget, climb_ladder
from verify.sides import both_sides, is_equality
from verify.verdict import Finding, Killed, PartResult


def judge(part, budget: Budget, *, seed: int, heads=None) -> PartResult:
    """The result of one declared part, its amendments and mutants."""
    if isinstance(part, Vague):
        measured = "; ".join(f"{k}: {_show(v)}" for k, v in part.measure().items())
        why = f"{part.why} Measured: {measured}" if measured else part.why
        return PartResult(
            part.part, Finding(part.statement, "vague", why=why, reading=part.reading)
        )
    if isinstance(part, Definition):
        evidence.resolve(part.where)
        return PartResult(
            part.part, Finding(part.statement, "definition", why=f"implemented by {part.where}")
        )
    finding = _judge_check(part, budget, seed, heads)
    amendments = tuple(_judge_check(a, budget, seed, heads) for a in part.amendments)
    return PartResult(part.part, finding, amendments)


def _judge_check(check: Check, budget: Budget, seed: int, heads) -> Finding:
    found = find(check, budget, seed)
    if check.proofs:
        if found.verdict == "refuted":
            raise ClaimError(f"{_name(check)} is refuted by {found.witness} and has a proof")
        evidence.replay_proofs(check)
        if found.verdict == "supported":
            found = replace(found, verdict="holds", evidence="proved")
    return replace(
        found,
        reading=check.reading,
        reference=check.reference,
        why=_join(check.why, found.why),
        equality=_equality(check),
        mutants=tuple(Killed(m.statement, kills(m, budget, seed)) for m in check.mutants),
        heads=head_reports(check, heads),
    )


def find(check: Check, budget: Budget, seed: int) -> Finding:
    """Verdict, evidence and witness of one check, before proofs and mutants."""
    if check.constants:
        return _find_for_constants(check, budget, seed)
    if check.given is None or check.given.exhaustive:
        if finite.claims_a_chance(check):
            return finite.estimated(check, budget, _rng(check, seed))
        return finite.in_full(check)
    return _search(check, budget, seed)


def kills(mutant: Check, budget: Budget, seed: int) -> bool:
    """Whether the search refutes a mutant, stopping at the first refutation."""
    if mutant.constants or mutant.given is None or mutant.given.exhaustive:
        return find(mutant, budget, seed).verdict == "refuted"
    for trail in climb_ladder(mutant, budget, stream_of(mutant, seed)):
        if trail.nominated or trail.at_equality:
            certificate = certify(mutant, trail, budget, small=False)
            if certificate.refutation or certificate.float_case is not None:
                return True
    return False


def _search(check: Check, budget: Budget, seed: int) -> Finding:
    *_, trail = climb_ladder(check, budget, stream_of(check, seed))
    certificate = certify(check, trail, budget)
    found = Finding(
        check.statement,
        "supported",
        "sampled",
        cases=trail.cases,
        accepted=trail.accepted,
        tightness=trail.tightness,
        searched=_searched(trail),
    )
    if certificate.refutation:
        case, outcome = certificate.refutation.case, certificate.refutation.outcome
        rate = f"fails on {trail.violations} of {trail.accepted} cases"
        return replace(
            found,
            verdict="refuted",
            evidence="certified",
            witness=named(check, case),
            sides=both_sides(outcome.comparison),
            why=rate if trail.violations else "",
        )
    if certificate.float_case is not None:
        reason = f"float-only: violated by a relative {certificate.float_margin:.2g} in float64, "
        return replace(
            found,
            verdict="inconclusive",
            evidence=None,
            reason=reason + f"not certifiable ({certificate.reason})",
            witness=named(check, certificate.float_case),
        )
    if trail.accepted == 0 and trail.ill_posed:
        return replace(found, verdict="inconclusive", evidence=None, reason="ill-posed")
    if trail.acceptance < 0.01:
        most = ", ".join(f"{name} ({n})" for name, n in trail.rejected.most_common(2))
        return replace(
            found, verdict="inconclusive", evidence=None, reason=f"vacuous: rejected by {most}"
        )
    return found


def _find_for_constants(check: Check, budget: Budget, seed: int) -> Finding:
    """Refuted if a case beats the largest constant asked, else supported for that constant."""
    constant = max(check.constants)
    found = find(at_constant(check, constant), budget, seed)
    word = "already at" if found.verdict == "refuted" else "with"
    return replace(found, why=_join(f"{word} {check.parameters[0]} = {constant}", found.why))


def at_constant(check: Check, constant) -> Check:
    """The check with its free constant fixed: the first value of every case."""
    where = tuple(Hypothesis(h.name, after_first(h.holds)) for h in check.where)
    return replace(check, given=check.given.after(Fraction(constant)), where=where, constants=())


def named(check: Check, case: tuple) -> dict:
    """A case by parameter names, as exact strings."""
    return {name: exact_strings(v) for name, v in zip(check.parameters, case, strict=True)}


def _equality(check: Check) -> dict | None:
    """Verify the declared case of equality, and return it as exact strings."""
    if check.equality in ((), None):
        return None
    one = len(check.parameters) == 1
    case = (check.equality,) if one else tuple(check.equality)
    case = tuple(as_rationals(v) if isinstance(v, list) else v for v in case)
    outcome = exactly(check, case)
    if outcome.status not in ("held", "equal") or not is_equality(outcome):
        raise ClaimError(
            f"{_name(check)} declares equality at {named(check, case)}, found {outcome.status}: "
            f"{outcome.reason or both_sides(outcome.comparison)}"
        )
    return named(check, case)


def _searched(trail) -> str:
    rungs = ", ".join(f"{name} {n}" for name, n in trail.rungs.items() if n)
    return f"{rungs}; cases of at most {trail.largest} numbers; nothing larger"


def stream_of(check: Check, seed: int) -> int:
    """One stream for each check, whatever else the run holds."""
    key = f"{seed}/{check.claim.id}/{check.part}/{check.role}/{check.name}/{check.statement}"
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")


def _rng(check: Check, seed: int) -> np.random.Generator:
    return np.random.default_rng(stream_of(check, seed))


def _name(check: Check) -> str:
    return f"{check.claim.id} part {check.part!r}, {check.role} {check.name}"


def _show(value) -> str:
    return f"{as_float(value):.6g}" if not isinstance(value, (str, int)) else str(value)


def _join(*texts: str) -> str:
    return "; ".join(t for t in texts if t)
