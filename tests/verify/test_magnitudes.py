"""Integers of every magnitude: the ends are met, the bounds are kept."""

import pytest
from hypothesis import given

from verify.given import magnitudes


@given(magnitudes(3, 10**6))
def test_bounds(n):
    assert isinstance(n, int)
    assert 3 <= n <= 10**6


@pytest.mark.parametrize(("low", "high"), [(1, 1), (1, 100), (5, 2**20)])
def test_fixed_cases(low, high):
    family = magnitudes(low, high)
    fixed = list(family.fixed())
    assert {low, high} <= set(fixed)
    assert all(h.holds(n) for h in family.hypotheses for n in fixed)
    assert not any(h.holds(high + 1) for h in family.hypotheses)


@pytest.mark.parametrize(("low", "high"), [(0, 4), (5, 4)])
def test_bad_input(low, high):
    with pytest.raises(ValueError, match=f"1 <= low <= high, got {low} and {high}"):
        magnitudes(low, high)
