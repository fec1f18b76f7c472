"""Sigmoid gates: known answers, and tails that do not overflow."""

import numpy as np
import pytest

from gpu import gated
from gpu.gates import _sigmoid

EPS = np.finfo(float).eps


def test_scores_of_zero_sum_half_the_values():
    v = np.arange(6.0).reshape(3, 2)
    np.testing.assert_array_equal(
        gated(np.zeros((2, 4)), np.ones((3, 4)), v).output, [[3, 4.5]] * 2
    )


def test_a_large_bias_sums_all_values_and_a_small_one_none():
    v = np.ones((5, 1))
    q = np.zeros((1, 2))
    k = np.zeros((5, 2))
    assert gated(q, k, v, bias=50).output == 5
    np.testing.assert_allclose(gated(q, k, v, bias=-50).output, 5 * np.exp(-50), rtol=16 * EPS)


def test_minus_log_n_averages_where_scores_are_small():
    """N / (1 + N) of the mean: the gates are 1 / (1 + N)."""
    v = np.random.default_rng(0).standard_normal((8, 2))
    output = gated(np.zeros((1, 2)), np.zeros((8, 2)), v, bias=-np.log(8)).output
    np.testing.assert_allclose(output[0], v.sum(0) / 9, rtol=0, atol=64 * EPS)


def test_the_sigmoid_in_both_tails():
    x = np.array([-1e4, -700, -30, -1, 0, 1, 30, 1e4])
    exact = np.array([0, np.exp(-700.0), 1 / (1 + np.exp(30.0)), 1 / (1 + np.exp(1.0)), 0.5])
    np.testing.assert_allclose(_sigmoid(x)[:5], exact, rtol=4 * EPS)
    np.testing.assert_allclose(_sigmoid(x) + _sigmoid(-x), 1, rtol=4 * EPS)


def test_the_order_of_keys_does_not_matter():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal((9, 3)) for _ in range(3))
    p = rng.permutation(9)
    np.testing.assert_allclose(gated(q, k[p], v[p]).output, gated(q, k, v).output, atol=256 * EPS)


def test_what_is_refused():
    q = np.ones((2, 2))
    with pytest.raises(ValueError, match="bias must be finite, got nan"):
        gated(q, q, q, bias=np.nan)
