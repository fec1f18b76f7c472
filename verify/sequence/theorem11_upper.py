"""Theorem 11, upper-directed: gamma <= 2 h for directed W.

Refuted.  W = [[3, 5, 1], [3, 1, 5], [3, 1, 5]]: P^2 has equal rows, so that P has the eigenvalues
1, 0, 0 and gamma = 1; but token 3 keeps 5/9 of its attention, so that h = 4/9 with either flow.  No
f(h) bounds gamma: a long run of successes that breaks off with probability q has gamma = 1 and
h <= q.  Of the 27 trained heads shipped 3 break the bound on their first 12 tokens, by a factor
of 3.  N = 2 obeys the stationary flow: gamma = p + q, h = max(p, q).

Repair.  With Chung's lambda_2 for gamma, and the stationary flow: `theorem11` has the proof.
"""

from spectral.balls import maximum
from spectral.conductance import cheeger
from verify import le
from verify.given import bottlenecks
from verify.proofs.laplacian import layers_and_test_vectors
from verify.sequence.theorem11 import first_tokens, h, least_real_part, theorem11


@theorem11.part(
    r"\gamma \le 2h for directed W",
    part="upper-directed",
    given=bottlenecks(),
    on=first_tokens,
    reading="γ = min Re λ, the least reading; h of out-degrees or of πP, whichever is larger",
    why="all eigenvalues of P but 1 may be 0 however narrow a cut is",
)
def at_most_twice(W):
    widest = maximum(h(W), h(W, "stationary"))
    return le(least_real_part(W), 2 * widest, scale=1)


@at_most_twice.amend(
    r"\lambda_2 \le 2h, \lambda_2 of Chung's Laplacian, h of the flow \pi_i P_{ij}",
    reference="Chung (2005)",
    equality=[[2, 1], [1, 2]],
    proofs=[layers_and_test_vectors],
)
def chung_at_most_twice(W):
    both = cheeger(W, flow="stationary")
    return le(both.gap, both.upper, scale=1)


@chung_at_most_twice.mutant("γ in place of λ₂")
def plain_gap_at_most_twice(W):
    return le(least_real_part(W), 2 * h(W, "stationary"))


@chung_at_most_twice.mutant("19/10 in place of 2")
def chung_less_than_twice(W):
    both = cheeger(W, flow="stationary")
    return le(20 * both.gap, 19 * both.upper)
