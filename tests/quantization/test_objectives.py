"""Losses and gradients of linear models: known values, difference quotients, scikit-learn's."""

from fractions import Fraction

import numpy as np
import pytest

from quantization.objectives import least_squares, softmax_regression

EPS = np.finfo(float).eps
rng = np.random.default_rng(0)
X = rng.standard_normal((7, 3))
OBJECTIVES = {
    "squares": least_squares(X, rng.standard_normal(7)),
    "softmax": softmax_regression(X, [0, 1, 2, 2, 1, 0, 0]),
}


@pytest.mark.parametrize("name", OBJECTIVES)
def test_gradient_is_the_difference_quotient(name):
    objective, step = OBJECTIVES[name], 1e-5
    W = rng.standard_normal(objective.shape)
    direction = rng.standard_normal(objective.shape)
    rise = objective.loss(W + step * direction) - objective.loss(W - step * direction)
    slope = (objective.gradient(W) * direction).sum()
    # truncation step^2 times a third derivative of order 10, rounding eps / step
    np.testing.assert_allclose(rise / (2 * step), slope, atol=1e3 * step**2 + 100 * EPS / step)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_descent_descends(name):
    objective = OBJECTIVES[name]
    losses = [objective.loss(objective.descend(rate=0.1, steps=n)) for n in (0, 5, 50)]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > losses[-1]


def test_known_losses():
    exact = np.array([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(2)]])
    squares = least_squares(exact, np.array([Fraction(1), Fraction(1)]))
    assert squares.loss(np.array([1, 1])) == Fraction(1, 2)
    assert list(squares.gradient(np.array([1, 1]))) == [0, 2]
    softmax = softmax_regression([[1.0]], [1])
    np.testing.assert_allclose(softmax.loss(np.zeros((1, 2))), np.log(2), rtol=2 * EPS)
    np.testing.assert_array_equal(softmax.gradient(np.zeros((1, 2))), [[0.5, -0.5]])


def test_large_logits_do_not_overflow():
    softmax = softmax_regression([[1.0]], [1])
    assert softmax.loss(np.array([[1e4, 0.0]])) == 1e4
    np.testing.assert_array_equal(softmax.gradient(np.array([[1e4, 0.0]])), [[1, -1]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: least_squares([1.0], [1.0]), r"X must be \(n, d\), got shape \(1,\)"),
        (lambda: least_squares([[1.0]], [0.0]), r"y must be \(1,\) and not 0, got \(1,\) of max 0"),
        (lambda: least_squares([[1.0]], [1.0, 2.0]), r"y must be \(1,\) and not 0, got \(2,\)"),
        (lambda: softmax_regression([[1.0]], [1, 2]), r"labels must be \(1,\), got shape \(2,\)"),
        (lambda: softmax_regression([[1.0], [1.0]], [-1, 0]), "labels must have entries in"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
