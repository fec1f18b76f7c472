"""Random rounding: its law, its mean, and the two gradients that it sets apart."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.random_rounding import (
    expectation,
    rounded_at_random,
    rounding_law,
    surrogate_gradient,
)
from spectral.balls import to_balls

EPS = np.finfo(float).eps
few = settings(max_examples=40, deadline=None)
exact = np.vectorize(Fraction, otypes=[object])
inside = st.fractions(-1, 1, max_denominator=12).filter(lambda x: x.denominator > 1)


@pytest.mark.parametrize(
    ("w", "law"),
    [
        (0, [0, 1, 0]),
        (1, [0, 0, 1]),
        (-1, [1, 0, 0]),
        (Fraction(1, 4), [0, Fraction(3, 4), Fraction(1, 4)]),
        (Fraction(-2, 3), [Fraction(2, 3), Fraction(1, 3), 0]),
    ],
)
def test_law(w, law):
    np.testing.assert_array_equal(rounding_law(exact([w])), [law])
    np.testing.assert_array_equal(rounding_law(to_balls([w])), [law])
    np.testing.assert_allclose(rounding_law([float(w)]), [[float(p) for p in law]], atol=EPS)


@few
@given(st.lists(st.fractions(-1, 1, max_denominator=12), min_size=1, max_size=3))
def test_the_mean_is_w_and_the_variance_that_of_a_coin(w):
    w = exact(w)
    np.testing.assert_array_equal(expectation(lambda q: q, w), w)
    np.testing.assert_array_equal(expectation(lambda q: (q - w) ** 2, w), abs(w) * (1 - abs(w)))
    assert expectation(lambda q: 1, w) == 1


@few
@given(st.lists(st.tuples(inside, inside, inside), min_size=1, max_size=3), inside, inside)
def test_the_two_gradients_of_a_quadratic(rows, first, second):
    """L(w) = |X w - y|^2 / 2: grad L(w), and that with X_i^2 (1/2 - |w_i|) sign(w_i) more."""
    data, w = exact(rows), exact([first, second])
    X, y = data[:, :2], data[:, 2]
    plain = X.T @ (X @ w - y)
    np.testing.assert_array_equal(expectation(lambda q: X.T @ (X @ q - y), w), plain)
    extra = (X**2).sum(axis=0) * (Fraction(1, 2) - abs(w)) * np.where(w > 0, 1, -1)

    def loss(q):
        return ((X @ q - y) ** 2).sum() / Fraction(2)

    np.testing.assert_array_equal(surrogate_gradient(loss, w), plain + extra)


def test_surrogate_gradient_is_its_difference_quotient():
    def loss(q):
        return abs(q[0] - Fraction(1, 4)) + q[0] * q[1]

    w, step = exact(["1/3", "-2/5"]), exact(["1/30", 0])
    quotient = (expectation(loss, w + step) - expectation(loss, w)) * 30
    assert surrogate_gradient(loss, w)[0] == quotient == Fraction(1, 2) + w[1]


def test_draws_have_the_law():
    w, trials = np.array([-0.3, 0.0, 0.8, 1.0]), 20_000
    rng = np.random.default_rng(0)
    drawn = rounded_at_random(np.tile(w, (trials, 1)), rng)
    # 5 standard deviations of a mean of coins: fails once in 10^6 seeds
    np.testing.assert_allclose(drawn.mean(axis=0), w, atol=5 * 0.5 / np.sqrt(trials))
    assert set(drawn[:, 0]) == {-1, 0}
    assert set(drawn[:, 3]) == {1}
    assert drawn.dtype == np.int64


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rounding_law([1.5]), r"w must be in \[-1, 1\], got max \|w\| = 1.5"),
        (lambda: rounded_at_random([-2], None), r"w must be in \[-1, 1\]"),
        (lambda: expectation(sum, [[0.5]]), r"w must be a vector, got shape \(1, 1\)"),
        (lambda: surrogate_gradient(sum, [0.5, 0]), "w must have no entry in .*, where there are"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
