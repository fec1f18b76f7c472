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

from verify import Claim, Table, lt, printed, rows
from verify.sequence.experiments.ablation import ablation

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


@table3.table
def beside():
    lines = [(TABLE, 0.3), ([(k, "", "", "") for k, *_ in TABLE], 0.7)]
    table = [
        (k, sparsity, round(run.density, 3), cosine, round(run.cosine, 3), apart)
        for texts, apart in lines
        for (k, sparsity, cosine, _), run in zip(texts, ablation(separation=apart), strict=True)
    ]
    columns = ("k", "Sparsity", "run", "Cosine", "run", "separation")
    return Table(columns, tuple(table), "16 clusters in 64 dimensions, spread 0.3")


@table3.plot
def front(axes):
    axes.plot(*([float(row[i]) for row in TABLE] for i in (1, 2)), "o-", label="printed")
    for apart in (0.3, 0.7):
        run = ablation(separation=apart)
        label = f"run, separation {apart}"
        axes.plot([f.density for f in run], [f.cosine for f in run], "s--", label=label)
    axes.set(xlabel="share of scores computed", ylabel="cosine with dense attention", xscale="log")
    axes.legend()
