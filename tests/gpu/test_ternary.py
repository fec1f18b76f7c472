"""The ternary kernels equal the integer matrix product, bit for bit, on every backend."""

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu import ternary
from gpu.backend import MissingBackend

BACKENDS = ("numpy", "numba")


@pytest.fixture(params=BACKENDS)
def backend(request):
    return request.param


def codes_of(T):
    """(m, ceil(d / 4)) bytes of rows T (m, d): the definition, weight by weight."""
    codes = np.full((len(T), -(-T.shape[1] // 4)), 0b01010101)
    for i, j in np.ndindex(T.shape):
        codes[i, j // 4] += T[i, j] * 4 ** (j % 4)
    return codes.astype(np.uint8)


def drawn(seed, m, d, batch):
    rng = np.random.default_rng(seed)
    return rng.integers(-1, 2, (m, d)), rng.integers(-128, 128, (batch, d), dtype=np.int8)


@given(st.integers(0, 99), st.integers(1, 40), st.integers(1, 70), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_equals_the_integer_product(seed, m, d, batch):
    T, x = drawn(seed, m, d, batch)
    for backend in BACKENDS:
        y = ternary.ternary_product(codes_of(T), x, backend=backend)
        assert y.dtype == np.int32
        np.testing.assert_array_equal(y, x.astype(np.int64) @ T.T)


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize(("t", "x"), [(1, -128), (-1, -128), (1, 127), (-1, 127)])
def test_the_largest_sums_do_not_wrap(backend, batch, t, x):
    m, d = 2, 100_003
    codes = np.full((m, -(-d // 4)), {1: 0b10101010, -1: 0}[t], np.uint8)
    y = ternary.ternary_product(codes, np.full((batch, d), x, np.int8), backend=backend)
    assert (y == t * x * d).all()


@pytest.mark.parametrize(("m", "batch"), [(0, 1), (0, 2), (3, 0), (1, 1), (257, 2), (16, 2)])
def test_sizes(backend, m, batch):
    """Nothing, and a row beyond a tile."""
    T, x = drawn(1, m, 9, batch)
    y = ternary.ternary_product(codes_of(T), x, backend=backend)
    np.testing.assert_array_equal(y, x.astype(int) @ T.T)


def test_no_columns(backend):
    y = ternary.ternary_product(np.zeros((3, 0), np.uint8), np.zeros((1, 0), np.int8))
    assert (y == 0).all()


def test_a_transposed_view(backend):
    T, x = drawn(2, 8, 12, 4)
    codes = np.asfortranarray(codes_of(T))
    y = ternary.ternary_product(codes, np.asfortranarray(x), backend=backend)
    np.testing.assert_array_equal(y, x.astype(int) @ T.T)


CODES, X = np.zeros((3, 2), np.uint8), np.zeros((1, 7), np.int8)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((CODES.astype(int), X), r"codes must be uint8 with 2 axes, got int64, \(3, 2\)"),
        ((CODES[0], X), r"codes must be uint8 with 2 axes, got uint8, \(2,\)"),
        ((CODES, X.astype(float)), r"x must be int8 with 2 axes, got float64, \(1, 7\)"),
        ((CODES, X[0]), r"x must be int8 with 2 axes, got int8, \(7,\)"),
        ((CODES, X[:, :4]), "codes must have 4 columns of x a byte, got 2"),
        ((CODES, np.zeros((0, 2**22 + 1), np.int8)), "x must have at most 4194304 columns"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        ternary.ternary_product(*arguments)


def test_backends_are_never_replaced(monkeypatch):
    with pytest.raises(ValueError, match=r"one of \['numba', 'numpy'\], got 'cuda'"):
        ternary.ternary_product(CODES, X, backend="cuda")
    monkeypatch.setattr("gpu.backend.find_spec", lambda name: None)
    assert importlib.util.find_spec("numpy")  # the real one is untouched
    with pytest.raises(MissingBackend, match=r"pip install 'refutable\[numba\]'"):
        ternary.ternary_product(CODES, X, backend="numba")
