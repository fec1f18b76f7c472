"""Table 3: SSA by the number of clusters, N = 1024.

Statement.  (density) The column "Sparsity": 0.53, 0.28, 0.16, 0.09, 0.06 for k = 2, 4, 8, 16, 32.
(caption) "More clusters reduce sparsity but decrease approximation quality due to smaller cluster
sizes."

Verdict (density): holds.  Every entry is 1/k + 1/32: balanced clusters, and sqrt(N) = 32 sampled
keys a query.  So "sparsity" is the share of scores that *are* computed (as rho in Definition 34).
Verdict (caption): holds.  In that sense; the share of zeros (section 14) rises.  Run again, both
fall; but where clusters lie apart, the cosine stays above 0.99 up to k = 16, their number.

Source.  Section 13.5; `verify.sequence.experiments.ablation` says what was chosen, and why.
"""

from fractions import Fraction
from itertools import pairwise
from math import isqrt

from verify import Claim, lt, printed, rows

table3 = Claim("sequence/table3", "SSA by the number of clusters")

#    k   Sparsity  Cosine   Time        as printed
TABLE = [
    (2, "0.53", "0.807", "0.016"),
    (4, "0.28", "0.732", "0.017"),
    (8, "0.16", "0.629", "0.027"),
    (16, "0.09", "0.535", "0.059"),
    (32, "0.06", "0.449", "0.162"),
]
N = 1024
SAMPLED = Fraction(1, isqrt(N))  # the share of keys that a query samples
FOLLOWING = rows([(*this[1:3], *after[1:3]) for this, after in pairwise(TABLE)])


@table3.part(
    r"Sparsity = 1/k + 1/\sqrt N",
    part="density",
    given=rows([(k, density) for k, density, *_ in TABLE]),
    reading="the share of scores computed: balanced clusters and √N sampled keys a query",
)
def density(k, sparsity):
    return printed(sparsity, Fraction(1, k) + SAMPLED)


@density.mutant("the share of zeros")
def zeros(k, sparsity):
    return printed(sparsity, 1 - Fraction(1, k) - SAMPLED)


@density.mutant("sampled keys among those of the own cluster too")
def overlapping(k, sparsity):
    return printed(sparsity, Fraction(1, k) + (1 - Fraction(1, k)) * SAMPLED)


@table3.part(
    "more clusters reduce sparsity and approximation quality",
    part="caption",
    given=FOLLOWING,
    reading="sparsity and quality are the columns; as printed",
)
def both_fall(sparsity, cosine, next_sparsity, next_cosine):
    thinner = lt(Fraction(next_sparsity), Fraction(sparsity))
    return thinner & lt(Fraction(next_cosine), Fraction(cosine))


@both_fall.mutant("approximation quality rises")
def quality_rises(sparsity, cosine, next_sparsity, next_cosine):
    return lt(Fraction(cosine), Fraction(next_cosine))
