"""BitLinear: what is rounded and by how much, as printed and as in BitNet."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quantization.ternary import absmean, dequantize, ternarize
from quantization.ternary_layer import (
    absmax,
    activation_step,
    activations_as_printed,
    bitlinear,
    bitlinear_as_printed,
    quantized_activations,
)

EPS = np.finfo(float).eps
few = settings(max_examples=60, deadline=None)
exact = np.vectorize(Fraction, otypes=[object])
entries = st.integers(-300, 300)
tokens = arrays(np.int64, (2, 3), elements=entries).filter(lambda X: X.any(axis=1).all())
weights = arrays(np.int64, (3, 2), elements=st.integers(-5, 5)).filter(np.any)


@pytest.mark.parametrize(
    ("X", "integers"),
    [
        ([[1, 2]], [[64, 127]]),  # 63.5 goes to the even 64
        ([[3, 254]], [[2, 127]]),  # 1.5 to 2
        ([[1, 254]], [[0, 127]]),  # 0.5 to 0
        ([[-7]], [[-127]]),
        ([[0, 5]], [[0, 127]]),
    ],
)
def test_known_integers(X, integers):
    for arithmetic in (exact(X), np.array(X, float)):
        np.testing.assert_array_equal(quantized_activations(arithmetic), integers)


def test_a_scale_for_each_token_or_for_all():
    X = np.array([[1.0, 2.0], [100.0, 200.0]])
    np.testing.assert_array_equal(absmax(X, per_token=True), [[2], [200]])
    np.testing.assert_array_equal(quantized_activations(X), [[64, 127], [64, 127]])
    np.testing.assert_array_equal(quantized_activations(X, per_token=False), [[1, 1], [64, 127]])
    assert activation_step(exact([[0, 254]]), per_token=False) == 2


@few
@given(tokens)
def test_rounding_moves_by_half_a_step_at_most(X):
    X = exact(X)
    back = quantized_activations(X) * activation_step(X)
    assert (2 * abs(X - back) <= activation_step(X)).all()
    assert abs(quantized_activations(X)).max() == 127
    assert (activations_as_printed(X) * activation_step(X, per_token=False) == X).all()


@few
@given(tokens, weights)
def test_the_layer_as_printed_quantises_weights_only(X, W):
    X, W = exact(X), exact(W)
    np.testing.assert_array_equal(bitlinear_as_printed(X, W), X @ dequantize(W))


@few
@given(tokens, weights, st.sampled_from([0, 1]))
def test_the_layer_is_off_by_half_a_step_for_each_trit(X, W, eps):
    X, W = exact(X), exact(W)
    Y = bitlinear(X, W, eps=eps)
    bound = absmean(W) * activation_step(X) / 2 * abs(ternarize(W, eps=eps)).sum(axis=0)
    assert (abs(Y - X @ dequantize(W, eps=eps)) <= bound).all()
    if any(2 * abs(w) == absmean(W) + eps for w in W.flat):
        return  # in floats a tie of the weights may go either way
    scaled = X / absmax(X, per_token=True) * 127
    if any((2 * x).denominator == 1 for x in scaled.flat):
        return  # and so may one of the activations
    floats = bitlinear(X.astype(float), W.astype(float), eps=float(eps))
    # integers of at most 127 times 3 terms, times a scale with 4 roundings
    size = 381 * float(absmean(W)) * activation_step(X).astype(float)
    np.testing.assert_array_less(abs(floats - Y.astype(float)), 8 * EPS * size + 1e-300)


def test_extremes():
    X, W = np.array([[1e300, -5e299]]), np.array([[1.0], [1.0]])
    np.testing.assert_array_equal(quantized_activations(X), [[127, -64]])
    np.testing.assert_allclose(bitlinear(X, W), [[63 / 127 * 1e300]], rtol=8 * EPS)
    np.testing.assert_array_equal(quantized_activations([[5e-324]]), [[127]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: absmax([[0, 0]]), r"X must not be 0, got max \|X\| = 0"),
        (lambda: quantized_activations([[0], [1]]), "X must not be 0 in any token"),
        (lambda: quantized_activations([[np.nan]]), "X must be finite, got nan"),
        (lambda: activations_as_printed([]), "X must be nonempty"),
        (lambda: bitlinear([[1, 2]], [[1]]), r"X must be \(n, d\) and W \(d, m\), got shapes"),
        (lambda: bitlinear([1], [[1]]), r"X must be \(n, d\) and W \(d, m\), got shapes"),
        (lambda: bitlinear([[1]], [[0]]), "W must not be 0 where eps = 0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
