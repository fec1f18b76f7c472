"""The attention form: its definition as a loop, its kernel, its lower bound."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.graph import attention_matrix, transition_matrix
from spectral.metric import attention_form, deviation_squared, second_derivative_bound

EPS = np.finfo(float).eps


def test_two_tokens_by_hand():
    P = np.array([[Fraction(1, 3), Fraction(2, 3)], [Fraction(1, 4), Fraction(3, 4)]])
    V = np.array([[Fraction(0)], [Fraction(2)]])
    assert attention_form(P, V) == (Fraction(2, 3) + Fraction(1, 4)) * 4
    assert deviation_squared(V) == 2


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_definition_kernel_and_bound(seed, n, d):
    rng = np.random.default_rng(seed)
    P = transition_matrix(rng.random((n, n)) + 0.1)
    V, W = rng.standard_normal((2, n, d))
    loop = sum(P[i, j] * (V[i] - V[j]) @ (W[i] - W[j]) for i in range(n) for j in range(n))
    scale = n * n * d * 16  # entries stay below 4 in modulus but for one draw in 10,000
    assert abs(attention_form(P, V, W) - loop) <= 8 * EPS * scale
    assert abs(attention_form(P, V + 7, W) - loop) <= 64 * EPS * scale
    assert attention_form(P, V) >= 2 * n * P.min() * deviation_squared(V) - 8 * EPS * scale


def test_refusals():
    with pytest.raises(ValueError, match=r"V must have one row a token, 2, got 3"):
        attention_form(np.full((2, 2), 0.5), np.ones((3, 1)))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_form_bends_no_more_than_its_bound(seed):
    X, V = np.random.default_rng(seed).standard_normal((2, 3, 2))
    h = 1 / 64

    def g(t):
        return attention_form(attention_matrix(X + t * V, X + t * V), V)

    second = abs(g(h) - 2 * g(0) + g(-h)) / h**2
    assert second <= second_derivative_bound(X, V, h) + 64 * EPS * g(0) / h**2


def test_a_form_of_equal_vectors_does_not_bend():
    """V = 0 exactly; and V = (1, 1) is a translation, on which the form is 0."""
    X = np.array([[0.0], [1.0]])
    assert second_derivative_bound(X, 0 * X, 1) == 0
    assert second_derivative_bound(X, np.ones((2, 1)), 1) == 0
