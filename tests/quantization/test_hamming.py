"""The Hamming product and distance against loops, and the identity that ties them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.hamming import hamming_distance, hamming_product

bits = st.lists(st.integers(0, 1), min_size=5, max_size=5)


@settings(max_examples=60, deadline=None)
@given(bits, bits)
def test_definitions_and_identity(x, y):
    product, distance = hamming_product(x, y), hamming_distance(x, y)
    assert product == sum(a * b for a, b in zip(x, y, strict=True))
    assert distance == sum(abs(a - b) for a, b in zip(x, y, strict=True))
    assert distance == hamming_product(x, x) + hamming_product(y, y) - 2 * product


def test_broadcast_and_empty():
    rows = np.eye(3, dtype=int)
    np.testing.assert_array_equal(hamming_product(rows[:, None], rows[None]), rows)
    np.testing.assert_array_equal(hamming_distance(rows[:, None], rows[None]), 2 - 2 * rows)
    assert hamming_product([], []) == 0 == hamming_distance([], [])


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([0, 2], [0, 1], "x must have entries in .* got .*2"),
        ([0, 1], [0, -1], "y must have entries in .* got .*-1"),
        ([0, 1], [0], r"x and y must have one length d, got shapes \(2,\) and \(1,\)"),
        (1, 1, "one length d"),
    ],
)
@pytest.mark.parametrize("function", [hamming_product, hamming_distance])
def test_bad_input(function, x, y, message):
    with pytest.raises(ValueError, match=message):
        function(x, y)
