"""Complexities, Bernstein and generalisation on problems small enough to enumerate."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import midpoints, to_balls
from spectral.concentration import bernstein_bound, sign_tail
from spectral.generalization import contraction, deviation_squared, failure_probability
from spectral.rademacher import (
    attention_class_complexity,
    finite_class_complexity,
    linear_class_complexity,
)

EPS = np.finfo(float).eps
HALF = Fraction(1, 2)


def test_known_complexities():
    everything = np.array(list(product((-1, 1), repeat=3)), float)
    assert finite_class_complexity(everything) == 1  # shatters the sample
    assert finite_class_complexity(everything[:1]) == 0  # one hypothesis
    assert linear_class_complexity(np.eye(4), 2.0) == 2 * 2 / 4  # orthonormal: B / sqrt(m)
    assert attention_class_complexity(np.array([[Fraction(0), Fraction(1)]]), 2) == 1


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_attention_class_is_that_of_its_selectors(seed, m, N):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((m, N))
    selectors = np.array([[x[list(keys)].sum() for x in X] for keys in product(range(N), repeat=N)])
    exact = finite_class_complexity(selectors)
    for r in range(N, N * N + 1):
        assert abs(attention_class_complexity(X, r) - exact) <= 32 * EPS * N * np.abs(X).max()
    # Any dense member for each sign vector: no choice correlates better.
    signs = list(product((1, -1), repeat=m))
    chosen = [s @ (X @ rng.dirichlet(np.ones(N), N).sum(axis=0)) for s in signs]
    assert np.mean(chosen) / m <= exact + 32 * EPS * N * np.abs(X).max()


def test_bernstein_by_hand():
    A = np.ones((1, 1, 1))
    assert sign_tail(A, 1.0) == 1
    assert sign_tail(A, 1.5) == 0
    # sigma^2 = R = t = 1: 2 exp(-(1/2) / (4/3))
    assert abs(bernstein_bound(A, 1.0) - 2 * np.exp(-3 / 8)) <= 4 * EPS
    two = np.ones((2, 1, 1))
    assert sign_tail(two, 2.0) == HALF
    exact = to_balls(np.full((1, 1, 1), Fraction(1)))
    assert abs(midpoints(bernstein_bound(exact, Fraction(1))) - 2 * np.exp(-3 / 8)) <= 4 * EPS


def test_failure_probability_by_hand():
    losses = np.array([[Fraction(0), Fraction(8)]])  # R = 4, R_hat is 0 or 8
    none = lambda on_sample: 0  # noqa: E731
    assert failure_probability(to_balls(losses), 1, HALF, complexity=none) == HALF
    assert failure_probability(losses.astype(float) / 8, 1, 0.5, complexity=none) == 0
    expected = 9 * np.log(4) / 6
    assert abs(deviation_squared(3, 0.5, like=np.ones(1)) - expected) <= 8 * EPS


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_contraction(seed):
    rng = np.random.default_rng(seed)
    outputs = rng.standard_normal((3, 3))
    of_losses, of_outputs = contraction(outputs, rng.uniform(0.1, 3))
    assert of_losses <= of_outputs + 64 * EPS * np.abs(outputs).max() * 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: attention_class_complexity(np.ones((1, 3)), 2), r"nonzeros must be .*2"),
        (lambda: finite_class_complexity(np.ones((1, 21))), r"sample size must be .*21"),
        (lambda: sign_tail(np.ones((17, 1, 1)), 1.0), r"number of matrices must be .*17"),
        (lambda: failure_probability(np.ones((1, 10)), 6, 0.5), r"number of samples must be"),
        (lambda: failure_probability(-np.ones((1, 2)), 1, 0.5), r"losses must be"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
