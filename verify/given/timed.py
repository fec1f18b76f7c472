"""A chain and a number: the time that has passed, or the distance that is left."""

from __future__ import annotations

import itertools

from verify.cases import Cases, product
from verify.given.bottlenecks import bottlenecks

_MOST = 128  # pairs of the lattice; by choice, of speed: a mixing time takes a millisecond


def timed(numbers: Cases, *, symmetric: bool = False, max_n: int = 6) -> Cases:
    """Pairs (W, x): positive weights as in `bottlenecks`, and a number of a given family.

    Each structured W comes with two of the numbers, each small one with one, in turns.
    """
    chains = bottlenecks(symmetric=symmetric, max_n=max_n)
    return product(chains, numbers)._with(
        gallery=lambda: _in_turns(chains.gallery(), numbers, each=2),
        lattice=lambda: _in_turns(itertools.islice(chains.lattice(), _MOST), numbers, each=1),
        label="chains and numbers",
    )


def _in_turns(matrices, numbers: Cases, *, each: int):
    turns = itertools.cycle(numbers.fixed())
    return ((W, x) for W in matrices for x in itertools.islice(turns, each))
