"""Both sides of the bound on straight-through descent with a box."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.box_descent import DescentBound, descent_bound

EPS = np.finfo(float).eps
few = settings(max_examples=40, deadline=None)
exact = np.vectorize(Fraction, otypes=[object])
eighths = st.integers(-8, 8).map(lambda n: Fraction(n, 8))
HALF = Fraction(1, 2)


@few
@given(
    st.lists(st.tuples(eighths, eighths, eighths), min_size=1, max_size=3),
    st.tuples(eighths, eighths),
    st.sampled_from([Fraction(1, 4), Fraction(1), Fraction(3)]),
    st.integers(1, 8),
)
def test_it_holds(data, target, rate, steps):
    data, target = exact(data), exact(target)
    bound = descent_bound(data[:, :2], data[:, 2], target, rate=rate, steps=steps)
    assert bound.gap <= bound.descent + bound.floor


def test_by_hand():
    """|2w - 1| from 0 at rate 1/4: w = 0, 1/2, 1, 1/2 and trits 0, 0, 1, 0 (a half is 0)."""
    found = descent_bound(exact([[2]]), exact([1]), exact([HALF]), rate=Fraction(1, 4), steps=4)
    assert found == DescentBound(gap=1, descent=HALF**2 / 2 + HALF, floor=1)
    floats = descent_bound([[2.0]], [1.0], [0.5], rate=0.25, steps=4)
    np.testing.assert_allclose((floats.gap, floats.descent, floats.floor), (1, 5 / 8, 1), rtol=EPS)


@pytest.mark.parametrize("n", [2, 10, 100])
def test_the_floor_is_met(n):
    """|w - 1/2| with n^2 steps of 1/n: the gap is the floor, and the rest of the bound 5/(8n)."""
    found = descent_bound(
        exact([[1]]), exact([HALF]), exact([HALF]), rate=Fraction(1, n), steps=n * n
    )
    assert found.gap == found.floor == HALF
    assert found.descent == Fraction(5, 8 * n)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1]], [1, 2], [1]), r"X, y, target must be \(n, d\), \(n,\) and \(d,\), got shapes"),
        (([1], [1], []), r"target must be nonempty"),
        (([[1]], [1], [2]), r"target must be in \[-1, 1\], got max \|target\| = 2"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        descent_bound(*arguments, rate=1, steps=1)
