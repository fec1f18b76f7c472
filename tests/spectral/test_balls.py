"""Balls: every comparison decides or raises, every operation encloses, every refusal is seen."""

import math
import pickle
import re
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import (
    Ball,
    Undecided,
    enclosing_max,
    enclosing_min,
    has_balls,
    maximum,
    midpoints,
    minimum,
    precision,
    sqrt_nonnegative,
    to_balls,
)

F = Fraction
rationals = st.fractions(min_value=-20, max_value=20, max_denominator=50)


def around(mid, rad):
    """A ball that remembers no rational: only that it lies in mid +- rad."""
    return Ball(flint.arb(mid, rad))


def encloses(ball, x):
    return ball.lower <= x <= ball.upper


# What a ball is made of ----------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [3, F(3), np.int64(3), flint.arb(3), flint.fmpq(3), flint.fmpz(3), Ball(3)]
)
def test_made_of_exact_numbers(value):
    assert Ball(value) == 3


@pytest.mark.parametrize("value", [0.5, np.float64(0.5), np.float32(0.5)])
def test_floats_are_refused(value):
    with pytest.raises(TypeError, match="a Ball takes no float, got"):
        Ball(value)
    with pytest.raises(TypeError, match="a Ball takes no float, got"):
        Ball(1) * value
    with pytest.raises(TypeError, match="a Ball takes no float, got"):
        value * Ball(1)
    with pytest.raises(TypeError, match="a Ball takes no float, got"):
        Ball(1) < value  # noqa: B015


def test_other_things_are_refused():
    with pytest.raises(TypeError, match="a Ball is made of an int, a Fraction or an arb, got str"):
        Ball("1")
    assert Ball(1) != "1"
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ball(1))
    with pytest.raises(TypeError, match="not 'Ball'"):
        float(Ball(1))
    with pytest.raises(Undecided, match="unbounded"):
        Ball(flint.arb("inf"))


# Comparisons ---------------------------------------------------------------------------


def test_comparisons_decide_where_the_balls_are_apart():
    assert around(1, 0.1) < around(2, 0.1)
    assert not around(1, 0.1) >= around(2, 0.1)
    assert around(1, 0.1) != around(2, 0.1)
    assert around(2, 0.1) > 1
    assert Ball(2) <= 2
    assert bool(around(2, 0.1))
    assert not bool(Ball(0))


@pytest.mark.parametrize("symbol", ["<", "<=", ">", ">=", "==", "!="])
def test_comparisons_of_overlapping_balls_are_undecided(symbol):
    x, y = around(1, 0.01), around(1, 0.02)
    with pytest.raises(Undecided, match=f"\\[1.* {re.escape(symbol)} .*undecided at 53"):
        eval(f"x {symbol} y", {"x": x, "y": y})


def test_a_ball_equals_itself_and_a_remembered_rational():
    x = around(1, 0.1)
    assert x == x
    assert x <= x
    assert not x < x
    assert Ball(F(1, 3)) == Ball(F(1, 3)) == F(1, 3)
    assert Ball(F(1, 3)) != F(1, 3) + F(1, 10**50)
    assert Ball(F(1, 3)) < F(1, 3) + F(1, 10**50)


def test_rationals_are_remembered_through_field_operations():
    W = to_balls([[F(1), F(2)], [F(3), F(4)]]) / 7
    P = W / W.sum(axis=1, keepdims=True)
    assert all(P.sum(axis=1) == 1)
    assert (P[0, 0] - F(1, 3)) == 0
    assert (Ball(F(4, 9)) ** F(1, 2)).exact == F(2, 3)
    assert Ball(2).sqrt().exact is None
    assert (Ball(F(1, 3)) ** -2).exact == 9
    assert Ball(F(1, 3)).rad == 0


def test_long_rationals_become_intervals():
    x = Ball(F(1, 3)) ** 2000  # 3170 bits
    assert x.exact is None
    assert encloses(x, F(1, 3) ** 2000)
    y = Ball(F(2**1500, 3**900)) * Ball(F(5**600, 7**500))
    assert y.exact is None
    assert encloses(y, F(2**1500, 3**900) * F(5**600, 7**500))


def test_infinity_may_stand_beside_a_ball():
    assert Ball(1) < math.inf
    assert Ball(1) > -math.inf
    assert Ball(1) != math.inf
    assert maximum(Ball(1), math.inf) == math.inf
    assert minimum(Ball(1), math.inf) == 1


