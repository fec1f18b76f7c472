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
Verdict (upper-directed): refuted.  See `theorem11_upper`.
Verdict (lower-directed-outdegree): refuted.  See `theorem11_lower`.
Verdict (lower-directed-pi): holds.  See there.

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

from spectral.balls import enclosing_min
from spectral.conductance import conductance
from spectral.graph import attention_weights
from spectral.linalg import real
from spectral.spectrum import nonzero_laplacian_eigenvalues
from verify import Claim, le
from verify.given import bottlenecks
from verify.proofs.laplacian import layers_and_test_vectors

theorem11 = Claim("sequence/theorem11", "Cheeger's inequality for attention")


def least_real_part(W):
    return enclosing_min(real(nonzero_laplacian_eigenvalues(W)))


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
