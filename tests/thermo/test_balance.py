"""Best for some exchange rate: by hand, and by trying rates."""

from fractions import Fraction

import pytest

from thermo.balance import optimal_for_some_balance


@pytest.mark.parametrize(
    ("costs", "qualities", "best"),
    [
        ([1, 2, 3], [0, 2, 3], [0, 1, 2]),  # concave
        ([1, 2, 3], [0, 1, 3], [0, 2]),  # the middle one lies below the chord
        ([1, 2, 3], [0, Fraction(3, 2), 3], [0, 1, 2]),  # on it
        ([1, 2], [1, 1], [0, 1]),  # a tie at rate 0
        ([1, 1], [1, 2], [1]),
        ([1, 2, 3], [3, 2, 1], [0]),
        ([5], [5], [0]),
    ],
)
def test_what_is_best_for_some_balance(costs, qualities, best):
    assert optimal_for_some_balance(costs, qualities) == best
    # By trying rates, the slopes between points among them.
    slopes = {
        Fraction(b - a) / Fraction(d - c)
        for a, c in zip(qualities, costs, strict=True)
        for b, d in zip(qualities, costs, strict=True)
        if d != c
    }
    rates = {0, 1000, *(s for s in slopes if s >= 0)}
    tried = set()
    for rate in rates:
        worth = [q - rate * c for c, q in zip(costs, qualities, strict=True)]
        tried |= {i for i, w in enumerate(worth) if w == max(worth)}
    assert sorted(tried) == best


def test_no_points():
    assert optimal_for_some_balance([], []) == []


def test_each_cost_has_a_quality():
    with pytest.raises(ValueError, match="costs and qualities must be of one length, got 1 and 2"):
        optimal_for_some_balance([1], [1, 2])
