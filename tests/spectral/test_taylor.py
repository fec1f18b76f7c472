"""Taylor weights: against the sum they are defined by, in three arithmetics."""

from fractions import Fraction
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import midpoints, to_balls
from spectral.graph import attention_weights
from spectral.taylor import monomials, taylor_error, taylor_rank, taylor_weights


def test_monomials_of_two_variables():
    x = np.array([[2.0, 3.0]])
    assert monomials(x, 2).tolist() == [[1, 2, 3, 4, 6, 9]]
    assert monomials(x, 0).tolist() == [[1]]


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(0, 4))
@settings(max_examples=30, deadline=None)
def test_definition_rank_and_error(seed, d, degree):
    q, k = np.random.default_rng(seed).standard_normal((2, 4, d))
    s = q @ k.T / np.sqrt(d)
    expected = sum(s**j / factorial(j) for j in range(degree + 1))
    T = taylor_weights(q, k, degree)
    scale = np.exp(np.abs(s).max())  # of the terms that cancel
    assert np.abs(T - expected).max() <= 64 * np.finfo(float).eps * scale
    assert monomials(q, degree).shape[1] == taylor_rank(d, degree) == comb(d + degree, d)
    assert np.abs(T - attention_weights(q, k)).max() <= taylor_error(np.abs(s).max(), degree) * (
        1 + 1e-12  # rounding of both sides, some hundred eps
    )


def test_exact_on_rationals_and_enclosing_in_balls():
    q = np.array([[Fraction(1, 2)], [Fraction(2)]])
    T = taylor_weights(q, q, 2)
    assert T[0, 1] == 1 + Fraction(1) + Fraction(1, 2)
    assert midpoints(taylor_weights(to_balls(q), to_balls(q), 2))[0, 1] == 2.5


def test_negative_degree_is_refused():
    with pytest.raises(ValueError, match=r"degree must be .*-1"):
        monomials(np.ones((1, 1)), -1)
