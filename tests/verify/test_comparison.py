"""Comparisons: margins in floats, decisions in rationals and balls, printed numbers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectral.balls import Ball
from verify import eq, ge, gt, le, lt, printed
from verify.comparison import SLACK, NotExact, as_float

INF, NAN = math.inf, math.nan
RELATIONS = {"<=": le, ">=": ge, "<": lt, ">": gt, "==": eq}
rationals = st.fractions(min_value=-50, max_value=50, max_denominator=64)


@pytest.mark.parametrize(
    ("comparison", "margin"),
    [
        (le(1.0, 2.0), -0.5),
        (le(2.0, 1.0), 0.5),
        (ge(1.0, 2.0), 0.5),
        (lt(1.0, 1.0), 0.0),
        (gt(4.0, 1.0), -0.75),
        (eq(1.0, 2.0), 0.5),
        (eq(3.0, 3.0), 0.0),
        (le(0.0, 0.0), 0.0),
        (le(-2.0, -1.0), -0.5),
        (le(2.0, 1.0, scale=100), 0.01),
        (le(Fraction(1, 2), 2), -0.75),
        (le(Ball(2), 1), 0.5),
        (le(np.array([1.0, 3.0]), 2.0), 1 / 3),
        (le(np.array([]), 1.0), -INF),
        (printed("19.4", 19.5), (0.1 - 0.05) / 19.5),
        (le(10**400, 1.0), 1.0),
    ],
)
def test_the_margin_is_the_largest_relative_violation(comparison, margin):
    # Two roundings, of the difference and of the quotient.
    assert comparison.margin == pytest.approx(margin, rel=1e-13)


@pytest.mark.parametrize(
    ("comparison", "margin"),
    [
        (le(1.0, INF), -1),
        (le(INF, 1.0), 1),
        (le(INF, INF), 0),
        (le(-INF, 0.0), -1),
        (ge(INF, 1.0), -1),
        (ge(1.0, INF), 1),
        (ge(-INF, 1.0), 1),
        (eq(INF, INF), 0),
        (eq(INF, 1.0), 1),
        (eq(-INF, INF), 1),
        (le(Fraction(1, 3), INF), -1),
    ],
)
def test_beside_infinity_the_order_alone_counts(comparison, margin):
    assert comparison.margin == margin
    assert bool(comparison) == (margin <= 0)


@pytest.mark.parametrize("relation", RELATIONS.values())
@pytest.mark.parametrize(("lhs", "rhs"), [(NAN, 1.0), (1.0, NAN), (NAN, NAN), (NAN, INF)])
def test_a_side_that_is_not_a_number_holds_nothing(relation, lhs, rhs):
    assert math.isnan(relation(lhs, rhs).margin)
    assert not relation(lhs, rhs)
    assert math.isnan(relation(np.array([0.0, lhs]), np.array([0.0, rhs])).margin)


@pytest.mark.parametrize("other", [le(0.0, 1.0), le(1.0, 0.0)])
def test_not_a_number_beside_any_other_term_is_not_a_number(other):
    assert math.isnan((other & le(NAN, 1.0)).margin)
    assert math.isnan((le(NAN, 1.0) & other).margin)


def test_complex_sides_are_refused():
    with pytest.raises(TypeError, match=r"sides must be real, got complex128: compare .real"):
        _ = eq(np.array([1 + 1j]), 1).margin


def test_rounding_is_forgiven_on_floats_and_on_nothing_else():
    tiny = Fraction(1, 2**60)
    assert le(1.0 + SLACK / 2, 1.0)
    assert not le(1.0 + 2 * SLACK, 1.0)
    assert not le(1 + tiny, 1)
    assert not le(Ball(1 + tiny), 1)


@given(st.sampled_from(sorted(RELATIONS)), rationals, rationals)
def test_three_arithmetics_agree(relation, a, b):
    compare = RELATIONS[relation]
    exact = {"<=": a <= b, ">=": a >= b, "<": a < b, ">": a > b, "==": a == b}[relation]
    assert compare(a, b).decide() is exact
    assert compare(Ball(a), Ball(b)).decide() in (exact, None if a == b else exact)
    if a != b:  # strictness is a matter of exact arithmetic only
        assert bool(compare(float(a), float(b))) is exact


def test_overlapping_balls_decide_nothing():
    root = Ball(2).sqrt()
    assert le(root * root, 2).decide() is None
    assert not le(root * root, 2)
    assert (le(root * root, 2) & le(1, 2)).decide() is None
    assert (le(root * root, 2) & le(2, 1)).decide() is False


@pytest.mark.parametrize("side", [0.5, np.float64(0.5), np.array([0.5]), NAN, 1j])
def test_a_float_is_never_decided(side):
    with pytest.raises(NotExact, match="sides must be exact to be certified, got the float"):
        le(side, 1).decide()


@pytest.mark.parametrize(
    ("comparison", "decided"),
    [
        (le(Fraction(1), INF), True),
        (ge(INF, Fraction(1)), True),
        (le(INF, Fraction(1)), False),
        (ge(Ball(1), INF), False),
        (eq(INF, 1), False),
        (lt(INF, INF), False),
        (le(NAN, INF), None),
    ],
)
def test_an_infinite_bound_is_decided_by_order(comparison, decided):
    assert comparison.decide() is decided


def test_arrays_are_compared_elementwise():
    a = np.array([Fraction(1), Fraction(2)], object)
    assert le(a, 2).decide() is True
    assert le(a, np.array([2, 1])).decide() is False
    assert le(np.array([], object), 1).decide() is True


@pytest.mark.parametrize(
    ("comparison", "ratio"),
    [
        (le(1.0, 4.0), 0.25),
        (ge(4.0, 1.0), 0.25),
        (le(Fraction(1, 2), 2), 0.25),
        (le(1.0, 4.0) & le(3.0, 4.0), 0.75),
        (le(np.array([1.0, 2.0]), 4.0), 0.5),
    ],
)
def test_the_ratio_is_the_share_of_the_bound(comparison, ratio):
    assert comparison.ratio == ratio


@pytest.mark.parametrize(
    "comparison",
    [eq(1, 1), le(1, 0), le(-1, 1), le(1, INF), le(1e-20, 1e-19, scale=1), le(np.array([]), 1)],
)
def test_no_ratio_where_a_quotient_says_nothing(comparison):
    assert math.isnan(comparison.ratio)


def test_the_worst_term_is_kept_with_both_sides():
    worst = (le(1, 2) & le(5, 3) & ge(3, 2)).worst
    assert (worst.lhs, worst.relation, worst.rhs) == (5, "<=", 3)


def test_the_first_note_of_a_conjunction_is_kept():
    assert (printed("1", 1) & printed("2", 2, note="J")).note == "J"


@pytest.mark.parametrize(
    ("text", "obtained", "right"),
    [
        ("19.4", Fraction("19.44"), True),
        ("19.4", Fraction("19.45"), True),  # either way of rounding a half
        ("19.4", Fraction("19.35"), True),
        ("19.4", Fraction("19.451"), False),
        ("2.5e15", 2_533_274_790_395_904, True),
        ("2.4e15", 2_533_274_790_395_904, False),
        ("2.5E15", 25 * 10**14, True),
        ("21", Fraction(43, 2), True),
        ("21", 22, False),
        ("-0.5", Fraction(-1, 2), True),
        ("1e-3", Fraction(14, 10_000), True),
        ("1e-3", Fraction(16, 10_000), False),
        ("3.14", math.pi, True),
        ("3.15", math.pi, False),
        ("1.41", Ball(2).sqrt(), True),
        ("1.42", Ball(2).sqrt(), False),
    ],
)
def test_printed_numbers_are_rounded_to_their_digits(text, obtained, right):
    assert bool(printed(text, obtained)) is right


def test_what_is_printed_must_be_a_number():
    with pytest.raises(ValueError, match="Invalid literal for Fraction: 'about 3'"):
        printed("about 3", 3)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Fraction(1, 4), 0.25),
        (Ball(3), 3.0),
        (np.int64(2), 2.0),
        (10**400, INF),
        (-(10**400), -INF),
    ],
)
def test_the_nearest_float_of_any_number(value, found):
    assert as_float(value) == found
