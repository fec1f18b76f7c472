"""The walk in continuous time: closed forms, the limit of lazy walks, three arithmetics."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import midpoints, to_balls
from spectral.chain import stationary_distribution
from spectral.heat import heat_distance, heat_kernel

EPS = np.finfo(float).eps


def chain(seed, n):
    W = np.random.default_rng(seed).random((n, n)) ** 3
    return W / W.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(("p", "q", "t"), [(0.1, 0.3, 2.0), (1.0, 1.0, 0.5), (0.5, 0.0, 3.0)])
def test_two_states(p, q, t):
    """e^{-t(p + q)} is what is left of the start; p = q = 1 has a period and mixes still."""
    kernel = heat_kernel(np.array([[1 - p, p], [q, 1 - q]]), t)
    moved = (1 - np.exp(-t * (p + q))) / (p + q)
    expected = [[1 - p * moved, p * moved], [q * moved, 1 - q * moved]]
    np.testing.assert_allclose(kernel, expected, atol=16 * EPS)


def test_distance_of_two_states():
    P = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert heat_distance(P, 0) == 0.5
    assert heat_distance(P, 1.0) == pytest.approx(np.exp(-2) / 2, rel=16 * EPS)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.floats(0, 4))
def test_stochastic_semigroup_with_the_same_stationary_law(seed, n, t):
    P = chain(seed, n)
    half, whole, pi = heat_kernel(P, t / 2), heat_kernel(P, t), stationary_distribution(P)
    bound = 64 * n * EPS  # rounding of expm of norm <= 8, by trial
    np.testing.assert_allclose(whole.sum(axis=1), 1, atol=bound)
    np.testing.assert_allclose(half @ half, whole, atol=bound)
    np.testing.assert_allclose(pi @ whole, pi, atol=bound)
    assert (whole >= -bound).all()


def test_lazy_walks_tend_to_it():
    """((1 - t/m) I + (t/m) P)^m is off by at most 2 t^2 / m."""
    P, t, m = chain(3, 4), 1.0, 2**12
    lazy = (1 - t / m) * np.eye(4) + t / m * P
    assert abs(np.linalg.matrix_power(lazy, m) - heat_kernel(P, t)).max() <= 2 * t**2 / m


def test_balls_agree_with_floats():
    P = np.array([[Fraction(1, 3), Fraction(2, 3)], [Fraction(3, 4), Fraction(1, 4)]])
    certain = heat_kernel(to_balls(P), Fraction(3, 2))
    np.testing.assert_allclose(midpoints(certain), heat_kernel(P.astype(float), 1.5), atol=16 * EPS)
    assert max(x.rad for x in certain.flat) < EPS
    distance = heat_distance(to_balls(P), Fraction(3, 2))
    assert distance.mid == pytest.approx(heat_distance(P.astype(float), 1.5), rel=64 * EPS)


def test_single_state():
    assert heat_kernel(np.ones((1, 1)), 5.0) == 1
    assert heat_distance(np.ones((1, 1)), 5.0) == 0


def test_bad_input():
    P = np.array([[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ValueError, match="t must be at least 0, got -1"):
        heat_kernel(P, -1.0)
    with pytest.raises(ValueError, match="P must have rows that sum to 1"):
        heat_kernel(2 * P, 1.0)
    with pytest.raises(ValueError, match="P must be irreducible"):
        heat_distance(np.eye(2), 1.0)
    with pytest.raises(TypeError, match="take balls"):
        heat_kernel(np.array([[Fraction(1)]], object), Fraction(1))
