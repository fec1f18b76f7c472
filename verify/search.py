"""The search ladder: gallery, lattice, random cases with a target, ascent from the worst.

Everything here is float64 and cheap; it only nominates.  A nominated case becomes a
refutation in `verify.certify` and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from verify.arithmetic import in_floats
from verify.claim import Check
from verify.comparison import SLACK

# A float violation by more than this relative margin is looked at before the others, since
# rounding cannot be its cause at the sizes searched.  Found by trial.
CLEAR = 1e-6


@dataclass(frozen=True)
class Budget:
    """Evaluations granted to each rung; certifications are the expensive ones.

    starts: from so many nominated cases the smallest counterexample is taken, for shrinking is
    greedy, and where it ends depends on where it starts.  By trial: of the planted statements
    one in ten ends larger from one start than from three.
    """

    fixed: int
    random: int
    ascent: int
    exact: int
    trials: int
    starts: int = 1


LEVELS = {
    "quick": Budget(fixed=250, random=80, ascent=90, exact=12, trials=400),
    "standard": Budget(fixed=1000, random=300, ascent=600, exact=40, trials=2000, starts=3),
    "deep": Budget(fixed=20000, random=4000, ascent=4000, exact=400, trials=20000, starts=9),
}


@dataclass
class Trail:
    """What a search saw: counts, the tightest accepted case, and the nominated ones in order."""

    cases: int = 0
    accepted: int = 0
    violations: int = 0
    ill_posed: int = 0
    tightness: float = -np.inf
    rejected: Counter = field(default_factory=Counter)
    nominated: list[tuple[float, tuple]] = field(default_factory=list)
    at_equality: list[tuple] = field(default_factory=list)
    worst: list[tuple[float, tuple]] = field(default_factory=list)
    largest: int = 0
    rungs: dict[str, int] = field(default_factory=dict)

    def visit(self, check: Check, case: tuple) -> float | None:
        """Look at one case; its margin if it was accepted."""
        outcome = in_floats(check, case)
        self.cases += 1
        if outcome.status == "outside":
            self.rejected[outcome.reason] += 1
            return None
        if outcome.status == "ill-posed":
            self.ill_posed += 1
            # Not a number in float64 (overflow, 0/0): rationals may still decide it.
            self.at_equality.append(case)
            return None
        self.accepted += 1
        margin, ratio = outcome.comparison.margin, outcome.comparison.ratio
        self.largest = max(self.largest, entries(case))
        if np.isfinite(ratio):
            self.tightness = max(self.tightness, ratio)
        if margin > SLACK:
            self.violations += 1
            self.nominated.append((margin, case))
        elif margin >= -SLACK:
            self.at_equality.append(case)
        if not np.isnan(ratio) or margin != 0:  # 0 = 0 is no start for an ascent
            self._keep_worst(margin, case)
        return margin

    def _keep_worst(self, margin: float, case: tuple) -> None:
        self.worst.append((margin, case))
        if len(self.worst) > 256:
            self.worst = sorted(self.worst, key=lambda w: -w[0])[:64]

    @property
    def acceptance(self) -> float:
        return self.accepted / self.cases if self.cases else 0.0

    def in_order(self) -> Iterator[tuple]:
        """Nominated cases: the smallest of the clear violations, the clearest, the rest of them
        in the order of the ladder; then the unclear ones by margin."""
        clear = [n for n in self.nominated if n[0] > CLEAR]
        rest = sorted((n for n in self.nominated if n[0] <= CLEAR), key=lambda n: -n[0])
        smallest = sorted(clear, key=lambda n: (entries(n[1]), -n[0]))[:1]
        clearest = sorted(clear, key=lambda n: -n[0])[:1]
        seen = set()
        for _, case in smallest + clearest + clear + rest:
            if id(case) not in seen:
                seen.add(id(case))
                yield case


def entries(case: tuple) -> int:
    """How many numbers a case has."""
    return sum(np.size(v) for v in case)


def climb_ladder(check: Check, budget: Budget, seed: int) -> Iterator[Trail]:
    """Run the ladder, yielding the trail after each rung, so that a caller may stop early."""
    trail, given = Trail(), check.given
    steps = (
        ("gallery", lambda: _fixed(trail, check, given.gallery(), budget.fixed)),
        ("lattice", lambda: _fixed(trail, check, given.lattice(), budget.fixed)),
        ("random", lambda: _random(trail, check, budget.random, seed)),
        ("ascent", lambda: _ascend(trail, check, budget.ascent, seed)),
    )
    for rung, run in steps:
        before = trail.cases
        run()
        trail.rungs[rung] = trail.cases - before
        yield trail


def _fixed(trail: Trail, check: Check, values, limit: int) -> None:
    for case in islice(check.given.tuples(values), limit):
        trail.visit(check, case)


def _random(trail: Trail, check: Check, examples: int, seed: int) -> None:
    """Structured random cases through Hypothesis, which climbs on the margin."""
    from hypothesis import target
    from hypothesis.errors import Unsatisfiable

    from verify.reproducible import on_random_cases

    if check.given.random is None:
        return

    def look(case):
        margin = trail.visit(check, case)
        if margin is not None and np.isfinite(margin):
            target(margin)

    try:
        on_random_cases(look, check.given, examples=examples, seed=seed, climb=True)
    except Unsatisfiable as error:
        trail.rejected[f"no random case: {error}"] += 1


def _ascend(trail: Trail, check: Check, steps: int, seed: int) -> None:
    """Climb on the margin, unless it is past 0 already."""
    from verify.ascent import ascend

    if not any(margin > CLEAR for margin, _ in trail.nominated):
        rng = np.random.default_rng(seed)
        ascend(lambda case: trail.visit(check, case), trail.worst, steps, rng)
