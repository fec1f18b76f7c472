"""Section 14, item 1: no speed-up by the clock.

Statement.  "The current pure-Python implementation does not achieve wall-clock speedups due to the
overhead of clustering and sparse indexing."

Verdict: holds.  By the only times that are printed: in Table 3 the time grows tenfold, from 0.016 s
to 0.162 s, while the scores fall ninefold.  So Figure 1, where SSA's *run time* is "significantly
outperforming" dense attention, and section 1.2, which confirms its scaling, contradict this item.

Source.  Table 3.  The implementation is not published, so no other time can be had.
"""

from fractions import Fraction
from itertools import pairwise

from verify import Claim, gt, lt, rows
from verify.sequence.table3 import TABLE

section14 = Claim("sequence/section14", "no speed-up by the clock")


@section14.part(
    "no speed-up by the clock",
    part="1",
    given=rows([(k, *cells[::2], *after[1::2]) for (k, *cells), after in pairwise(TABLE)]),
    reading="from each row of Table 3 to the next: fewer scores, more time",
)
def slower(k, density, time, then_density, then_time):
    return lt(Fraction(then_density), Fraction(density)) & gt(Fraction(then_time), Fraction(time))


@slower.mutant("fewer scores, less time")
def faster(k, density, time, then_density, then_time):
    return lt(Fraction(then_density), Fraction(density)) & lt(Fraction(then_time), Fraction(time))
