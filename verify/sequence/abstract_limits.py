"""The abstract: near-linear scalability, and the Landauer limit.

nlogn: refuted.  Table 2's SSA column is multiplied by at least 2.68 from N = 2048 to 4096, where
N log N, with whatever is linear besides, allows 2 * 12/11 = 2.18.  It grows as N^(3/2).
landauer: refuted.  Table 2 has 0.068 nJ at N = 4096.  Theorem 44's limit is N log2(N) k_B T ln 2 at
most, 480,000 times less.
"""

from fractions import Fraction
from itertools import pairwise

from spectral.balls import Ball
from thermo.landauer import landauer_limit
from verify import ge, le, rows
from verify.sequence.abstract import abstract
from verify.sequence.table2 import TABLE, high, low
from verify.sequence.table2_unit import NANO


@abstract.part(
    r"SSA scales as N \log N",
    part="nlogn",
    given=rows([(N, ssa, after[2]) for (N, _, ssa, *_), after in pairwise(TABLE)]),
    reading="Table 2, SSA FP16: a + bN + cN log N from N to 2N, to rounding",
    why="2.68 where 2.18 is allowed",
)
def near_linear(N, ssa, twice):
    log2 = N.bit_length() - 1
    return le(low(twice) / high(ssa), Fraction(2 * (log2 + 1), log2))


@near_linear.amend(
    "as N^(3/2) from 2048 to 4096, to rounding", given=rows([(2048, "0.12", "0.34")])
)
def three_halves(N, ssa, twice):
    return le((low(twice) / high(ssa)) ** 2, 8) & ge((high(twice) / low(ssa)) ** 2, 8)


@three_halves.mutant("as N^(4/3)")
def four_thirds(N, ssa, twice):
    return le((low(twice) / high(ssa)) ** 3, 16)


@abstract.part(
    "near the Landauer limit",
    part="landauer",
    given=rows([(4096, "0.068")]),
    constants=(10, 1000),
    reading="within a factor C of N log₂N k_B T ln 2, the most that Theorem 44 can be; 300 K",
    why="480,000 times above it, and Table 2's joules are some 10⁶ too few",
)
def near_the_limit(C, N, bitnet):
    return le(over_the_limit(N, bitnet), C)


@near_the_limit.amend("at least 400,000 times above it", constants=())
def far_above(N, bitnet):
    return ge(over_the_limit(N, bitnet), 400_000)


@far_above.mutant("500,000 times")
def further_above(N, bitnet):
    return ge(over_the_limit(N, bitnet), 500_000)


def over_the_limit(N, bitnet):
    """Table 2's energy over that of erasing log2(N) bits for each query, N a power of 2."""
    return low(bitnet) * NANO / landauer_limit(Ball(N * (N.bit_length() - 1)))
