"""Figure 2: retrieval by length.

Statement.  "SSA maintains high accuracy even at long sequence lengths, whereas random sparsity
degrades rapidly."

Verdict: refuted.  The figure shows Table 1, and there Random has 0.294 at N = 256 and 0.324 at four
times the length.  (SSA does stay at 0.996.)

Repair.  Random is far below SSA at every N, by 0.67 at least.

Source.  Table 1.
"""

from fractions import Fraction

from verify import Claim, le, lt, rows
from verify.sequence.table1 import RANDOM, TABLE
from verify.sequence.table1_run import by_length

figure2 = Claim("sequence/figure2", "retrieval by length")


@figure2.part(
    "random sparsity degrades rapidly, SSA does not",
    given=rows([(N, value, RANDOM[i + 2][1]) for i, (N, value) in enumerate(RANDOM[:2])]),
    reading="Random is lower at four times the length",
    why="0.294 at N = 256, 0.324 at N = 1024",
)
def falls(N, random, then):
    return lt(Fraction(then), Fraction(random))


@falls.amend("Random is below SSA by 0.67 at every N", given=rows(TABLE))
def below_ssa(N, dense, ssa, local, random):
    return le(Fraction(random) + Fraction("0.67"), Fraction(ssa))


@below_ssa.mutant("by 0.68")
def below_ssa_by_more(N, dense, ssa, local, random):
    return le(Fraction(random) + Fraction("0.68"), Fraction(ssa))


figure2.plot(by_length)
