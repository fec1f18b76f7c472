"""Sequences: by hand, and softmax attention against the axioms it satisfies."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.graph import attention_matrix
from spectral.sequences import (
    aggregate,
    embed,
    equivariance_defect,
    inner_product,
    normalization_defect,
)

EPS = np.finfo(float).eps


def test_by_hand():
    X = np.array([[Fraction(1), Fraction(2)]])
    assert inner_product(X, 2 * X) == 10
    assert embed([1, 0, 1], np.eye(2)).tolist() == [[0, 1], [1, 0], [0, 1]]
    assert aggregate(np.array([[0.0, 1.0], [1.0, 0.0]]), np.eye(2), np.eye(2)).tolist() == [
        [0, 1],
        [1, 0],
    ]
    assert normalization_defect(np.array([[1.0, 1.0]])).tolist() == [1]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_softmax_attention_is_equivariant_and_normalised(seed, n):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 2))
    defect = equivariance_defect(lambda Y: attention_matrix(Y, Y), X, rng.permutation(n))
    assert np.abs(defect).max() <= 64 * EPS  # weights are at most 1
    assert np.abs(normalization_defect(attention_matrix(X, X))).max() <= 16 * EPS
    loop = sum(X[i] @ X[i] for i in range(n))
    assert abs(inner_product(X, X) - loop) <= 16 * EPS * max(loop, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: inner_product(np.ones((1, 2)), np.ones((2, 1))), "X and Y must have one shape"),
        (lambda: embed([2], np.eye(2)), r"tokens must be .*2"),
        (lambda: embed([0.5], np.eye(2)), "tokens must be a vector of integers"),
        (lambda: equivariance_defect(lambda X: X, np.ones((2, 1)), [0, 0]), "permutation of 2"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
