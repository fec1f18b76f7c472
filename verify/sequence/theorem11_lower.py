"""Theorem 11, lower-directed: h^2 / 2 <= gamma for directed W, with either flow.

Out-degrees: refuted.  Rows of W can be rescaled without a change of P.  On the ladder
[[10^4, 100, ., .], [100, ., 200, .], [., 10, ., 20], [., ., 1, 2]] + 1/100, no cut is below 3/10;
but the way down takes three steps in a row, each of probability 1/3, and gamma = 0.042 < 0.045.  No
search found a case of 3 tokens; there is none of 2, as h <= p there.

Stationary flow: holds; `theorem11` has the proof.
"""

from spectral.balls import enclosing_min
from spectral.conductance import cheeger
from spectral.spectrum import nonzero_laplacian_eigenvalues
from verify import le
from verify.given import bottlenecks
from verify.proofs.laplacian import rayleigh_quotient_of_the_symmetric_part
from verify.sequence.theorem11_upper import first_tokens, h, least_real_part, theorem11


def least_modulus(W):
    return enclosing_min(abs(nonzero_laplacian_eigenvalues(W)))


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
