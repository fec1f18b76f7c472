"""Make a counterexample small: fewer rows, zeros, ties, then numbers with few digits.

Each step keeps every hypothesis and at least half of the relative margin (or of 1e-3, where
the margin is larger), because without a floor shrinking runs straight to the points where
both sides agree and rounding alone "refutes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from verify.arithmetic import in_floats, to_floats, to_rationals
from verify.ascent import climb
from verify.claim import Check
from verify.rationals import length
from verify.search import CLEAR
from verify.simpler import fewer_rows, simpler_values

_MOVES = 4000  # evaluations at most; found by trial: the planted set needs under 1,500

# Starts and steps of a climb with a row less.  By trial: of the planted statements those that
# the ascent finds in three dimensions, and that fail in two, come down.
_CLIMBS, _STEPS = 3, 100


def shrink(
    check: Check,
    case: tuple,
    *,
    still: Callable[[tuple], bool] | None = None,
    moves: int = _MOVES,
) -> tuple:
    """The smallest case reached greedily from a violating one, as rationals.

    still: what a smaller case must satisfy (default: it violates in floats, with a margin);
    moves: how many are asked at most.
    """
    descent = _Descent(still or _violates_above(check, case), to_rationals(case), moves)
    while descent.once(fewer_rows(descent.case)) or descent.all_of(simpler_values(descent.case)):
        pass
    return descent.case


def climb_with_fewer_rows(check: Check, case: tuple) -> tuple | None:
    """A violating case with a row less, near one that no longer violates; None if none is met.

    Dropping a row moves what the others must balance: a short ascent finds the balance again.
    """

    def margin(candidate: tuple) -> float | None:
        outcome = in_floats(check, candidate)
        return outcome.comparison.margin if outcome.status in ("held", "violated") else None

    fewer = [to_floats(c) for move in fewer_rows(case) for c in move(case)]
    starts = [(m, c) for c in fewer if size(c) < size(case) and (m := margin(c)) is not None]
    for start, lower in sorted(starts, key=lambda s: -s[0])[:_CLIMBS]:
        if start < 0:  # 0 = 0 leads nowhere
            reached, found = climb(margin, lower, start, _STEPS, np.random.default_rng(0))
            if reached > CLEAR:
                return found
    return None


def size(case: tuple) -> tuple[int, int, int, int, int]:
    """What is minimised: numbers, nonzero ones, unlike ones (up to sign), their length; and counts.

    Counts, which are Python ints, of one length are told apart by their value.
    """
    numbers = [x for v in case for x in (v.flat if isinstance(v, np.ndarray) else (v,))]
    nonzero = [x for x in numbers if x and not isinstance(x, str)]
    counts = sum(abs(x) for x in nonzero if isinstance(x, int))
    unlike = len({abs(x) for x in nonzero})
    return len(numbers), len(nonzero), unlike, sum(map(length, nonzero)), counts


class _Descent:
    """A case that only becomes smaller, as long as `accept` says yes and evaluations are left."""

    def __init__(self, accept: Callable[[tuple], bool], case: tuple, left: int):
        self.accept, self.case, self.left = accept, case, left
        self.size = size(case)

    def once(self, moves: Iterable[Callable]) -> bool:
        """Go along the first move that leads to a smaller case."""
        return any(self._along(move) for move in moves)

    def all_of(self, moves: Iterable[Callable]) -> bool:
        """Go along each move in turn; whether any led to a smaller case."""
        return any([self._along(move) for move in moves])

    def _along(self, move: Callable) -> bool:
        """Try the candidates of a move, the boldest first."""
        for candidate in move(self.case):
            if self.left <= 0:
                return False
            smaller = size(candidate)
            if smaller < self.size:
                self.left -= 1
                if self.accept(candidate):
                    self.case, self.size = candidate, smaller
                    return True
        return False


def _violates_above(check: Check, case: tuple) -> Callable[[tuple], bool]:
    floor = min(in_floats(check, case).comparison.margin, 1e-3) / 2

    def violates(candidate: tuple) -> bool:
        outcome = in_floats(check, candidate)
        return outcome.status == "violated" and outcome.comparison.margin > floor

    return violates
