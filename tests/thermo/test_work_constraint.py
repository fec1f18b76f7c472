"""The work constraint: closed forms, the dual by brute force, and who solves the Lagrangian."""

from fractions import Fraction
from itertools import combinations
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import to_balls
from thermo.free_energy import free_energy
from thermo.sparse import sparse_free_energies
from thermo.work_constraint import (
    affordable_keys,
    key_price,
    lagrangian_values,
    work,
    work_constrained_minimiser,
    work_dual,
)

EPS = np.finfo(float).eps
few = settings(max_examples=40, deadline=None)
small_energies = st.lists(st.integers(-3, 3), min_size=1, max_size=6)
budgets = st.integers(2, 14)  # at price 2: spent exactly where even


def dual_by_brute_force(energies, price, budget):
    """max over mu of a concave piecewise linear function: at mu = 0 or where two lines cross."""
    f = sparse_free_energies(energies, 1)
    sizes = np.arange(1, f.size + 1)
    crossings = [(f[a] - f[b]) / (price * (b - a)) for a, b in combinations(range(f.size), 2)]
    return max((f + mu * (price * sizes - budget)).min() for mu in [0, *crossings])


@few
@given(small_energies, budgets)
def test_dual(energies, budget):
    found = work_dual(energies, 1, price=2, budget=budget)
    tolerance = 64 * EPS * (3 + log(6)) * 7  # |f| <= 3 + log 6, times a budget of up to 7 keys
    assert abs(found.dual - dual_by_brute_force(energies, 2, budget)) <= tolerance
    assert found.gap >= 0
    assert (found.gap == 0) == (budget % 2 == 0 or found.keys == len(energies))
    p = work_constrained_minimiser(energies, 1, price=2, budget=budget)
    assert work(p, c_compute=2, c_memory=0, d=1) <= budget
    assert abs(free_energy(p, energies, 1) - found.primal) <= tolerance


@few
@given(small_energies, budgets)
def test_the_optimum_solves_the_lagrangian_just_within_the_interval(energies, budget):
    """Certified: K is the one minimiser inside (low, high), and none outside."""
    energies = to_balls(energies)
    found = work_dual(energies, 1, price=2, budget=budget)
    K, low, high = found.keys - 1, found.multiplier_low, found.multiplier_high
    inside = low + 1 if high == inf else (low + high) / 2
    values = lagrangian_values(energies, 1, inside, price=2)
    assert all(values[K] < value for k, value in enumerate(values) if k != K)
    for outside in [low / 2] * (K + 1 < len(energies)) + [high * 2] * (high != inf):
        values = lagrangian_values(energies, 1, outside, price=2)
        assert any(value < values[K] for value in values)


def test_known():
    """Two equal keys, price 2, budget 3: half a key too much."""
    found = work_dual([0, 0], 1, price=2, budget=3)
    assert (found.keys, found.primal, found.multiplier_high) == (1, 0, inf)
    np.testing.assert_allclose(found.multiplier_low, log(2) / 2, rtol=4 * EPS)
    np.testing.assert_allclose([found.gap, -found.dual], log(2) / 2, rtol=4 * EPS)
    one = work_dual([5], 1, price=1, budget=inf)
    assert (one.keys, one.primal, one.dual, one.gap) == (1, 5, 5, 0)
    assert (one.multiplier_low, one.multiplier_high) == (0, inf)
    assert work_dual([0, 0], 1, price=2, budget=4).gap == 0


def test_prices():
    assert key_price(c_compute=Fraction(1, 2), c_memory=2, d=3) == Fraction(13, 2)
    assert work([0.5, 0, 0.5], c_compute=1, c_memory=2, d=3) == 14
    assert work([Fraction(1), 0], c_compute=0, c_memory=0, d=1) == 0


def test_affordable_keys_is_exact():
    assert affordable_keys(10, price=0.1, budget=0.3) == 2  # these doubles: 3 * 0.1 > 0.3
    assert affordable_keys(10, price=Fraction(1, 10), budget=Fraction(3, 10)) == 3
    assert affordable_keys(4, price=1, budget=10) == 4
    assert affordable_keys(4, price=1, budget=inf) == 4


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: affordable_keys(3, price=0, budget=1), "price must be .* finite, got 0"),
        (lambda: affordable_keys(3, price=inf, budget=1), "price must be .* finite, got inf"),
        (lambda: affordable_keys(3, price=2, budget=1), "budget must pay for one key .* got 1"),
        (lambda: affordable_keys(3, price=2, budget=np.nan), "budget must pay .* got nan"),
        (lambda: key_price(c_compute=1, c_memory=1, d=0), "d must be .* got 0"),
        (lambda: key_price(c_compute=-1, c_memory=1, d=1), "c_compute must be .* got -1"),
        (lambda: key_price(c_compute=1, c_memory=inf, d=1), "c_memory must be .* got inf"),
        (lambda: lagrangian_values([0], 1, -1, price=1), "mu must be finite and >= 0, got -1"),
        (lambda: lagrangian_values([0], 1, 1, price=0), "price must be finite and > 0, got 0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_no_multiplier_is_a_multiplier():
    np.testing.assert_array_equal(lagrangian_values([2], 1, 0, price=1), [2])
