"""Orbits of small maps, their cycles, and times far beyond what was computed."""

from fractions import Fraction

import pytest

from quantization.orbits import Orbit, orbit


def test_a_tail_and_a_cycle():
    path = orbit(lambda n: {0: 5, 5: 7, 7: 8, 8: 5}[n], 0)
    assert path == Orbit((0,), (5, 7, 8))
    assert [path.at(t) for t in range(6)] == [0, 5, 7, 8, 5, 7]
    assert path.at(10**30) == path.at(10**30 % 3 + 3)
    assert not path.converges


def test_a_fixed_point():
    path = orbit(lambda x: x / 2 if x.numerator % 2 == 0 else x, Fraction(8))
    assert path == Orbit((8, 4, 2), (1,))
    assert path.converges


def test_a_fixed_start():
    assert orbit(lambda x: x, "a") == Orbit((), ("a",))


def test_no_return():
    with pytest.raises(ArithmeticError, match="no state came back within limit = 50 steps"):
        orbit(lambda n: n + 1, 0, limit=50)


def test_times_are_not_negative():
    with pytest.raises(ValueError, match="t must not be negative, got -1"):
        Orbit((), (1,)).at(-1)
