"""Projections: exact failure probabilities, dimensions, and what a given matrix distorts."""

import math
from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, precision, to_balls
from spectral.projection import (
    dasgupta_gupta_bound,
    distance_distortion,
    inner_product_distortion,
    inner_product_errors,
    jl_dimension,
    jl_failure_probability,
    jl_matrix,
    length_distortion,
)

F = Fraction
EPS = np.finfo(float).eps


def exact(x):
    return np.array([[F(int(e)) for e in row] for row in x], object)


# The Gaussian matrix ----------------------------------------------------------------------


def test_entries_have_variance_one_over_m():
    Phi = jl_matrix(50, 400, rng=np.random.default_rng(0))
    assert Phi.shape == (50, 400)
    # A variance from n normal numbers has the relative error sqrt(2 / n): 5 of them.
    assert abs(50 * (Phi**2).mean() - 1) < 5 * np.sqrt(2 / Phi.size)
    assert abs(Phi.mean()) < 5 / np.sqrt(50 * Phi.size)


@pytest.mark.parametrize(("m", "d"), [(0, 1), (1, 0)])
def test_sizes_of_the_matrix(m, d):
    with pytest.raises(ValueError, match="must be an integer at least 1, got 0"):
        jl_matrix(m, d, rng=np.random.default_rng(0))


# How often it fails -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("m", "eps", "probability"),
    [
        # chi^2_1 is z^2: 1 - erf(sqrt((1 + eps) / 2)) + erf(sqrt((1 - eps) / 2)).
        (1, 0.5, 1 - math.erf(math.sqrt(0.75)) + math.erf(0.5)),
        # chi^2_2 is exponential with mean 2: 1 - exp(-(1 - eps)) + exp(-(1 + eps)).
        (2, 0.25, 1 - math.exp(-0.75) + math.exp(-1.25)),
        (2, 1.0, math.exp(-2)),
        (2, 3.0, math.exp(-4)),
        # chi^2_4: P(chi^2_4 > 2t) = (1 + t) exp(-t).
        (4, 0.5, 1 - 2 * math.exp(-1) + 4 * math.exp(-3)),
    ],
)
def test_closed_forms(m, eps, probability):
    # A few eps for each of two tails and for the closed form.
    assert jl_failure_probability(m, eps) == pytest.approx(probability, rel=16 * EPS)
    ball = jl_failure_probability(m, Ball(F(eps)))
    assert ball.mid == pytest.approx(probability, rel=16 * EPS)
    assert ball.rad < 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 500), st.fractions(F(1, 100), F(99, 100), max_denominator=100))
def test_the_float_is_the_ball_and_both_are_below_the_bound(m, eps):
    with precision(128):
        ball = jl_failure_probability(m, Ball(eps))
        assert ball <= dasgupta_gupta_bound(m, Ball(eps))
    # SciPy's gamma functions claim full accuracy but in far tails: 10^4 eps, found by trial.
    assert jl_failure_probability(m, float(eps)) == pytest.approx(ball.mid, rel=1e4 * EPS)


def test_a_wide_ball_has_a_wide_probability():
    ball = jl_failure_probability(3, Ball(flint.arb(0.5, 0.25)))
    assert ball.lower <= jl_failure_probability(3, Ball(F(1, 4))).lower
    assert ball.upper >= jl_failure_probability(3, Ball(F(3, 4))).upper


def test_a_matrix_fails_as_often_as_is_said():
    rng = np.random.default_rng(3)
    x, trials = np.array([3.0, -1.0, 2.0]), 4000
    ratios = [((jl_matrix(6, 3, rng=rng) @ x) ** 2).sum() / 14 for _ in range(trials)]
    expected = jl_failure_probability(6, 0.4)
    found = (np.abs(np.array(ratios) - 1) > 0.4).mean()
    assert abs(found - expected) < 5 * np.sqrt(expected * (1 - expected) / trials)


def test_the_bound():
    assert dasgupta_gupta_bound(12, 0.5) == pytest.approx(2 * math.exp(-0.5), rel=4 * EPS)
    assert dasgupta_gupta_bound(3, 1.5) == math.inf
    assert dasgupta_gupta_bound(3, Ball(2)) == math.inf


def test_a_rational_has_no_rational_probability():
    with pytest.raises(TypeError, match=r"irrational: take Ball\(Fraction\(1, 2\)\) or a float"):
        jl_failure_probability(3, F(1, 2))
    with pytest.raises(TypeError, match="irrational"):
        dasgupta_gupta_bound(3, F(1, 2))


@pytest.mark.parametrize("function", [jl_failure_probability, dasgupta_gupta_bound])
def test_refusals(function):
    with pytest.raises(ValueError, match=r"eps must be positive, got 0\.0"):
        function(3, 0)
    with pytest.raises(ValueError, match="m must be an integer at least 1, got 0"):
        function(0, 0.5)


