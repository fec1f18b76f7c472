"""Remark 65: what the needle is said to show.

Statement.  (a) "SSA achieves > 99.6% retrieval accuracy across all lengths"; (b) it exceeds
dense attention "due to reduced noise from irrelevant tokens.  Local attention maintains reasonable
performance only because the query explicitly matches the needle".

Verdict (a): refuted.  Table 1 has 0.996 four times, not more; and it is the cosine of one output
with the needle, not a share of successes.
Verdict (b): supported.  Attention to needle and query alone has 0.9957 at every N, the printed
column of SSA; the other tokens cost dense attention up to 0.002 of it.  Local's 0.986 is the cosine
of the query with the needle: give the query another value, and Local is near 0.

Repair.  (a) At least 99.55 %, the least that rounds to the 0.996 of the table.

Source.  Table 1.
"""

from fractions import Fraction

from verify import Claim, ge, gt, le, rows
from verify.sequence.experiments.needle import mean_similarity
from verify.sequence.table1 import LENGTHS, TABLE
from verify.sequence.table2 import low

remark65 = Claim("sequence/remark65", "what the needle shows")


@remark65.part(
    "SSA has > 99.6 % at every N",
    part="a",
    given=rows([(N, ssa) for N, _, ssa, *_ in TABLE]),
    reading="the accuracy meant is the similarity of Table 1, as printed",
    why="it is 0.996",
)
def above(N, ssa):
    return gt(Fraction(ssa), Fraction("0.996"))


@above.amend("SSA has at least 99.55 %, to the rounding of the table")
def at_least(N, ssa):
    return ge(low(ssa), Fraction("0.9955"))


@at_least.mutant("at least 99.6 %, however it was rounded")
def at_least_for_sure(N, ssa):
    return ge(low(ssa), Fraction("0.996"))


@remark65.part(
    "irrelevant tokens cost dense attention its lead; Local needs the query to match the needle",
    part="b",
    given=rows(LENGTHS, evidence="sampled"),
    reading="means of 20 runs: without the other tokens dense is as good or better; where the "
    "query's own value is not the needle's, Local is below 1/2",
)
def causes(N):
    quiet = ge(mean_similarity("pair", N), mean_similarity("dense", N))
    return quiet & le(mean_similarity("local", N, own_value=False), Fraction(1, 2))


@causes.mutant("dense attention is better with the other tokens")
def noise_helps(N):
    return le(mean_similarity("pair", N), mean_similarity("dense", N))


@causes.mutant("Local needs no match")
def no_match(N):
    return ge(mean_similarity("local", N, own_value=False), Fraction(1, 2))
