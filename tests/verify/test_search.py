"""The ladder: its rungs and budgets, what it nominates, and that a rerun is the same."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Cases, Claim, ge, le
from verify.given import scalars, vectors
from verify.search import LEVELS, Budget, Trail, climb_ladder, entries

BUDGET = Budget(fixed=50, random=30, ascent=60, exact=4, trials=10)


def declared(check, given, **options):
    return Claim("toy/theorem1", "a toy").part("toy", given=given, **options)(check)


def searched(check, budget=BUDGET, seed=0):
    *_, trail = climb_ladder(check, budget, seed)
    return trail


def recording(seen):
    def check(t):
        seen.append(float(t))
        return le(t, 0)

    return check


def test_the_rungs_are_climbed_in_order_and_each_can_be_the_last():
    seen = []
    cases = Cases(
        gallery=lambda: [-1.0, -2.0], lattice=lambda: [-3.0], random=st.just(-4.0), label="toy"
    )
    rungs = climb_ladder(declared(recording(seen), cases), BUDGET, seed=0)
    for rung, values in [
        ("gallery", [-1, -2]),
        ("lattice", [-1, -2, -3]),
        ("random", [-1, -2, -3, -4]),
    ]:
        trail = next(rungs)
        assert list(trail.rungs)[-1] == rung
        assert list(dict.fromkeys(seen)) == values
    assert next(rungs).rungs["ascent"] > 0


def test_no_rung_spends_more_than_its_budget():
    naturals = Cases(
        gallery=lambda: iter(range(10**9)),
        lattice=lambda: iter(range(10**9)),
        random=st.floats(0, 1),
    )
    trail = searched(declared(lambda t: ge(t, 0), naturals))
    assert trail.rungs["gallery"] == trail.rungs["lattice"] == BUDGET.fixed
    assert trail.rungs["random"] <= 10 * BUDGET.random  # with those that Hypothesis targets
    assert trail.rungs["ascent"] <= BUDGET.ascent
    assert trail.cases == sum(trail.rungs.values())


@pytest.mark.parametrize("seed", [0, 1])
def test_a_rerun_meets_the_same_cases(seed):
    def run():
        seen = []
        searched(declared(recording(seen), scalars(0, 1)), seed=seed)
        return seen

    assert run() == run()


def test_another_seed_meets_other_cases():
    runs = []
    for seed in (0, 1):
        runs.append([])
        searched(declared(recording(runs[-1]), scalars(0, 1)), seed=seed)
    assert runs[0] != runs[1]


def test_what_is_counted():
    def small(t):
        return le(t, 2)

    def check(t):
        if t == 2:
            raise ZeroDivisionError("division by zero")
        return le(t, 1)

    values = [0.5, 1.0, 1.5, 2.0, 3.0]
    trail = Trail()
    for t in values:
        trail.visit(declared(check, scalars(0, 9), where=small), (t,))
    assert (trail.cases, trail.accepted, trail.violations, trail.ill_posed) == (5, 3, 1, 1)
    assert trail.rejected == {"small": 1}
    assert [case for _, case in trail.nominated] == [(1.5,)]
    assert trail.at_equality == [(1.0,), (2.0,)]  # rationals may decide the undefined one
    assert (trail.tightness, trail.acceptance) == (1.5, 0.6)


def test_nominated_small_and_clear_cases_come_first():
    trail = Trail()
    large, small = np.full(5, 9.0), np.full(2, 3.0)
    clearest, barely = np.full(4, 99.0), np.full(1, 1 + 1e-9)
    check = declared(lambda x: le(x.max(), 1), vectors())
    for x in (large, barely, clearest, small):
        trail.visit(check, (x,))
    order = [len(case[0]) for case in trail.in_order()]
    assert order == [2, 4, 5, 1]


def test_entries_are_counted_over_all_values():
    assert entries((np.zeros((2, 3)), 1, Fraction(1), "text")) == 9


def test_a_family_without_fixed_cases_or_without_random_ones():
    only_random = searched(declared(lambda t: ge(t, 0), Cases(random=st.floats(0, 1))))
    assert only_random.rungs["gallery"] == only_random.rungs["lattice"] == 0
    only_fixed = searched(declared(lambda t: ge(t, 0), Cases(gallery=lambda: [0.5])))
    assert only_fixed.rungs["random"] == 0


def test_a_strategy_that_gives_nothing_is_said():
    nothing = Cases(random=st.floats(0, 1).filter(lambda t: t > 2))
    trail = searched(declared(lambda t: ge(t, 0), nothing))
    assert any(reason.startswith("no random case") for reason in trail.rejected)


def test_a_violation_that_random_cases_miss_is_climbed_to():
    """The largest entry must be 4 or more, from 1: each step towards it shows in the margin."""

    def check(x):
        return le(abs(x).max() ** 2, 2 * (abs(x).sum() + 1))

    calm = Cases(gallery=lambda: [np.ones(3)], random=st.just(np.ones(3)), label="calm")
    ample = Budget(fixed=10, random=5, ascent=600, exact=4, trials=10)
    found = [bool(searched(declared(check, calm), ample, seed=s).nominated) for s in range(5)]
    assert all(found)


def test_levels_grow():
    levels = list(LEVELS.values())
    for one, more in pairwise(levels):
        assert all(a < b for a, b in zip(vars(one).values(), vars(more).values(), strict=True))
