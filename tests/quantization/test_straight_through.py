"""The straight-through estimator: its indicator, where it freezes, descent in a box."""

from fractions import Fraction

import numpy as np
import pytest

from quantization.straight_through import (
    clipped_descent,
    straight_through_gradient,
    straight_through_step,
)
from quantization.ternary import nearest_trits
from spectral.balls import to_balls

exact = np.vectorize(Fraction, otypes=[object])


def signs(x):
    return np.array([(v > 0) - (v < 0) for v in x])


@pytest.mark.parametrize(
    ("W", "passes"),
    [
        ([1, 3], [1, 0]),  # gamma = 2
        ([1, -1], [1, 1]),  # |W| = gamma passes
        ([[0, 0, -6]], [[1, 1, 0]]),
        ([5], [1]),
    ],
)
def test_the_indicator(W, passes):
    for arithmetic in (exact(W), np.array(W, float), to_balls(W)):
        gradient = arithmetic * 0 + 7
        np.testing.assert_array_equal(
            straight_through_gradient(arithmetic, gradient), 7 * np.array(passes)
        )


def test_eps_widens_the_indicator():
    np.testing.assert_array_equal(straight_through_gradient([1, 3], [1, 1], eps=1), [1, 1])


def test_it_freezes_beyond_gamma():
    """|t_1 + 1| is least at t_1 = -1, but (3, 1) does not move."""
    frozen = straight_through_step(exact([3, 1]), lambda t: np.array([1, 0]), rate=1)
    assert list(frozen) == [3, 1]


def test_the_floor_is_attained():
    """|w - 1/2| from 1/2: every trit is off by 1/2 = G_1 / 2, and L(w*) = 0."""
    half = Fraction(1, 2)
    path = clipped_descent(lambda q: signs(q - half), exact([half]), rate=Fraction(1, 9), steps=20)
    assert {abs(q - half) for q in path[:, 0]} == {half}


def test_three_arithmetics_agree():
    def gradient(q):
        return np.array([2, -1])

    paths = [
        clipped_descent(gradient, start, rate=rate, steps=6)
        for start, rate in (
            (exact(["1/3", "-1/5"]), Fraction(1, 7)),
            (np.array([1 / 3, -1 / 5]), 1 / 7),
            (to_balls(exact(["1/3", "-1/5"])), Fraction(1, 7)),
        )
    ]
    np.testing.assert_array_equal(paths[0], paths[1])
    np.testing.assert_array_equal(paths[0], paths[2])
    assert paths[0].shape == (6, 2)


def test_trits_at_a_given_scale():
    np.testing.assert_array_equal(nearest_trits([[1.0, 1.0]], [[1, 3]]), [[1, 0]])
    np.testing.assert_array_equal(nearest_trits(to_balls([1, -3]), 2), [0, -1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: straight_through_gradient([1, 2], [1]), r"gradient must have the shape \(2,\)"),
        (lambda: straight_through_gradient([1], [np.inf]), "gradient must be finite, got inf"),
        (lambda: clipped_descent(signs, [2], rate=1, steps=1), r"start must be in \[-1, 1\], got"),
        (lambda: clipped_descent(signs, [0], rate=1, steps=0), "steps must be at least 1, got 0"),
        (lambda: nearest_trits([1], 0), "s must be positive, got 0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
