"""Distances and attention that depends on them: known answers, invariance, three arithmetics."""

from fractions import Fraction
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist

from spectral.balls import midpoints, to_balls
from spectral.distances import (
    distance_attention,
    gaussian_attention,
    squared_distances,
    squared_lengths,
    weights_by_differences,
)
from spectral.graph import attention_matrix, transition_matrix

EPS = np.finfo(float).eps
TOKENS = arrays(float, (3, 2), elements=st.floats(-2, 2))
X = np.array([[0.0, 1.0], [2.0, -1.0], [1.0, 1.0]])


def test_against_scipy():
    assert squared_distances(X, 2 * X) == pytest.approx(cdist(X, 2 * X) ** 2, rel=8 * EPS)
    assert squared_lengths(X).tolist() == [1, 5, 2]


def test_rationals_are_exact():
    x = np.array([[Fraction(1, 3)], [Fraction(1, 2)]], object)
    assert squared_distances(x, x)[0, 1] == Fraction(1, 36)


def test_two_tokens_by_hand():
    x = np.array([[0.0], [1.0]])
    assert gaussian_attention(x)[0] == pytest.approx(np.array([1, exp(-1)]) / (1 + exp(-1)))
    assert distance_attention(x)[0, 1] == pytest.approx(exp(-1 / 2) / (1 + exp(-1 / 2)))


def test_one_token():
    assert gaussian_attention(np.array([[3.0]])).tolist() == [[1]]
    assert weights_by_differences(gaussian_attention, np.array([[3.0]])).tolist() == [[1]]


def test_balls_enclose_the_floats():
    x = to_balls([[0, 1], [2, -1], [1, 1]])
    for f in (gaussian_attention, distance_attention):
        assert midpoints(f(x)) == pytest.approx(f(X), abs=32 * EPS)


def test_widths_must_agree():
    with pytest.raises(ValueError, match=r"x and y must have one width, got shapes \(3, 2\)"):
        squared_distances(X, X[:, :1])


@settings(max_examples=25)
@given(TOKENS, st.floats(-2, 2))
def test_moving_all_tokens_changes_nothing(x, t):
    # rounding x + t moves a squared distance by 2 |x_i - x_j| 4 eps at most, in each coordinate
    for f in (gaussian_attention, distance_attention):
        assert f(x + t) == pytest.approx(f(x), abs=512 * EPS)


@settings(max_examples=25)
@given(TOKENS)
def test_rows_are_proportional_to_a_function_of_the_difference(x):
    def attend(y):
        return gaussian_attention(y, drift=1)

    # exponents are at most 32 + 8 in modulus, so each weight is right to some 64 eps
    rebuilt = transition_matrix(weights_by_differences(attend, x))
    assert rebuilt == pytest.approx(attend(x), abs=512 * EPS)


def test_softmax_attention_is_not_of_this_kind():
    rebuilt = transition_matrix(weights_by_differences(lambda y: attention_matrix(y, y), X))
    assert abs(rebuilt - attention_matrix(X, X)).max() > 0.1
