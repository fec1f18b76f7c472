"""One check in three arithmetics: what is cast, what stays, what an outcome is called."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectral.balls import Ball, Undecided
from verify import Claim, eq, ge, gt, le, lt, rows
from verify.arithmetic import (
    PRECISIONS,
    as_rationals,
    cast,
    exactly,
    in_floats,
    to_balls,
    to_floats,
    to_rationals,
)


def declared(check, **options):
    """A check of a toy claim; its cases are not looked at here."""
    return Claim("toy/theorem1", "a toy").part("toy", given=rows([0]), **options)(check)


# Casting ----------------------------------------------------------------------------------


@pytest.mark.parametrize("real", [0.1, np.float64(0.1), np.float32(0.5), Fraction(1, 3)])
def test_a_real_number_goes_through_all_three(real):
    exact = Fraction(float(real)) if isinstance(real, np.floating) else Fraction(real)
    assert to_floats((real,)) == (float(real),)
    assert to_rationals((real,)) == (exact,)
    assert to_balls((real,))[0] == Ball(exact)


@pytest.mark.parametrize("data", [3, True, "causal", None, np.int64(4), (1, 2)])
def test_what_is_data_stays(data):
    for to in (to_floats, to_rationals, to_balls):
        assert to((data,))[0] is data


@pytest.mark.parametrize("labels", [np.array([0, 1, 1]), np.array([True, False])])
def test_integer_arrays_are_data(labels):
    for to in (to_floats, to_rationals, to_balls):
        assert to((labels,))[0] is labels


@given(st.lists(st.floats(-1e9, 1e9), max_size=4))
def test_floats_become_the_rationals_that_they_are(values):
    (exact,) = to_rationals((np.array(values),))
    assert [Fraction(v) for v in values] == list(exact)
    assert to_floats((exact,))[0].tolist() == values


def test_shapes_are_kept():
    for shape in [(), (0,), (2, 0), (2, 3, 1)]:
        for to in (to_floats, to_rationals, to_balls):
            assert to((np.ones(shape),))[0].shape == shape


def test_lists_are_arrays_of_rationals():
    assert cast([["1/2", 0], [1, "-3"]], float, float).tolist() == [[0.5, 0], [1, -3]]
    assert as_rationals([Fraction(1, 2), "2/3", 2]).tolist() == [
        Fraction(1, 2), Fraction(2, 3), 2
    ]  # fmt: skip


# In floats --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "status"),
    [
        (lambda t: le(t, 2), "held"),
        (lambda t: le(t, 1), "held"),
        (lambda t: lt(t, 1), "held"),  # floats do not decide strictness
        (lambda t: le(t, 1 - 2e-16), "violated"),  # by its sign alone
        (lambda t: le(np.log(t - 1), np.nan), "ill-posed"),
        (lambda t: le(1 // int(t - 1), 1), "ill-posed"),
    ],
)
def test_statuses_in_floats(check, status):
    assert in_floats(declared(check), (1.0,)).status == status


@pytest.mark.parametrize(
    ("hypothesis", "status"),
    [
        (lambda t: t > 0, "held"),
        (lambda t: t < 0, "outside"),
        (lambda t: le(t, 1 - 1e-15), "held"),  # closed: up to rounding
        (lambda t: le(t, 1 - 1e-9), "outside"),
        (lambda t: lt(t, 1 + 1e-15), "outside"),  # strict: with room
        (lambda t: lt(t, 1 + 1e-9), "held"),
        (lambda t: ge(t * np.nan, 1), "outside"),
    ],
)
def test_hypotheses_in_floats(hypothesis, status):
    outcome = in_floats(declared(lambda t: le(t, 2), where=hypothesis), (1.0,))
    assert outcome.status == status


def test_the_hypothesis_that_fails_is_named():
    def is_small(t):
        return le(t, 0)

    for evaluate in (in_floats, exactly):
        assert evaluate(declared(lambda t: le(t, 2), where=is_small), (1.0,)).reason == "is small"


def test_a_defect_is_not_an_outcome():
    with pytest.raises(KeyError):
        in_floats(declared(lambda t: {}["no such key"]), (1.0,))


@pytest.mark.parametrize("answer", [True, None, 1.0])
def test_a_check_must_return_a_comparison(answer):
    with pytest.raises(TypeError, match=r"theorem1 part '': a check must return le, ge, .* got"):
        in_floats(declared(lambda t: answer), (1.0,))


# Exactly ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "status", "bits"),
    [
        (lambda t: le(t, 2), "held", 0),
        (lambda t: lt(t, 2), "violated", 0),
        (lambda t: le(t**2, 4 - Fraction(1, 10**40)), "violated", 0),
        (lambda t: le(np.exp(t), 8), "held", 128),
        (lambda t: ge(np.exp(t), 8), "violated", 128),
        (lambda t: le(np.sqrt(t) ** 2, 2), "equal", 1024),
        (lambda t: lt(np.sqrt(t) ** 2, 2), "equal", 1024),
        (lambda t: le(np.sqrt(t) ** 2, 2 - Fraction(1, 10**60)), "violated", 256),
        (lambda t: le(1 / (t - 2), 1), "ill-posed", 0),
        (lambda t: le(t * 0.5, 1), "unsupported", 128),
        (lambda t: le(math.sqrt(t), 2), "unsupported", 128),
        (lambda t: le(np.linalg.det(np.array([[t]])), 3), "unsupported", 128),
    ],
)
def test_statuses_exactly(check, status, bits):
    outcome = exactly(declared(lambda t: check(t)), (Fraction(2),))
    assert (outcome.status, outcome.bits) == (status, bits)


def test_a_branch_that_balls_cannot_take_is_ill_posed():
    def check(t):
        return le(t, 3) if np.sqrt(t) ** 2 >= 2 else le(t, 1)

    outcome = exactly(declared(check), (Fraction(2),))
    assert (outcome.status, outcome.bits) == ("ill-posed", PRECISIONS[-1])


def test_an_input_that_the_library_refuses_is_outside():
    def check(t):
        raise ValueError("t must be below 2, got 2")

    for evaluate in (in_floats, exactly):
        outcome = evaluate(declared(check), (Fraction(2),))
        assert (outcome.status, outcome.reason) == ("outside", "t must be below 2, got 2")


@pytest.mark.parametrize(
    ("hypothesis", "status"),
    [
        (lambda t: eq(np.sqrt(t) ** 2, 2), "ill-posed"),  # equal, but nothing proves it
        (lambda t: gt(np.exp(t), 7), "violated"),
        (lambda t: gt(np.exp(t), 8), "outside"),
        (lambda t: t > 1, "violated"),
        (lambda t: t * 0.5 > 1, "outside"),
        (lambda t: gt(t * 0.5, 0), "unsupported"),
    ],
)
def test_a_hypothesis_is_decided_too(hypothesis, status):
    outcome = exactly(declared(lambda t: le(t, 1), where=hypothesis), (Fraction(2),))
    assert outcome.status == status


def test_undecided_is_caught_wherever_it_is_raised():
    def check(t):
        raise Undecided("two eigenvalues overlap")

    outcome = exactly(declared(check), (Fraction(2),))
    assert (outcome.status, outcome.reason) == ("ill-posed", "two eigenvalues overlap")


@given(st.fractions(-9, 9, max_denominator=99), st.fractions(-9, 9, max_denominator=99))
def test_floats_agree_with_rationals_away_from_equality(a, b):
    check = declared(lambda a, b: le(a * a + b, a + b * b))
    exact, rounded = exactly(check, (a, b)), in_floats(check, (a, b))
    if abs(rounded.comparison.margin) > 1e-14:  # a few roundings of sides below 200
        assert exact.status == rounded.status
