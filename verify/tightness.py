"""The picture of a claim that draws none of its own: how near its cases come to the bound."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np

from verify.arithmetic import in_floats
from verify.claim import Check, Claim
from verify.comparison import SLACK
from verify.reproducible import on_random_cases

# Cases a check: enough for a shape, few enough that a report of all claims takes seconds.
_FIXED, _RANDOM = 60, 60
_BINS = np.geomspace(1e-3, 1e3, 61)


def histogram(claim: Claim) -> Callable | None:
    """A function that draws lhs / rhs over the cases of each part on axes; None without any."""
    parts = [p for p in claim.parts if isinstance(p, Check) and _searched(p)]
    found = [(p, r) for p in parts if len(r := ratios(p)) > 1]
    if not found:
        return None

    def paint(axes):
        for number, (part, values) in enumerate(found):
            style = {"color": f"C{number}", "linewidth": 1.5}
            _step(axes, values, label=part.part or "as stated", **style)
            if _repaired(part) and len(repaired := ratios(part.amendments[0])) > 1:
                _step(axes, repaired, label=f"{part.part} instead".strip(), linestyle=":", **style)
        axes.axvline(1, color="black", linewidth=1)
        axes.set(xscale="log", xlabel="lhs / rhs: beyond 1 the statement fails", ylabel="cases")
        axes.set_title(claim.title, fontsize="medium")
        axes.legend(fontsize="small", loc="upper left")

    return paint


def _searched(check: Check) -> bool:
    """Whether there are cases to draw at random: not a table, nor a constant to be chosen."""
    return check.given is not None and check.given.random is not None and not check.constants


def _repaired(part: Check) -> bool:
    return bool(part.amendments) and _searched(part.amendments[0])


def ratios(check: Check) -> np.ndarray:
    """lhs / rhs of the accepted cases of a check, where it is a finite number; always the same."""
    found = (in_floats(check, case) for case in _cases(check))
    values = np.array([o.comparison.ratio for o in found if o.comparison is not None], float)
    return values[np.isfinite(values) & (values >= 0)]


def _cases(check: Check):
    half = _FIXED // 2
    yield from check.given.tuples(islice(check.given.gallery(), half))
    yield from check.given.tuples(islice(check.given.lattice(), half))
    drawn: list[tuple] = []
    on_random_cases(drawn.append, check.given, examples=_RANDOM, seed=0, climb=False)
    yield from drawn


def _step(axes, values, **style):
    """A histogram whose bin below 1 holds those that rounding has put just beyond."""
    inside = np.clip(values * (1 - SLACK), _BINS[0], _BINS[-1])
    axes.stairs(np.histogram(inside, _BINS)[0], _BINS, **style)
