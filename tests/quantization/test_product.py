"""The ternary product equals the matrix product, and multiplies nothing."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quantization.product import addition_count, ternary_product
from spectral.balls import to_balls

EPS = np.finfo(float).eps
few = settings(max_examples=60, deadline=None)
shapes = st.tuples(st.integers(1, 6), st.integers(0, 5))
matrices = shapes.flatmap(lambda shape: arrays(np.int8, shape, elements=st.integers(-1, 1)))


class Addend:
    """A number that can be added and subtracted, counts how often, and cannot be multiplied."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        Addend.count += 1
        return Addend(self.value + other.value)

    def __sub__(self, other):
        Addend.count += 1
        return Addend(self.value - other.value)


@few
@given(matrices, st.data())
def test_equals_the_matrix_product(T, data):
    x = data.draw(
        st.lists(st.fractions(-5, 5, max_denominator=9), min_size=len(T), max_size=len(T))
    )
    x = np.array(x, dtype=object)
    known = [sum(int(t) * xi for t, xi in zip(column, x, strict=True)) for column in T.T]
    np.testing.assert_array_equal(ternary_product(T, x), known)
    balls = ternary_product(T, to_balls(x))
    assert all(abs(b - y) <= Fraction(1, 10**12) for b, y in zip(balls, known, strict=True))
    floats = x.astype(float)
    atol = 2 * len(T) * EPS * np.abs(floats).sum()  # d roundings, each way
    np.testing.assert_allclose(ternary_product(T, floats), T.T @ floats, rtol=0, atol=atol)
    integers = np.arange(len(T))
    np.testing.assert_array_equal(ternary_product(T, integers), T.T @ integers)


def test_batches():
    T, x = np.array([[1, 0], [-1, 1], [0, 1]]), np.arange(6).reshape(3, 2)
    np.testing.assert_array_equal(ternary_product(T, x), T.T @ x)
    assert ternary_product(T, np.zeros((3, 0))).shape == (2, 0)
    assert ternary_product(T[:, :0], x).shape == (0, 2)


def test_only_additions():
    """On a column with both signs; the count is the one that `addition_count` foretells."""
    T = np.array([[1, -1], [1, 1], [-1, 1], [0, -1]])
    Addend.count = 0
    y = ternary_product(T, np.array([Addend(v) for v in (1, 2, 3, 4)], dtype=object))
    assert [e.value for e in y] == [0, 0]
    assert Addend.count == addition_count(T) == 5


def test_counts():
    assert addition_count([[0, 1, 1], [0, 0, -1]]) == 1
    assert addition_count(np.zeros((3, 0))) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ternary_product([[2]], [1]), "T must have entries in .* got .*2"),
        (lambda: ternary_product([1], [1]), r"T must have 2 axes, got shape \(1,\)"),
        (lambda: ternary_product([[1]], [1, 2]), r"x must have 1 rows like T, got shape \(2,\)"),
        (lambda: ternary_product([[1]], [[[1]]]), r"x must have 1 rows like T, got shape"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