def test_argmax_and_sort_cannot_take_an_unproved_path():
    row = np.array([around(1, 0.1), around(1, 0.2)], object)
    with pytest.raises(Undecided):
        row.argmax()
    with pytest.raises(Undecided):
        np.sort(row)
    with pytest.raises(Undecided):
        np.maximum(row, row[::-1])


# Arithmetic encloses the exact result -----------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(rationals, rationals)
def test_field_operations_enclose_the_rational_result(x, y):
    for result, exact in [
        (Ball(x) + y, x + y),
        (x + Ball(y), x + y),
        (Ball(x) - y, x - y),
        (x - Ball(y), x - y),
        (Ball(x) * Ball(y), x * y),
        (-Ball(x), -x),
        (abs(Ball(x)), abs(x)),
        (Ball(x) ** 3, x**3),
        (maximum(Ball(x), y), max(x, y)),
        (minimum(x, Ball(y)), min(x, y)),
    ]:
        assert encloses(result, exact)
    if y != 0:
        assert encloses(Ball(x) / y, x / y)
        assert encloses(x / Ball(y), x / y)
        assert encloses(Ball(y) ** -2, y**-2)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5])
def test_powers_of_a_ball_around_zero(n):
    x = around(0, 1)
    points = [F(k, 4) for k in range(-4, 5)]
    assert all(encloses(x**n, p**n) for p in points)
    if n and n % 2 == 0:
        assert (x**n).lower >= 0
        assert (x * x).lower >= 0
        assert np.square(np.array([x]))[0].lower >= 0


@pytest.mark.parametrize(
    "function", [np.exp, np.expm1, np.tanh, np.sinh, np.cosh, np.sin, np.cos, np.arctan]
)
def test_ufuncs_on_object_arrays(function):
    x = [F(-1, 3), F(0), F(2, 7)]
    got = function(to_balls(x))
    # 4 eps: the float function itself is right to an ulp or two.
    np.testing.assert_allclose(midpoints(got), function(midpoints(x)), rtol=4 * np.finfo(float).eps)


@pytest.mark.parametrize(
    "function", [np.log, np.log2, np.log10, np.log1p, np.sqrt, np.arcsin, np.arccos]
)
def test_ufuncs_with_a_domain(function):
    x = [F(1, 3), F(2, 7)]
    np.testing.assert_allclose(
        midpoints(function(to_balls(x))), function(midpoints(x)), rtol=4 * np.finfo(float).eps
    )
    with pytest.raises(ArithmeticError, match=r"undefined|unbounded"):
        function(to_balls([-2]))


def test_real_powers():
    assert encloses((Ball(2) ** F(1, 2)) ** 2, 2)
    assert encloses((Ball(8) ** F(1, 3)), 2)
    assert encloses(2 ** Ball(3), 8)
    assert Ball(0) ** F(1, 3) == 0
    with pytest.raises(Undecided, match="a real power may be undefined"):
        around(0, 1) ** F(1, 3)


def test_undefined_or_maybe_undefined():
    with pytest.raises(ZeroDivisionError, match="division of a Ball by 0"):
        Ball(1) / 0
    with pytest.raises(Undecided, match="contains 0"):
        1 / around(0, 1)
    with pytest.raises(Undecided, match="sqrt may be undefined"):
        around(0, 1).sqrt()
    with pytest.raises(Undecided, match="log may be undefined"):
        around(0, 1).log()
    with pytest.raises(ArithmeticError, match="log is undefined"):
        Ball(0).log()


def test_rounding_to_integers():
    assert np.floor(to_balls([F(7, 3)]))[0] == 2
    assert np.ceil(to_balls([F(7, 3)]))[0] == 3
    assert np.rint(to_balls([F(7, 3), F(5, 2)])).tolist() == [2, 2]  # ties to even, as NumPy
    with pytest.raises(Undecided, match="floor"):
        math.floor(around(1, 0.1))
    with pytest.raises(Undecided, match="nearest integer"):
        np.rint(np.array([around(0.5, 0.1)]))


# Precision, arrays ------------------------------------------------------------------------


def test_precision_narrows_and_is_restored():
    widths = []
    for bits in (53, 128, 512):
        with precision(bits):
            widths.append(np.exp(Ball(1)).upper - np.exp(Ball(1)).lower)
            assert widths[-1] < F(1, 2) ** (bits - 8)
    assert widths[0] > widths[1] > widths[2] > 0
    assert flint.ctx.prec == 53
    with pytest.raises(RuntimeError, match="inside"), precision(99):
        raise RuntimeError("inside")
    assert flint.ctx.prec == 53
    with pytest.raises(ValueError, match="bits must be at least 2, got 1"), precision(1):
        pass


