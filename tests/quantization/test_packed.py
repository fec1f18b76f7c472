"""Packed weights give the numbers of the unpacked: exactly as integers, to rounding as layer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu.backend import MissingBackend
from quantization.packed import (
    PackedTernary,
    pack_ternary,
    pack_weights,
    packed_bitlinear,
    packed_product,
)
from quantization.product import ternary_product
from quantization.ternary import absmean, ternarize
from quantization.ternary_layer import bitlinear

EPS = np.finfo(float).eps
BACKENDS = ("numpy", "numba")


def test_by_hand():
    packed = pack_ternary([[1, 0], [-1, 1], [0, 1], [0, 0], [-1, -1]])
    assert packed.codes.tolist() == [[0b01_01_00_10, 0b01_01_01_00], [0b01_10_10_01, 0b01_01_01_00]]
    for backend in BACKENDS:
        assert packed_product(packed, [1, 2, 3, 4, 5], backend=backend).tolist() == [-6, 0]


@given(st.integers(0, 99), st.integers(1, 30), st.integers(0, 9), st.integers(0, 4))
@settings(max_examples=30, deadline=None)
def test_the_numbers_of_the_product_by_additions(seed, d, m, batch):
    rng = np.random.default_rng(seed)
    T, x = rng.integers(-1, 2, (d, m)), rng.integers(-128, 128, (d, batch))
    packed = pack_ternary(T)
    np.testing.assert_array_equal(packed.trits(), T)
    for backend in BACKENDS:
        y = packed_product(packed, x, backend=backend)
        np.testing.assert_array_equal(y, ternary_product(T, x))
        y = packed_product(packed, np.arange(d), backend=backend)
        np.testing.assert_array_equal(y, ternary_product(T, np.arange(d)))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("per_token", [True, False])
@pytest.mark.parametrize("shape", [(1, 5, 3), (4, 64, 7)])
def test_the_layer(backend, per_token, shape):
    n, d, m = shape
    rng = np.random.default_rng(3)
    X, W = rng.standard_normal((n, d)), rng.standard_normal((d, m))
    packed = pack_weights(W)
    np.testing.assert_array_equal(packed.trits(), ternarize(W))
    assert packed.gamma == absmean(W)
    Y = packed_bitlinear(X, packed, per_token=per_token, backend=backend)
    # the same exact integers; a quotient and two products on each side, each rounded once
    np.testing.assert_allclose(Y, bitlinear(X, W, per_token=per_token), rtol=6 * EPS, atol=0)


PACKED = pack_ternary([[1], [-1], [0]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pack_ternary([[2]]), "T must have entries in .* got .*2"),
        (lambda: pack_ternary([1]), r"T must have 2 axes, got shape \(1,\)"),
        (lambda: pack_weights(np.ones(3)), r"W must be float64 with 2 axes, got float64, \(3,\)"),
        (lambda: pack_weights([[np.nan]]), "W must be finite, got nan"),
        (lambda: packed_product(PACKED, [1, 2]), r"x must have 3 rows like T, got shape \(2,\)"),
        (lambda: packed_product(PACKED, [1, 2, 128]), "x must have entries in .* got .*128"),
        (lambda: packed_product(PACKED, [1, 2, 0.5]), "x must have entries in .* got .*0.5"),
        (lambda: packed_product(PACKED, [1, 2, 3], backend="cupy"), "backend must be one of"),
        (lambda: packed_bitlinear(np.ones((1, 2)), PACKED), r"shape \(n, 3\), got float64"),
        (lambda: PackedTernary(PACKED.codes, (5, 1), 1.0), r"uint8 of shape \(1, 2\), got"),
        (lambda: PackedTernary(PACKED.codes | 1 << 1, (3, 1), 1.0), None),
        (lambda: PackedTernary(PACKED.codes | 3, (3, 1), 1.0), "trits only, got the code 3"),
        (lambda: PackedTernary(PACKED.codes - 64, (3, 1), 1.0), "filled up with trits 0"),
    ],
)
def test_what_is_refused(call, message):
    if message is None:  # beside the refused ones, a change of a weight that is no fault
        assert call().trits().tolist() == [[1], [-1], [0]]
        return
    with pytest.raises(ValueError, match=message):
        call()


def test_a_missing_backend_is_an_error(monkeypatch):
    monkeypatch.setattr("gpu.backend.find_spec", lambda name: None)
    with pytest.raises(MissingBackend, match="Numba is not installed"):
        packed_product(PACKED, [1, 2, 3], backend="numba")
