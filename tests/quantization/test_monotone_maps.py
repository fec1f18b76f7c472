"""Orbits of all maps of few bits: 2^n states, and Sperner's bound for monotone maps."""

from itertools import combinations
from math import comb

import pytest

from quantization.monotone_maps import longest_monotone_cycle, longest_orbit, monotone_tables
from quantization.orbits import orbit


def test_longest_orbits():
    assert [longest_orbit(bits) for bits in (1, 2)] == [2, 4]


def test_longest_monotone_cycles():
    """Sperner's numbers, each attained."""
    found = [longest_monotone_cycle(bits) for bits in (1, 2, 3)]
    assert found == [comb(bits, bits // 2) for bits in (1, 2, 3)] == [1, 2, 3]


def test_dedekind():
    assert [len(monotone_tables(bits)) for bits in (1, 2, 3, 4)] == [3, 6, 20, 168]
    assert sorted(monotone_tables(1)) == [(0, 0), (0, 1), (1, 1)]


@pytest.mark.parametrize("bits", [4, 5])
def test_every_antichain_is_a_cycle(bits):
    """The middle layer, gone round by X to the OR of the next ones of those below it: monotone."""
    layer = [sum(1 << i for i in chosen) for chosen in combinations(range(bits), bits // 2)]
    following = dict(zip(layer, layer[1:] + layer[:1], strict=True))

    def forward(x):
        below = [then for now, then in following.items() if now & x == now]
        return sum(1 << i for i in range(bits) if any(then >> i & 1 for then in below))

    assert len(orbit(forward, layer[0]).cycle) == comb(bits, bits // 2)
    states = range(2**bits)
    assert all(forward(x) & ~forward(x | y) == 0 for x in states for y in states)


@pytest.mark.parametrize(("function", "bits"), [(longest_orbit, 3), (longest_monotone_cycle, 4)])
def test_too_many_to_enumerate(function, bits):
    for wrong in (0, bits):
        with pytest.raises(ValueError, match=f"few enough to enumerate, got {wrong}"):
            function(wrong)
    with pytest.raises(ValueError, match="few enough to enumerate, got 5"):
        monotone_tables(5)
