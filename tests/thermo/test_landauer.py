"""Landauer's limit in joules, and the concentration of attention in bits."""

from fractions import Fraction
from math import log, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, to_balls
from thermo.free_energy import kl_divergence
from thermo.landauer import (
    BOLTZMANN,
    concentration,
    entropy_reduction,
    landauer_limit,
    thermal_energy,
)

EPS = np.finfo(float).eps


def test_known():
    """k = 1.380649e-23 J/K by definition; 1 eV = 1.602176634e-19 J: 17.9 meV a bit at 300 K."""
    assert Fraction("1.380649e-23") == BOLTZMANN
    assert thermal_energy() == Fraction("4.141947e-21")
    assert thermal_energy(Fraction(1, 2)) == Fraction("6.903245e-24")
    assert landauer_limit(1) == pytest.approx(float(BOLTZMANN) * 300 * log(2), rel=4 * EPS)
    assert landauer_limit(1) / 1.602176634e-19 == pytest.approx(0.0179, abs=0.00005)
    assert landauer_limit(3, 77) == pytest.approx(3 * 77 / 300 * landauer_limit(1), rel=8 * EPS)
    assert landauer_limit(0) == 0


@pytest.mark.parametrize(
    ("P", "bits"),
    [
        (np.eye(4), [2, 2, 2, 2]),
        (np.full((2, 4), 1 / 4), [0, 0]),
        ([[1 / 2, 1 / 2, 0, 0], [0, 0, 1, 0]], [1, 2]),
        ([[1]], [0]),
        ([[3 / 4, 1 / 4]], [1 - (2 - 3 / 4 * log2(3))]),
    ],
)
def test_concentration(P, bits):
    """In units of one bit; the logarithms are of the size log2 N <= 2."""
    np.testing.assert_allclose(concentration(P), bits, rtol=0, atol=8 * EPS)
    assert entropy_reduction(P) == pytest.approx(sum(bits), abs=32 * EPS)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
def test_it_is_a_divergence_and_bounded(weights):
    N = len(weights)
    balls = to_balls(weights) / sum(weights)
    (bits,) = concentration(balls[None])
    uniform = to_balls([Fraction(1, N)] * N)
    difference = bits * Ball(2).log() - kl_divergence(balls, uniform)
    slack = Ball(Fraction(1, 2**40))  # above the radii at 53 bits, some 2**-48
    assert abs(difference) < slack
    assert bits > -slack
    assert bits < Ball(N).log2() + slack
    floats = np.array(weights) / sum(weights)
    assert concentration(floats[None])[0] == pytest.approx(bits.mid, abs=32 * N * EPS)


def test_balls():
    limit = landauer_limit(Ball(1))
    assert isinstance(limit, Ball)
    assert limit.mid == pytest.approx(landauer_limit(1), rel=8 * EPS)


def test_bad_input():
    with pytest.raises(ValueError, match="temperature must be positive and finite, in kelvin"):
        thermal_energy(0)
    with pytest.raises(ValueError, match="got inf"):
        thermal_energy(float("inf"))
    with pytest.raises(ValueError, match="bits must not be negative, got -1"):
        landauer_limit(-1)
    with pytest.raises(ValueError, match="P must be nonempty with 2 axes"):
        concentration([1 / 2, 1 / 2])
    with pytest.raises(ValueError, match=r"each row of P must sum to 1, got 1\.5"):
        concentration([[1 / 2, 1]])
    with pytest.raises(ValueError, match="each row of P must have no negative entry, got -1"):
        concentration([[1, 0], [2, -1]])
    with pytest.raises(TypeError):
        landauer_limit(Fraction(1))
