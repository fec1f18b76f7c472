"""Ternary matrices are counted, and neurons of them shatter as many points as weights."""

import numpy as np
import pytest

from quantization.census import (
    count_ternary_matrices,
    is_shattered,
    ternary_matrices,
    vc_dimension,
)


@pytest.mark.parametrize(("n", "m"), [(0, 3), (1, 1), (1, 2), (2, 2), (3, 2)])
def test_there_are_three_to_the_nm(n, m):
    assert count_ternary_matrices(n, m) == 3 ** (n * m)


def test_in_order():
    first, *_, last = ternary_matrices(2, 1)
    np.testing.assert_array_equal(first, [[-1], [-1]])
    np.testing.assert_array_equal(last, [[1], [1]])


@pytest.mark.parametrize("d", [1, 2])
def test_vc_dimension_is_the_number_of_weights(d):
    assert vc_dimension(d) == d


@pytest.mark.parametrize("d", [1, 2, 3, 4])
def test_unit_vectors_are_shattered(d):
    assert is_shattered(np.eye(d, dtype=int))
    assert not is_shattered(np.vstack([np.eye(d, dtype=int), np.ones(d, dtype=int)]))


def test_zero_is_on_one_side_of_every_neuron():
    assert not is_shattered([[0]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: next(ternary_matrices(-1, 1)), "n must not be negative, got -1"),
        (lambda: next(ternary_matrices(1, -2)), "m must not be negative, got -2"),
        (lambda: is_shattered([1, 2]), r"points must be a nonempty .* got shape \(2,\)"),
        (lambda: is_shattered(np.zeros((0, 2))), r"points must be a nonempty .* got shape"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
