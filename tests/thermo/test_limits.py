"""Limits of temperature, ties included, and the bounds on the way to them."""

from fractions import Fraction
from math import exp, inf, tanh

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, Undecided, precision, to_balls
from thermo.free_energy import gibbs
from thermo.limits import (
    cooling_bound,
    energy_gap,
    ground_states,
    heating_bound,
    infinite_temperature_limit,
    zero_temperature_limit,
)

EPS = np.finfo(float).eps
few = settings(max_examples=40, deadline=None)
small_energies = st.lists(st.integers(-3, 3), min_size=1, max_size=7)
betas = st.sampled_from([Fraction(1, 8), 1, 5, 30])


def distance(p, q):
    return abs(p - q).sum() / 2


@few
@given(small_energies, betas)
def test_bounds(energies, beta):
    """Both bounds, certified; at beta = 30 they may be met to within exp(-360), 520 bits."""
    balls = to_balls(energies)
    if len(set(energies)) > 1:
        with precision(700):
            p = gibbs(balls, beta)
            assert distance(p, zero_temperature_limit(balls)) < cooling_bound(balls, beta)
            assert distance(p, infinite_temperature_limit(balls)) < heating_bound(balls, beta)
    else:
        assert cooling_bound(balls, beta) == 0
        assert heating_bound(balls, beta) == 0


@few
@given(small_energies)
def test_limits_are_limits(energies):
    cold, hot = gibbs(energies, 1e4), gibbs(energies, 1e-17)
    np.testing.assert_array_equal(cold, zero_temperature_limit(energies))  # exp(-1e4) is 0
    np.testing.assert_allclose(hot, infinite_temperature_limit(energies), rtol=8 * EPS)


@pytest.mark.parametrize("beta", [1e-3, 1.0, 1e6, 1e300])
def test_a_tie_is_never_broken(beta):
    np.testing.assert_array_equal(gibbs([0, 0], beta), [1 / 2, 1 / 2])


def test_known():
    assert ground_states([3, 1, 2, 1]) == (1, 3)
    np.testing.assert_array_equal(zero_temperature_limit([3, 1, 2, 1]), [0, 1 / 2, 0, 1 / 2])
    np.testing.assert_array_equal(zero_temperature_limit([1e300, -1e300]), [0, 1])
    np.testing.assert_array_equal(infinite_temperature_limit([3, 1]), [1 / 2, 1 / 2])
    assert energy_gap([3, 1, 2, 1]) == 1
    assert energy_gap([1e-300, 0]) == 1e-300
    assert energy_gap([2, 2]) == energy_gap([7]) == inf
    assert cooling_bound([3, 1, 2, 1], 5) == pytest.approx(exp(-5), rel=8 * EPS)
    assert heating_bound([3, 1, 2, 1], 2) == pytest.approx(tanh(1), rel=8 * EPS)


def test_the_heating_bound_is_sharp():
    """One key in e^(h/2) + 1 lower than the rest: within 1 / N of the bound."""
    h, N = 2.0, 4000
    low = round(N / (exp(h / 2) + 1))
    energies = np.array([0] * low + [1] * (N - low))
    met = distance(gibbs(energies, h), infinite_temperature_limit(energies))
    assert heating_bound(energies, h) - 1 / N < met <= heating_bound(energies, h)


def test_exact_limits():
    """Objects in, Fractions out: a limit is exact in every arithmetic."""
    thirds = [Fraction(1, 3)] * 3
    assert list(infinite_temperature_limit(to_balls([0, 5, 7]))) == thirds
    assert list(zero_temperature_limit(thirds)) == thirds
    assert energy_gap([Fraction(1, 3), Fraction(1, 2)]) == Fraction(1, 6)
    root = flint.arb(2).sqrt()
    with pytest.raises(Undecided):
        ground_states([Ball(root), Ball(flint.arb(2).sqrt())])


def test_bad_input():
    with pytest.raises(ValueError, match="beta must be finite and > 0, got -1"):
        cooling_bound([0, 1], -1)
    with pytest.raises(ValueError, match="beta must be finite and > 0, got 0"):
        heating_bound([0, 1], 0)
    with pytest.raises(ValueError, match="energies must be nonempty"):
        zero_temperature_limit([])
