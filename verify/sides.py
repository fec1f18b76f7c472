"""The two sides of a comparison as text, and whether they coincide."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from verify.arithmetic import Outcome
from verify.comparison import Comparison
from verify.term import Term, as_float, decisions, is_float, margins


def both_sides(comparison: Comparison) -> dict[str, str]:
    """Relation and both sides where the comparison fails worst: rationals, or midpoint +/- radius.

    Failures that are decided come first, however small they are in floats.
    """
    worst = max(_elements(comparison), key=lambda e: e[:2], default=None)
    if worst is None:
        return {"relation": comparison.terms[0].relation, "lhs": "nothing", "rhs": "nothing"}
    _, _, term, at = worst
    sides = np.broadcast_arrays(np.asarray(term.lhs, object), np.asarray(term.rhs, object))
    lhs, rhs = (_text(side.flat[at]) for side in sides)
    return {"relation": term.relation, "lhs": lhs, "rhs": rhs}


def _elements(comparison: Comparison) -> Iterator[tuple[bool, float, Term, int]]:
    """(decided to fail, margin, term, position) of each element."""
    for term in comparison.terms:
        margin = margins(term).ravel()
        decided = [None] * margin.size if is_float(term) else decisions(term)
        for at, (size, holds) in enumerate(zip(margin, decided, strict=True)):
            yield holds is False, float(size), term, at


def is_equality(outcome: Outcome) -> bool:
    """Whether some term's sides coincide: exactly on rationals, to 2**-60 relative on balls."""
    from spectral.balls import precision

    with precision(outcome.bits or 64):  # a remembered rational is rounded to the present bits
        return any(_coincide(term, exact=outcome.bits == 0) for term in outcome.comparison.terms)


def _coincide(term: Term, *, exact: bool) -> bool:
    lhs, rhs = np.broadcast_arrays(np.asarray(term.lhs, object), np.asarray(term.rhs, object))
    for a, b in zip(lhs.flat, rhs.flat, strict=True):
        size = max(abs(as_float(a)), abs(as_float(b)))
        if abs(as_float(a - b)) <= (0 if exact else 2.0**-60 * size):
            return True
    return False


def _text(x) -> str:
    """A rational as it is, a ball as [midpoint +/- radius]."""
    return x.arb.str(20) if hasattr(x, "arb") else str(x)


def said_of_printed(comparison: Comparison) -> str:
    """What was printed and what comes out, for terms that claim a printed number."""
    said = [
        f"printed {as_float(t.rhs):.6g}, obtained {as_float(t.lhs):.6g}"
        for t in comparison.terms
        if t.relation == "rounds to"
    ]
    return _join_note(comparison.note, ", ".join(said))


def _join_note(note: str, said: str) -> str:
    return f"{note}: {said}" if note and said else note or said
