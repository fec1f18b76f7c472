"""Evidence other than search: a number recomputed, a finite family, trials, a proof's algebra."""

from __future__ import annotations

import importlib
from dataclasses import replace

import numpy as np

from verify.arithmetic import Outcome, exactly, in_floats
from verify.certify import exact_strings
from verify.chance import estimate
from verify.claim import Check, ClaimError
from verify.comparison import Comparison, as_float
from verify.verdict import Finding


def once(check: Check) -> Finding:
    """A check without arguments: the number is recomputed, once, exactly where that is possible."""
    comparison = decided(check, ())
    held = bool(comparison)
    return Finding(
        check.statement,
        "holds" if held else "refuted",
        "computed",
        cases=1,
        accepted=1,
        tightness=comparison.ratio,
        witness=None if held else {},
        sides=None if held else term_strings(comparison),
        why=_said(comparison),
    )


def in_full(check: Check) -> Finding:
    """Every case of a finite family; the first that fails is the witness."""
    failed, total, ratio = [], 0, -np.inf
    for case in check.given.tuples(check.given.fixed()):
        comparison = decided(check, case)
        total += 1
        ratio = max(ratio, comparison.ratio) if not np.isnan(comparison.ratio) else ratio
        if not comparison:
            failed.append((case, comparison))
    found = Finding(
        check.statement,
        "refuted" if failed else "holds",
        check.given.evidence,
        cases=total,
        accepted=total,
        tightness=ratio,
    )
    if not failed:
        return found
    case, comparison = failed[0]
    witness = {n: exact_strings(v) for n, v in zip(check.parameters, case, strict=True)}
    why = f"fails on {len(failed)} of {total}, first: " + (_said(comparison) or str(witness))
    return replace(found, witness=witness, sides=term_strings(comparison), why=why)


def estimated(check: Check, budget, rng: np.random.Generator) -> Finding:
    """Each case of a finite family claims a probability: repeat its event, compare intervals."""
    estimates = [
        (case, estimate(check(*case), trials=budget.trials, rng=rng))
        for case in check.given.tuples(check.given.fixed())
    ]
    case, worst = max(estimates, key=lambda e: (e[1].refutes, e[1].ratio))
    names = {n: exact_strings(v) for n, v in zip(check.parameters, case, strict=True)}
    return Finding(
        check.statement,
        "refuted" if worst.refutes else "supported",
        "estimated",
        cases=len(estimates) * budget.trials,
        accepted=len(estimates) * budget.trials,
        tightness=worst.ratio,
        witness=names if worst.refutes else None,
        why=f"closest at {names}: {worst}",
    )


def replay_proofs(check: Check) -> None:
    """Run the algebra of each proof; a step that SymPy cannot reduce is an error, not a verdict."""
    import sympy

    for proof in check.proofs:
        for text, step in proof():
            reduced = step if isinstance(step, (bool, np.bool_)) else sympy.simplify(step)
            if reduced not in (0, True):
                raise ClaimError(
                    f"{check.claim.id} part {check.part!r}: proof step {text!r} leaves {reduced}"
                )


def resolve(dotted: str):
    """The library object of a dotted name; a definition that names nothing is an error."""
    module, _, name = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ClaimError(f"definition names {dotted!r}, which does not exist: {error}") from error


def sides(outcome: Outcome) -> dict[str, str]:
    """Both sides of the worst term of an exact outcome: rationals, or midpoint +/- radius."""
    return term_strings(outcome.comparison)


def is_equality(outcome: Outcome) -> bool:
    """Whether some term's sides coincide: exactly on rationals, to 2**-60 relative on balls."""
    for term in outcome.comparison.terms:
        lhs, rhs = np.broadcast_arrays(np.asarray(term.lhs, object), np.asarray(term.rhs, object))
        for a, b in zip(lhs.flat, rhs.flat, strict=True):
            size = max(abs(as_float(a)), abs(as_float(b)))
            if abs(as_float(a - b)) <= (0 if outcome.bits == 0 else 2.0**-60 * size):
                return True
    return False


def decided(check: Check, case: tuple) -> Comparison:
    """The comparison in exact arithmetic, or in float64 where the check has no exact route."""
    outcome = exactly(check, case)
    if outcome.comparison is None:
        outcome = in_floats(check, case)
    if outcome.comparison is None:
        raise ValueError(f"{check.claim.id} part {check.part!r}: {case} is {outcome.reason}")
    return outcome.comparison


def term_strings(comparison: Comparison) -> dict[str, str]:
    """Relation and both sides of the worst term, at the element where they differ most."""
    term = comparison.worst
    lhs, rhs = np.broadcast_arrays(np.asarray(term.lhs, object), np.asarray(term.rhs, object))
    gaps = [abs(as_float(a) - as_float(b)) for a, b in zip(lhs.flat, rhs.flat, strict=True)]
    at = int(np.argmax(gaps)) if gaps else 0
    return {
        "relation": term.relation,
        "lhs": _side(lhs.flat[at]),
        "rhs": _side(rhs.flat[at]),
    }


def _side(x) -> str:
    """A rational as it is, a ball as [midpoint +/- radius]."""
    return x.arb.str(20) if hasattr(x, "arb") else str(x)


def _said(comparison: Comparison) -> str:
    """What was printed and what comes out, for terms that claim a printed number."""
    said = [
        f"printed {as_float(t.rhs):.6g}, obtained {as_float(t.lhs):.6g}"
        for t in comparison.terms
        if t.relation == "rounds to"
    ]
    return _join_note(comparison.note, ", ".join(said))


def _join_note(note: str, said: str) -> str:
    return f"{note}: {said}" if note and said else note or said
