r"""Orbits of the maps of B^n to itself, in particular of the monotone ones, by enumeration.

On B^n there are 2^n states, so among X_0, ..., X_{2^n} two agree, and from then on the orbit
X_{t+1} = F(X_t) repeats: what F will ever do is known after 2^n steps.  *Monotone* maps, those of
binary heads with weights {0, 1}, have shorter cycles: X <= F^k X on a cycle gives
X <= F^k X <= F^2k X <= ... <= X, so X = F^k X.  The states of a cycle are therefore an antichain,
at most C(n, n/2) of them (Sperner); and every antichain a_0, a_1, ... is a cycle of a monotone map,
X to the OR of the a_(i+1) with a_i <= X.

References: E. Sperner, Math. Z. 27 (1928); sequence paper, Theorem 50.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np

from quantization.orbits import Orbit, orbit

_MOST_MAPS = 10**5  # that are enumerated, in some 3 s


@cache
def longest_orbit(bits: int) -> int:
    """The most different states of an orbit, over all maps of B^bits and all starts."""
    _check_bits(bits, 2 ** (bits * 2**bits))
    maps = product(range(2**bits), repeat=2**bits)
    return max(len(found.transient) + len(found.cycle) for found in _orbits(maps, bits))


@cache
def longest_monotone_cycle(bits: int) -> int:
    """The longest cycle, over all monotone maps of B^bits and all starts."""
    tables = monotone_tables(bits)
    _check_bits(bits, len(tables) ** bits)
    weights = 2 ** np.arange(bits)
    maps = ((weights @ np.array(columns)).tolist() for columns in product(tables, repeat=bits))
    return max(len(found.cycle) for found in _orbits(maps, bits))


def monotone_tables(bits: int) -> list[tuple[int, ...]]:
    """The truth tables of all monotone functions of so many bits: 3, 6, 20, 168 (Dedekind)."""
    _check_bits(bits, 2**2**bits)
    below = [(x, y) for x in range(2**bits) for y in range(2**bits) if x & y == x]
    tables = product((0, 1), repeat=2**bits)
    return [table for table in tables if all(table[x] <= table[y] for x, y in below)]


def _orbits(maps, bits) -> Iterator[Orbit]:
    """The orbits of every start under each map, a table of the states' successors."""
    for successors in maps:
        for start in range(2**bits):
            yield orbit(successors.__getitem__, start)


def _check_bits(bits, count):
    if bits < 1 or count > _MOST_MAPS:
        raise ValueError(f"bits must be at least 1, and few enough to enumerate, got {bits}")