@pytest.mark.parametrize("bits", [53, 300])
def test_pickle_keeps_the_enclosure(bits):
    with precision(bits):
        for ball in (Ball(F(1, 3)), np.exp(Ball(1)), around(0, 1), Ball(0)):
            copy = pickle.loads(pickle.dumps(ball))
            assert copy.lower <= ball.lower <= ball.upper <= copy.upper
            assert copy.rad <= ball.rad * (1 + 2**-20)
    assert pickle.loads(pickle.dumps(Ball(F(1, 3)))) == F(1, 3)


def test_display():
    assert repr(Ball(F(1, 3))) == "Ball(1/3)"
    assert repr(around(1, 2**-20)).startswith("Ball([1.0")
    assert f"{Ball(F(1, 3)):.2e} {Ball(2)}" == "3.33e-01 Ball(2)"


def test_sign_is_decided_or_not():
    assert np.sign(to_balls([-2, 0, F(1, 2)])).tolist() == [-1, 0, 1]
    with pytest.raises(Undecided):
        np.sign(np.array([around(0, 1)]))


def test_midpoints_of_the_three_arithmetics():
    assert midpoints([F(1, 2), 1, Ball(F(1, 4))]).tolist() == [0.5, 1.0, 0.25]
    assert midpoints(np.array([0.5])).tolist() == [0.5]
    assert midpoints([F(10) ** 400, Ball(-(F(10) ** 400))]).tolist() == [math.inf, -math.inf]
    assert midpoints(np.zeros((0, 2), object)).shape == (0, 2)
    assert to_balls([[1, F(1, 2)]]).shape == (1, 2)
    assert has_balls(to_balls([1]))
    assert not has_balls([F(1)])
    assert not has_balls(np.ones(2))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(rationals, min_size=2, max_size=2), min_size=1, max_size=4))
def test_enclosing_extrema_agree_in_three_arithmetics(rows):
    exact = np.array(rows, object)
    floats, balls = midpoints(exact), to_balls(exact) * Ball(flint.arb(1))
    for extremum, plain in ((enclosing_max, np.max), (enclosing_min, np.min)):
        for axis in (None, 0, 1):
            want = plain(exact, axis=axis)
            assert np.all(extremum(exact, axis=axis) == want)
            np.testing.assert_array_equal(extremum(floats, axis=axis), plain(floats, axis=axis))
            pairs = zip(np.ravel(extremum(balls, axis=axis)), np.ravel(want), strict=True)
            assert all(encloses(b, x) for b, x in pairs)


def test_extrema_need_no_decision_and_an_element():
    row = np.array([around(1, 0.1), around(1, 0.2)], object)
    assert encloses(enclosing_max(row), 1)
    assert encloses(enclosing_min(row), 1)
    assert enclosing_max(row).lower > F(17, 20)
    with pytest.raises(ValueError, match=r"array must have an element, got shape \(0,\)"):
        enclosing_max(np.array([], object))
    assert maximum(F(1), 2) == 2
    assert maximum(1.0, 2.0) == 2.0


def test_sqrt_of_what_theory_says_is_nonnegative():
    root = sqrt_nonnegative(around(0, 1))
    assert root.lower == 0
    assert root.upper >= 1
    assert sqrt_nonnegative(-1e-30) == 0.0
    assert sqrt_nonnegative(np.array([F(1, 4)]))[0] == F(1, 2)
    with pytest.raises(TypeError, match=r"sqrt\(2\) is irrational"):
        sqrt_nonnegative(F(2))
    with pytest.raises(ArithmeticError, match="a number that was to be >= 0"):
        sqrt_nonnegative(around(-2, 1))
    with pytest.raises(ArithmeticError, match="undefined at -1"):
        sqrt_nonnegative(F(-1))


def test_formulas_run_unchanged():
    W = [[F(1), F(1, 2)], [F(1, 2), F(2)]]
    for array in (np.array(W, float), np.array(W, object), to_balls(W)):
        P = array / array.sum(axis=1, keepdims=True)
        want = [[2 / 3, 1 / 3], [0.2, 0.8]]
        np.testing.assert_allclose(midpoints(P), want, rtol=4 * np.finfo(float).eps)
        assert midpoints((P @ P).mean()) == pytest.approx(0.5, rel=4 * np.finfo(float).eps)
    assert encloses(np.int64(3) * Ball(2), 6)
    assert encloses(Ball(2) - np.int64(3), -1)
