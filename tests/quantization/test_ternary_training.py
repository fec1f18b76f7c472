"""Training of ternary weights: what it passes through, on toys and on measured data."""

from itertools import product

import numpy as np
import pytest

from quantization.objectives import least_squares
from quantization.real_tasks import diabetes, diabetes_table, digits
from quantization.ternary import dequantize, ternarize
from quantization.ternary_fit import best_ternary
from quantization.ternary_training import best_ternary_regression, quantization_cost, train

EPS = np.finfo(float).eps
rng = np.random.default_rng(1)
X, Y = rng.standard_normal((20, 3)), rng.standard_normal(20)


def test_the_first_loss_is_that_of_quantization_after_training():
    objective, W = least_squares(X, Y), np.array([0.1, -0.4, 0.9])
    training = train(objective, W, rate=0.1, steps=30)
    assert training.losses[0] == objective.loss(dequantize(W))
    assert objective.loss(training.best) == training.losses.min()
    assert training.losses.shape == (30,)
    assert training.flips.shape == (29,)
    cost = quantization_cost(objective, W, rate=0.1, steps=30)
    assert cost.aware <= cost.after_training == training.losses[0] - objective.loss(W)


def test_one_step_by_hand():
    """|y - w|^2 / |y|^2 with the identity for X: gradient 2 (q - y) / |y|^2."""
    objective = least_squares(np.eye(2), np.array([0.0, 2.0]))
    start = np.array([1.0, 2.0])  # gamma = 3/2: trits 1, 1, and 2 > gamma stays
    one, two = (train(objective, start, rate=1.0, steps=n) for n in (1, 2))
    np.testing.assert_array_equal(one.best, [1.5, 1.5])
    assert one.losses[0] == (1.5**2 + 0.5**2) / 4
    # w = (1 - 2 (3/2) / 4, 2) = (1/4, 2): gamma = 9/8, trits 0, 1
    assert two.losses[1] == (2 - 1.125) ** 2 / 4
    assert two.flips[0] == 0.5
    free = train(objective, start, rate=1.0, steps=2, indicator=False)
    assert free.losses[1] == (2 - 1.25) ** 2 / 4  # w = (1/4, 9/4)


def test_the_best_regression_is_the_best_of_all():
    def least(t):
        size = ((X @ t) ** 2).sum()
        scale = max(Y @ X @ t, 0) / size if size else 0
        return ((Y - scale * (X @ t)) ** 2).sum() / (Y**2).sum()

    found = best_ternary_regression(X, Y)
    np.testing.assert_allclose(
        found.loss, min(least(np.array(t)) for t in product((-1, 0, 1), repeat=3)), rtol=64 * EPS
    )


def test_orthonormal_inputs_make_it_the_nearest_matrix():
    w = np.array([0.3, -1.0, 0.9])
    found, fit = best_ternary_regression(np.eye(3), w), best_ternary(w)
    np.testing.assert_array_equal(found.trits, fit.trits)
    np.testing.assert_allclose(found.scale, fit.scale, rtol=8 * EPS)


def test_nothing_to_explain():
    found = best_ternary_regression([[1.0], [0.0]], [0.0, 1.0])
    assert (found.scale, found.loss) == (0, 1)


def test_diabetes():
    """Even the best of the 3^10 ternary models costs six times the square of what PTQ costs."""
    task = diabetes()
    full = task.objective.loss(task.weights)
    np.testing.assert_allclose(1 - full, 0.5177, atol=5e-5)  # R^2, as in scikit-learn's examples
    best = best_ternary_regression(*diabetes_table())
    cost = quantization_cost(task.objective, task.weights, rate=1 / 64, steps=64)
    np.testing.assert_allclose(cost.after_training, 0.060223, atol=5e-7)
    np.testing.assert_allclose(best.loss - full, 0.022444, atol=5e-7)
    assert best.loss - full <= cost.aware <= cost.after_training
    assert best.loss - full > 6 * cost.after_training**2


@pytest.mark.parametrize(("indicator", "ratio"), [(True, 0.81), (False, 0.21)])
def test_digits(indicator, ratio):
    """The trajectory is chaotic, so another BLAS may end elsewhere: a quarter is allowed."""
    task = digits()
    cost = quantization_cost(task.objective, task.weights, rate=1, steps=200, indicator=indicator)
    np.testing.assert_allclose(cost.after_training, 0.6815, rtol=1e-3)
    np.testing.assert_allclose(cost.aware / cost.after_training**2, ratio, rtol=0.25)


def test_trits_of_real_tasks_never_settle():
    for task, rate in ((diabetes(), 1 / 16), (digits(steps=50), 1.0)):
        training = train(task.objective, task.weights, rate=rate, steps=60)
        assert training.flips[-20:].mean() > 0.005
        assert ternarize(training.best).shape == task.objective.shape


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: train(least_squares(X, Y), [1.0], rate=1, steps=1), r"start must have shape \(3,"),
        (lambda: train(least_squares(X, Y), np.ones(3), rate=1, steps=0), "steps must be at least"),
        (lambda: train(least_squares(X, Y), np.zeros(3), rate=1, steps=1), "W must not be 0"),
        (lambda: best_ternary_regression(np.ones((2, 13)), [1, 2]), "at most 12 columns, got 13"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
