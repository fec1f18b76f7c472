"""The absmean quantizer: known matrices, RoundClip as printed, ties, extremes, information."""

from fractions import Fraction
from math import log2, sqrt

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.ternary import (
    absmean,
    dequantize,
    quantization_error,
    scale,
    squared_error,
    ternarize,
    threshold,
    trit_capacity,
    trit_distribution,
    trit_entropy,
)
from spectral.balls import Ball, Undecided, midpoints, to_balls

EPS = np.finfo(float).eps
few = settings(max_examples=60, deadline=None)
entries = st.integers(-6, 6)  # 2 w = gamma is common among them
matrices = st.integers(1, 3).flatmap(
    lambda m: st.lists(st.lists(entries, min_size=m, max_size=m), min_size=1, max_size=3)
)
nonzero = matrices.filter(lambda W: any(map(any, W)))
exact = np.vectorize(Fraction, otypes=[object])


def round_clip(x):
    """As printed, with Python's round, which takes half to even."""
    return max(-1, min(1, round(x)))


@pytest.mark.parametrize(
    ("W", "gamma", "trits", "error"),
    [
        ([[0, 1]], Fraction(1, 2), [[0, 1]], Fraction(1, 4)),
        ([[1, 3]], 2, [[0, 1]], 2),  # 1 is half of gamma: a tie, to 0
        ([[-1, -3]], 2, [[0, -1]], 2),
        ([[1, -1]], 1, [[1, -1]], 0),
        ([5], 5, [1], 0),
        ([[0, 0, 1]], Fraction(1, 3), [[0, 0, 1]], Fraction(4, 9)),
        ([3, 1, 1, 3], 2, [1, 0, 0, 1], 4),  # 3/2 goes to 2, and is clipped
    ],
)
def test_known(W, gamma, trits, error):
    W = exact(W)
    assert absmean(W) == gamma
    np.testing.assert_array_equal(ternarize(W), trits)
    assert squared_error(W) == error
    assert threshold(W) == gamma / Fraction(2)
    np.testing.assert_array_equal(dequantize(W), gamma * np.array(trits))
    float_error = quantization_error(W.astype(float))
    np.testing.assert_allclose(float_error, sqrt(error), rtol=16 * EPS)


@few
@given(nonzero, st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(3)]))
def test_three_arithmetics_give_what_is_printed(W, eps):
    W = exact(W)
    s = absmean(W) + eps
    printed = [[round_clip(w / s) for w in row] for row in W]
    np.testing.assert_array_equal(ternarize(W, eps=eps), printed)
    assert scale(W, eps=eps) == s
    if any(2 * abs(w) == s for w in W.flat):
        return  # at a tie a rounded gamma may go either way, and a ball of it may not say
    np.testing.assert_array_equal(ternarize(to_balls(W), eps=eps), printed)
    np.testing.assert_array_equal(ternarize(W.astype(float), eps=float(eps)), printed)
    exact_error = squared_error(W, eps=eps)
    ball = squared_error(to_balls(W), eps=eps)
    assert ball.lower <= exact_error <= ball.upper
    if exact_error > 0:  # else the root of a ball around 0
        root = quantization_error(to_balls(W), eps=eps)
        floats = quantization_error(W.astype(float), eps=float(eps))
        np.testing.assert_allclose(floats, midpoints(root), rtol=0, atol=16 * EPS * float(9 * s))


@few
@given(nonzero)
def test_error_is_least_where_trits_are_free_to_move(W):
    """No trit is further from w than another trit but for ties: nearest is what rounding means."""
    W = exact(W)
    gamma, T = absmean(W), ternarize(W)
    for t in (-1, 0, 1):
        assert (abs(W - gamma * T) <= abs(W - gamma * t)).all()


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1.0, 1e160, 1e300])
def test_extremes(size):
    W = size * np.array([[3.0, 1.0, 1.0], [-3.0, 0.0, 4.0]])
    np.testing.assert_array_equal(ternarize(W), [[1, 0, 0], [-1, 0, 1]])
    expected = quantization_error(np.array([[3.0, 1.0, 1.0], [-3.0, 0.0, 4.0]]))
    np.testing.assert_allclose(quantization_error(W) / size, expected, rtol=32 * EPS)


def test_eps_lets_zero_through():
    W = np.zeros((2, 2))
    np.testing.assert_array_equal(ternarize(W, eps=1e-5), W)
    assert quantization_error(W, eps=1e-5) == 0
    assert scale(W, eps=1e-5) == 1e-5
    np.testing.assert_array_equal(ternarize([1, 3], eps=6), [0, 0])


def test_undecided():
    root = Ball(flint.arb(2).sqrt())
    with pytest.raises(Undecided):
        ternarize([root, 3 * root])  # 2 w = gamma, but balls cannot say so


def test_a_rational_has_no_root():
    with pytest.raises(TypeError, match="sqrt"):
        quantization_error(exact([[0, 1]]))


def test_trits_are_counted_exactly():
    third = Fraction(1, 3)
    assert list(trit_distribution([[-1, 0, 1]])) == [third] * 3
    assert list(trit_distribution([1, 1])) == [0, 0, 1]
    assert trit_entropy(to_balls([third] * 3)).lower <= trit_capacity(like=Ball(1)).upper


@pytest.mark.parametrize(
    ("p", "bits"),
    [
        ([1 / 3] * 3, log2(3)),
        ([0, 1, 0], 0),
        ([1 / 2, 0, 1 / 2], 1),
        ([1 / 4, 1 / 2, 1 / 4], 3 / 2),
    ],
)
def test_entropy(p, bits):
    np.testing.assert_allclose(trit_entropy(p), bits, rtol=4 * EPS)
    assert trit_entropy(p) <= trit_capacity() * (1 + 4 * EPS)


@few
@given(st.tuples(*[st.integers(0, 20)] * 3).filter(any))
def test_entropy_is_below_capacity(counts):
    """Certified where the shares are not all equal."""
    p = to_balls([Fraction(c, sum(counts)) for c in counts])
    if len(set(counts)) > 1:
        assert trit_entropy(p) < trit_capacity(like=p[0])
    np.testing.assert_allclose(trit_entropy(midpoints(p)), trit_entropy(p).mid, atol=16 * EPS)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ternarize([[0, 0]]), "W must not be 0 where eps = 0"),
        (lambda: ternarize(exact([[0, 0]])), "W must not be 0 where eps = 0"),
        (lambda: ternarize([1], eps=-1), "eps must be finite and not negative, got -1"),
        (lambda: ternarize([1], eps=np.inf), "eps must be finite and not negative, got inf"),
        (lambda: ternarize(exact([1]), eps=0.5), "eps must be exact .* got 0.5"),
        (lambda: absmean([]), r"W must be nonempty, got shape \(0,\)"),
        (lambda: absmean([np.inf]), "W must be finite, got inf"),
        (lambda: absmean([1j]), "W must be real, got dtype complex128"),
        (lambda: absmean([Fraction(1), 0.5]), "W must be exact .* got 0.5"),
        (lambda: trit_distribution([2]), r"T must have entries in .* got .*2"),
        (lambda: trit_distribution([0.5]), r"T must have entries in .* got .*0.5"),
        (lambda: trit_distribution([]), "T must be nonempty"),
        (lambda: trit_entropy([0.5, 0.5]), "p must be three shares"),
        (lambda: trit_entropy([1, 1, -1]), "p must be three shares"),
        (lambda: trit_entropy([0.5, 0.5, 0.5]), "p must sum to 1, got 1.5"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
