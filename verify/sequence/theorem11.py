"""Theorem 11: Cheeger's inequality for attention.

Statement.  W > 0 (Definition 5, directed), L = I - P, P = D^-1 W.  With gamma the smallest
nonzero eigenvalue of L (Definition 10), and h = min over S of cut(S, S^c) / min(vol S, vol S^c):

    h^2 / 2 <= gamma <= 2 h                                                       (1)

    symmetric                   for W = W^T
    upper-directed              gamma <= 2 h
    lower-directed-outdegree    h^2 / 2 <= gamma, cuts and volumes of the flow W_ij (out-degrees)
    lower-directed-pi           h^2 / 2 <= gamma, of the flow pi_i P_ij (pi stationary)

Verdict (symmetric): holds.  Both constants are best possible: gamma = 2h for N = 2, and gamma / h^2
tends to 1/2 for long paths whose weights slowly fall off on both sides.
Verdict (upper-directed): refuted.  W = [[3, 5, 1], [3, 1, 5], [3, 1, 5]]: P^2 has equal rows, so
that P has the eigenvalues 1, 0, 0 and gamma = 1; but token 3 keeps 5/9 of its attention, so that
h = 4/9 with either flow.  No f(h) bounds gamma: a long run of successes that breaks off with
probability q has gamma = 1 and h <= q.  Of the 27 trained heads shipped 3 break the bound on their
first 12 tokens, by a factor of 3.  N = 2 obeys the stationary flow: gamma = p + q, h = max(p, q).
Verdict (lower-directed-outdegree): refuted.  Rows of W can be rescaled without a change of P.  On
the ladder [[10^4, 100, ., .], [100, ., 200, .], [., 10, ., 20], [., ., 1, 2]] + 1/100, no cut is
below 3/10; but the way down takes three steps in a row, each of probability 1/3, and gamma =
0.042 < 0.045.  No search found a case of 3 tokens; there is none of 2, as h <= p there.
Verdict (lower-directed-pi): holds.

Repair.  (1) holds for every W > 0 with the stationary flow and with the second eigenvalue lambda_2
of Chung's Laplacian M, the symmetric part of L in l2(pi), in place of gamma; and gamma >= lambda_2.

Proof.  F is the stationary flow, E(f) = <f, M f> = 1/2 sum F_ij (f_i - f_j)^2.  Upper: for the
indicator of S, centred, E / <f, f> = F(S, S^c) / (pi(S) pi(S^c)) <= 2 h.  Lower: let g be the
eigenvector of lambda_2, signed so that pi(g > 0) <= 1/2, and f its positive part.  M f <= M g =
lambda_2 f where f > 0, so E(f) <= lambda_2 <f, f>.  By Cauchy-Schwarz (1/2 sum F_ij |f_i^2 -
f_j^2|)^2 <= E(f) 1/2 sum F_ij (f_i + f_j)^2 <= E(f) 2 <f, f>.  Summed by layers, as cut(f > t) >=
h pi(f > t), the left side is at least (h <f, f>)^2.  Last, an eigenvector of L to lambda != 0 has
mean 0 in pi, so that Re lambda is a Rayleigh quotient of M: it is at least lambda_2.

Source.  Chung, Spectral Graph Theory (1997), Lemma 2.1 and Theorem 2.2 (undirected), and Ann.
Comb. 9 (2005) (directed).  Heads are asked on 12 tokens only, for which all cuts can be tried.
"""

from spectral.balls import enclosing_min, maximum
from spectral.conductance import cheeger, conductance
from spectral.graph import attention_weights
from spectral.laplacian import random_walk
from spectral.linalg import eigvals, real
from verify import Claim, le
from verify.given import bottlenecks
from verify.proofs.laplacian import layers_and_test_vectors, rayleigh_quotient_of_the_symmetric_part

theorem11 = Claim("sequence/theorem11", "Cheeger's inequality for attention")


def nonzero_eigenvalues(W):
    """Those of L on functions modulo constants, in the coordinates f_i - f_N."""
    L = random_walk(W)
    return eigvals(L[:-1, :-1] - L[-1:, :-1])


def least_real_part(W):
    return enclosing_min(real(nonzero_eigenvalues(W)))


def least_modulus(W):
    return enclosing_min(abs(nonzero_eigenvalues(W)))


def h(W, flow="out-degree"):
    return conductance(W, flow=flow).value


def first_tokens(head):
    """The attention graph of a head's first 12 tokens: few enough to try every cut."""
    return attention_weights(head.q[:12], head.k[:12], causal=head.causal)


@theorem11.part(
    r"\tfrac{h^2}{2} \le \gamma \le 2h for symmetric W",
    part="symmetric",
    given=bottlenecks(symmetric=True),
    on=first_tokens,
    proofs=[layers_and_test_vectors],
)
def both_sides(W):
    gamma = least_real_part(W)
    return le(h(W) ** 2 / 2, gamma, scale=1) & le(gamma, 2 * h(W), scale=1)


@both_sides.mutant("h² in place of h²/2")
def without_the_half(W):
    return le(h(W) ** 2, least_real_part(W))


@both_sides.mutant("19/10 in place of 2")
def less_than_twice(W):
    return le(10 * least_real_part(W), 19 * h(W))


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


@theorem11.part(
    r"\tfrac{h^2}{2} \le \gamma for directed W, h of out-degrees",
    part="lower-directed-outdegree",
    given=bottlenecks(),
    on=first_tokens,
    reading="γ = min |λ|, the largest reading",
    why="out-degrees can be changed at will, row by row, without a change of P",
)
def above_the_out_degree_cut(W):
    return le(h(W) ** 2 / 2, least_modulus(W), scale=1)


@above_the_out_degree_cut.amend(
    r"\tfrac{h^2}{2} \le \lambda_2 \le \operatorname{Re}\lambda for each nonzero eigenvalue, "
    r"\lambda_2 of Chung's Laplacian, h of the flow \pi_i P_{ij}",
    reference="Chung (2005)",
    proofs=[rayleigh_quotient_of_the_symmetric_part],
)
def chung_above_the_cut(W):
    both = cheeger(W, flow="stationary")
    return le(both.lower, both.gap, scale=1) & le(both.gap, least_real_part(W), scale=1)


@chung_above_the_cut.mutant("λ₂ at least Re λ")
def other_way(W):
    return le(least_real_part(W), cheeger(W, flow="stationary").gap)


@chung_above_the_cut.mutant("h² in place of h²/2")
def chung_above_twice(W):
    both = cheeger(W, flow="stationary")
    return le(2 * both.lower, both.gap)


@theorem11.part(
    r"\tfrac{h^2}{2} \le \gamma for directed W, h of the flow \pi_i P_{ij}",
    part="lower-directed-pi",
    given=bottlenecks(),
    on=first_tokens,
    reading="γ = min Re λ, the least reading",
    proofs=[rayleigh_quotient_of_the_symmetric_part],
)
def above_the_stationary_cut(W):
    return le(h(W, "stationary") ** 2 / 2, least_real_part(W), scale=1)


@above_the_stationary_cut.mutant("h² in place of h²/2")
def stationary_without_the_half(W):
    return le(h(W, "stationary") ** 2, least_real_part(W))


@above_the_stationary_cut.mutant("out-degrees in place of π")
def with_out_degrees(W):
    return le(h(W) ** 2 / 2, least_real_part(W))