# How many dimensions ----------------------------------------------------------------------


@pytest.mark.parametrize("pairs", [1, 100, 128**2])
@pytest.mark.parametrize("eps", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("failure", [0.01, 0.5, 0.99])
def test_the_dimensions_turn_where_they_should(pairs, eps, failure):
    found = jl_dimension(pairs, eps, failure=failure)
    assert found.exact <= found.bound
    for m, probability in (
        (found.exact, jl_failure_probability),
        (found.bound, dasgupta_gupta_bound),
    ):
        assert pairs * probability(m, eps) <= failure
        assert m == 1 or pairs * probability(m - 1, eps) > failure


def test_a_known_dimension():
    # 2 * 10^4 / 0.01 = 2 * 10^6; log of it over 1/16 - 1/48 = 1/24: 24 * 14.5087 = 348.2.
    assert jl_dimension(10**4, 0.5, failure=0.01).bound == 349


@pytest.mark.parametrize("eps", [1e-3, 0.01, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999])
def test_the_probability_decreases_in_m(eps):
    values = [jl_failure_probability(m, eps) for m in range(1, 200)]
    assert all(a > b for a, b in pairwise(values))


@pytest.mark.parametrize(
    ("pairs", "eps", "failure", "message"),
    [
        (0, 0.5, 0.1, "pairs must be an integer at least 1, got 0"),
        (1, 1, 0.1, r"eps must lie strictly between 0 and 1, got 1\.0"),
        (1, 0.5, 0, r"failure must lie strictly between 0 and 1, got 0\.0"),
    ],
)
def test_refusals_of_the_dimension(pairs, eps, failure, message):
    with pytest.raises(ValueError, match=message):
        jl_dimension(pairs, eps, failure=failure)


# What a given matrix distorts -------------------------------------------------------------

DROP = np.array([[1, 0]])  # keeps the first coordinate


@pytest.mark.parametrize("convert", [lambda x: np.asarray(x, float), exact, to_balls])
def test_a_projection_that_drops_a_coordinate(convert):
    Phi, x, y = (convert(a) for a in (DROP, [[0, 0], [1, 0]], [[3, 4], [1, 0]]))
    # Squared distances 25, 1 and 20, 0 become 9, 1 and 4, 0.
    assert distance_distortion(Phi, x, y) == 1 - convert([[4]])[0, 0] / 20
    assert inner_product_distortion(Phi, x, y) == 0
    assert inner_product_distortion(Phi, y) == 16  # 25 becomes 9
    assert inner_product_distortion(Phi, y, relative=True) == convert([[16]])[0, 0] / 25


def test_errors_of_inner_products_and_of_lengths():
    Phi = np.array([[1.0, 0.0]])
    x, y = np.array([[3.0, 4.0], [0.0, 0.0]]), np.array([[1.0, 1.0]])
    assert inner_product_errors(Phi, x, y).tolist() == [[4], [0]]
    assert length_distortion(Phi, x) == 1 - 9 / 25
    assert length_distortion(Phi, 0 * x) == 0


def test_no_pairs_no_distortion():
    for x in (np.zeros((2, 2)), exact([[0, 0]]), to_balls([[0, 0]])):
        Phi = DROP if x.dtype != object else exact(DROP)
        assert distance_distortion(Phi, x) == 0
        assert inner_product_distortion(Phi, x, relative=True) == 0


def test_an_irrational_relative_distortion():
    x, y = exact([[1, 1]]), exact([[1, 0], [2, 1]])
    assert inner_product_distortion(exact(DROP), x, y) == 1
    with pytest.raises(TypeError, match="irrational"):
        inner_product_distortion(exact(DROP), x, y, relative=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_products_are_bounded_by_distances_of_sums(seed):
    """|<Phi x, Phi y> - <x, y>| <= eps (|x|^2 + |y|^2) / 2 where x + y and x - y move by <= eps."""
    rng = np.random.default_rng(seed)
    x, y = exact(rng.integers(-5, 6, (1, 4))), exact(rng.integers(-5, 6, (1, 4)))
    Phi = exact(rng.integers(-2, 3, (2, 4)))
    eps = max(distance_distortion(Phi, x, y), distance_distortion(Phi, x, -y))
    assert inner_product_distortion(Phi, x, y) <= eps * ((x**2).sum() + (y**2).sum()) / 2


def test_refusals_of_distortions():
    for function in (distance_distortion, inner_product_distortion):
        with pytest.raises(ValueError, match=r"y must have 2 columns, got shape \(1, 3\)"):
            function(DROP, np.ones((1, 2)), np.ones((1, 3)))
        with pytest.raises(ValueError, match="x must be finite, got inf"):
            function(DROP, [[np.inf, 0]])
