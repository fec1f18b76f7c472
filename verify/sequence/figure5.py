"""Figure 5: sparsity against quality.

Statement.  "The trade-off between sparsity (number of clusters) and spectral approximation quality
(cosine similarity)."

Verdict: holds.  As a trade-off of the share of scores and the cosine, by Table 3, and on all 27
shipped heads.  But a cosine of outputs is not spectral: with k the "spectral error" of section 13.3
*falls*, and so does this quality.

Source.  Table 3.
"""

from math import isqrt

from verify import Claim
from verify.sequence.experiments.ablation import fidelity
from verify.sequence.table3 import FOLLOWING, both_fall, quality_rises
from verify.sequence.table3_run import front

figure5 = Claim("sequence/figure5", "sparsity against quality")


def two_and_sqrt_n_clusters(head):
    few, many = fidelity(head, 2), fidelity(head, isqrt(head.N))
    return few.density, few.cosine, many.density, many.cosine


@figure5.part(
    "fewer scores, lower cosine",
    given=FOLLOWING,
    on=two_and_sqrt_n_clusters,
    reading="as printed; on a head, 2 clusters against √N",
)
def trade_off(sparsity, cosine, next_sparsity, next_cosine):
    return both_fall(sparsity, cosine, next_sparsity, next_cosine)


@trade_off.mutant("fewer scores, lower error, as section 13.3 has it")
def error_falls(sparsity, cosine, next_sparsity, next_cosine):
    return quality_rises(sparsity, cosine, next_sparsity, next_cosine)


figure5.plot(front)
