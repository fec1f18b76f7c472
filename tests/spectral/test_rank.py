"""Ranks: closed forms, invariances, refusals."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.rank import adjoins_direction, affine_rank, effective_rank, layer_norm, row_deviations

EPS = np.finfo(float).eps


def test_effective_rank_of_projections_is_their_rank():
    for r in (1, 2, 5):
        P = np.diag([1.0] * r + [0.0] * (5 - r))
        assert abs(effective_rank(P) - r) <= 16 * EPS * r
    # singular values 3, 1: H = log 4 - (3/4) log 3
    assert abs(effective_rank(np.diag([3.0, 1.0])) - 4 / 3**0.75) <= 16 * EPS


def test_affine_rank_counts_the_hull():
    assert affine_rank(np.ones((3, 2))) == 1
    assert affine_rank(np.array([[0.0], [1.0], [2.0]])) == 2
    assert affine_rank(np.array([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(0)]])) == 2


def test_layer_norm_in_two_dimensions_is_a_sign():
    X = np.array([[Fraction(0), Fraction(1)], [Fraction(5), Fraction(2)]])
    assert layer_norm(X).tolist() == [[-1, 1], [1, -1]]
    assert row_deviations(X).tolist() == [Fraction(1, 2), Fraction(3, 2)]


@given(st.integers(0, 2**32 - 1), st.integers(2, 5), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_layer_norm_centres_scales_and_ignores_affine_changes(seed, d, n):
    X = np.random.default_rng(seed).standard_normal((n, d))
    Y = layer_norm(X)
    sigma = row_deviations(X)
    # centring loses eps max|x|, divided by sigma
    tolerance = 64 * EPS * np.abs(X).max() / sigma.min()
    assert np.abs(Y.mean(axis=1)).max() <= tolerance
    assert np.abs((Y**2).mean(axis=1) - 1).max() <= tolerance
    assert np.abs(layer_norm(3 * X + 1) - Y).max() <= 8 * tolerance


def test_adjoins_direction():
    A = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    assert adjoins_direction(A, np.array([0.0, 0.0, 1.0]))
    assert not adjoins_direction(A, np.array([1.0, 2.0, 0.0]))


def test_refusals():
    with pytest.raises(ValueError, match=r"X must have no constant row, got row 1"):
        layer_norm(np.array([[0.0, 1.0], [2.0, 2.0]]))
    with pytest.raises(ValueError, match="A must not be zero"):
        effective_rank(np.zeros((2, 2)))
