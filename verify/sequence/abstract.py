"""The abstract: four claims in numbers.

Statement.  (sparsifier) "Any attention graph admits a sparse approximation preserving its essential
spectral properties within eps-error using only O(N^(3/2)) edges for clustered data"; (energy5.2)
SSA with BitNet "achieves a 5.2x reduction in energy consumption ... while maintaining 99.6%
accuracy"; (nlogn) "near-linear O(N log N) scalability"; (landauer) binary attention achieves
"universal computation while operating near the Landauer limit".

Verdict (sparsifier): refuted.  In the paper's sense (Definition 29, L = I - D^-1 W) not even the
graph itself will do: f^T L f is negative for some f unless D^-1 W is doubly stochastic, and then
(1 - eps) f^T L f > (1 + eps) f^T L f for every eps > 0.
Verdict (energy5.2): refuted.  Table 2 has 21 to 95 for SSA+BitNet, and no rounding gives less than
50/3.  (And no accuracy of SSA+BitNet is printed: the 99.6% is of SSA.)
Verdict (nlogn): refuted.  Table 2's SSA column grows faster: `abstract_limits`.
Verdict (landauer): refuted.  By a factor of 480,000: see there.

Repair.  For symmetric W and L = D - W, 3 N log(2N/delta)/eps^2 edges drawn by effective resistance
suffice.  SSA+BitNet saves 16 times or more.

Source.  Table 2; Corollary 31's repair (Spielman and Srivastava 2011) for the sampling.
"""

from spectral.graph import attention_matrix
from spectral.laplacian import random_walk
from spectral.linalg import eigh
from verify import Claim, ge, le, rows
from verify.given import signals
from verify.sequence.corollary31_sampling import resistance_sampling, too_few_samples
from verify.sequence.table2 import TABLE, high, low

abstract = Claim("sequence/abstract", "four claims in numbers")


def first_token_is_apart(W, f):
    """A cluster of one token, and one of the others: weights within are twice those between."""
    if len(W) == 1:
        return False
    within, between = [W[0, 0], *W[1:, 1:].flat], [*W[0, 1:], *W[1:, 0]]
    return ge(min(within), 2 * max(between))


def with_its_least_direction(head):
    """A head's attention, and the f for which f^T L f is least."""
    P = attention_matrix(head.q, head.k)
    L = random_walk(P)
    return P, eigh((L + L.T) / 2).vectors[:, 0]


@abstract.part(
    r"some graph has (1-\epsilon) f^\top L f \le f^\top\tilde L f \le (1+\epsilon) f^\top L f",
    part="sparsifier",
    given=signals(),
    where=first_token_is_apart,
    on=with_its_least_direction,
    reading="Definition 29, L = I - D⁻¹W; needed: f^T L f ≥ 0",
    why="f^T L f may be negative, for clustered data too: then no graph will do",
)
def form_is_not_negative(W, f):
    return ge(f @ random_walk(W) @ f, 0, scale=(f * f).sum())


@form_is_not_negative.amend(
    r"for symmetric W and D - W, $3N\log(2N/\delta)/\epsilon^2$ edges suffice",
    given=rows([(6, 0.5, 0.5)]),
    where=(),
    on=None,
    reference="Spielman and Srivastava (2011); matrix Chernoff",
)
def symmetric_graphs_have_one(N, eps, delta):
    return resistance_sampling(N, eps, delta)


@symmetric_graphs_have_one.mutant("N edges, drawn so")
def with_fewer_edges(N, eps, delta):
    return too_few_samples(N, eps, delta)


@abstract.part(
    "SSA+BitNet saves 5.2x",
    part="energy5.2",
    given=rows([TABLE[0]]),
    reading="at some N of Table 2: at 256, where it saves least",
    why="21 at the least",
)
def five(N, dense, ssa, bitnet, saved):
    return le(low(dense) / high(bitnet), high("5.2"))


@five.amend("16x or more at every N, however the table was rounded", given=rows(TABLE))
def sixteen(N, dense, ssa, bitnet, saved):
    return ge(low(dense) / high(bitnet), 16)


@sixteen.mutant("17x or more")
def seventeen(N, dense, ssa, bitnet, saved):
    return ge(low(dense) / high(bitnet), 17)
