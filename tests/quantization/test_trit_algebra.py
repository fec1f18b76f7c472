"""Sums of trits: their tables, and which field axioms they keep."""

from itertools import product

import numpy as np
import pytest

from quantization.ternary import TRITS
from quantization.trit_algebra import (
    axiom_defects,
    failing_axioms,
    saturating_sum,
    sum_modulo_3,
)

ROWS = np.array(TRITS)[:, None]


def test_tables():
    saturating = [[-1, -1, 0], [-1, 0, 1], [0, 1, 1]]
    modulo_3 = [[1, -1, 0], [-1, 0, 1], [0, 1, -1]]
    np.testing.assert_array_equal(saturating_sum(ROWS, TRITS), saturating)
    np.testing.assert_array_equal(sum_modulo_3(ROWS, TRITS), modulo_3)
    assert saturating_sum(1, 1) == 1
    assert saturating_sum([], []).shape == (0,)


def test_as_defined():
    for a, b in product(TRITS, repeat=2):
        assert saturating_sum(a, b) == max(-1, min(1, a + b))
        assert (sum_modulo_3(a, b) - a - b) % 3 == 0


def test_only_associativity_fails():
    assert failing_axioms(saturating_sum) == {"the sum is associative": (1, 1, -1)}
    failed = [t for t in product(TRITS, repeat=3) if axiom_defects(*t)["the sum is associative"]]
    assert sorted(failed) == [(-1, -1, 1), (-1, 1, 1), (1, -1, -1), (1, 1, -1)]


def test_modulo_3_is_a_field():
    assert failing_axioms(sum_modulo_3) == {}


@pytest.mark.parametrize(
    ("add", "broken"),
    [
        (lambda a, b: a, {"the sum is commutative", "there are negatives"}),
        (lambda a, b: max(a, b), {"0 is neutral", "there are negatives"}),
        (lambda a, b: 0, {"0 is neutral"}),
        (lambda a, b: a + b - 3 * a * b, {"the product distributes"}),
    ],
    ids=["left", "maximum", "zero", "skew"],
)
def test_each_axiom_of_the_sum_can_fail(add, broken):
    assert broken <= set(failing_axioms(add))


def test_a_defect_is_the_difference_of_both_sides():
    assert axiom_defects(1, 1, -1)["the sum is associative"] == -1
    assert set(axiom_defects(0, 0, 0).values()) == {0}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: saturating_sum(2, 0), r"a must have entries in .* got .*2"),
        (lambda: sum_modulo_3(0, 0.5), r"b must have entries in .* got .*0.5"),
        (lambda: axiom_defects(0, 3, 0), r"\(a, b, c\) must have entries in .* got .*3"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
