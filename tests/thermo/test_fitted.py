"""Fitted exponents: powers found, intervals that hold the scatter, fits refused."""

import re

import numpy as np
import pytest

from thermo.fitted import fitted_exponent

EPS = np.finfo(float).eps


@pytest.mark.parametrize("power", [-1, 0.5, 2])
def test_the_exponent_of_a_power_is_found(power):
    x = np.array([1.0, 7.0, 40.0])
    fit = fitted_exponent(x, 3 * x**power)
    # Logarithms of some units, each right to eps, over a spread of some units.
    assert max(abs(v - power) for v in (fit.value, fit.low, fit.high)) < 1e3 * EPS


def test_the_interval_has_the_scatter_in_it():
    rng = np.random.default_rng(0)
    x = np.geomspace(1, 100, 20)
    misses = 0
    for _ in range(400):
        fit = fitted_exponent(x, x * np.exp(0.1 * rng.standard_normal(20)))
        misses += not fit.low <= 1 <= fit.high
    assert 2 <= misses <= 46  # 5 % of 400, and six standard deviations


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1, 10, 30], [1, 2, 3], "x must span 1.5 decades in 3 points, got 1.48 in 3"),
        ([1, 100], [1, 2], "got 2.00 in 2"),
        ([], [], "got 0.00 in 0"),
        ([1, 10, 100], [1, 0, 1], "x and y must be positive, got 0"),
        ([1, 10, 100], [1, 2], "x and y must be of one length, got shapes (3,) and (2,)"),
    ],
)
def test_too_short_a_fit_is_refused(x, y, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        fitted_exponent(x, y)
