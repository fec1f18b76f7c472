"""The nearest ternary matrix: against all of them, and the worst matrix there is."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.ternary import squared_error
from quantization.ternary_fit import best_ternary, worst_relative_error
from spectral.balls import Ball, midpoints, to_balls

EPS = np.finfo(float).eps
few = settings(max_examples=60, deadline=None)
exact = np.vectorize(Fraction, otypes=[object])
vectors = st.lists(st.integers(-6, 6), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("W", "scale", "trits", "error"),
    [
        ([[0, 1]], 1, [[0, 1]], 0),
        ([[1, 2]], Fraction(3, 2), [[1, 1]], Fraction(1, 2)),
        ([[1, -3]], 3, [[0, -1]], 1),
        ([[5]], 5, [[1]], 0),
        ([[0, 0]], 0, [[0, 0]], 0),
        ([2, -2, 2], 2, [1, -1, 1], 0),
        ([1, 1, 5, -5], 5, [0, 0, 1, -1], 2),
    ],
)
def test_known(W, scale, trits, error):
    for arithmetic in (exact(W), np.array(W, float), to_balls(W)):
        fit = best_ternary(arithmetic)
        np.testing.assert_array_equal(fit.trits, trits)
        assert (fit.scale, fit.squared_error) == (scale, error)


@few
@given(vectors)
def test_no_trits_are_nearer(w):
    """Against every t, with the scale <w, t>+ / <t, t> that is best for it."""
    w = exact(w)
    others = []
    for t in product((-1, 0, 1), repeat=len(w)):
        fitted = max(sum(w * t), 0) / Fraction(max(sum(map(abs, t)), 1))
        others.append(((w - fitted * np.array(t)) ** 2).sum())
    fit = best_ternary(w)
    assert fit.squared_error == min(others)
    assert ((w - fit.scale * fit.trits) ** 2).sum() == fit.squared_error
    floats = best_ternary(w.astype(float)).squared_error
    np.testing.assert_allclose(floats, float(min(others)), atol=64 * EPS * 36 * len(w))


@few
@given(vectors.filter(any))
def test_between_absmean_and_the_worst(w):
    w = exact(w)
    least = best_ternary(w).squared_error
    assert least <= squared_error(w)
    assert least <= worst_relative_error(len(w), like=Ball(1)) * (w**2).sum()


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_the_worst_matrix(n):
    """|W| = sqrt(k) - sqrt(k - 1) leaves as much as the bound, whatever the support."""
    w = np.diff(np.sqrt(np.arange(n + 1)))
    share = best_ternary(w).squared_error / (w**2).sum()
    np.testing.assert_allclose(share, worst_relative_error(n), rtol=0, atol=16 * n * EPS)


def test_worst_values():
    assert worst_relative_error(1) == 0
    np.testing.assert_allclose(worst_relative_error(2), (2 - 2**0.5) / 4, rtol=8 * EPS)
    ball = worst_relative_error(7, like=Ball(1))
    np.testing.assert_allclose(worst_relative_error(7), midpoints(ball), rtol=64 * EPS)


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_extremes(size):
    fit = best_ternary(size * np.array([1.0, 1.0, -2.0]))
    np.testing.assert_array_equal(fit.trits, [1, 1, -1])
    np.testing.assert_allclose(fit.scale, 4 / 3 * size, rtol=8 * EPS)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: best_ternary([]), "W must be nonempty"),
        (lambda: best_ternary([np.inf]), "W must be finite, got inf"),
        (lambda: worst_relative_error(0), "n must be at least 1, got 0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
