"""Proposition 7, the form <f, L f>_D: nonnegative (3), and the identity that is to prove it.

3: refuted.  f = (3, 2), W = [[1, 1], [2, 1]]: f^T (D - W) f = 9 - 18 + 8 = -1.
proof-identity: refuted.  It forgets 1/2 sum_i (D_ii - in_i) f_i^2.

Repair.  (3) true exactly if in-degrees are out-degrees (symmetric W, say): else the gradient does
not vanish at f = 1.  <f, L f>_pi >= 0 for every irreducible P.  (identity) in-degrees put back.

Source.  Chung, Ann. Comb. 9 (2005), for <f, L f>_pi.
"""

from spectral.chain import stationary_distribution
from spectral.graph import degrees, transition_matrix
from spectral.laplacian import dirichlet_energy, dirichlet_form, random_walk
from verify import eq, ge
from verify.given import signals
from verify.proofs.laplacian import a_sum_of_squares, each_pair, in_and_out_flow_agree
from verify.sequence.proposition7 import proposition7


@proposition7.part(
    r"\langle f, L f\rangle_D \ge 0",
    part="3",
    given=signals(),
    why="the form has a gradient at f = 1, where it vanishes, unless in- and out-degrees agree",
)
def nonnegative(W, f):
    return ge(dirichlet_form(W, f), 0, scale=(degrees(W) * f * f).sum())


@nonnegative.amend(
    r"\langle f, L f\rangle_D \ge 0 for symmetric W",
    given=signals(symmetric=True),
    proofs=[a_sum_of_squares],
)
def nonnegative_if_symmetric(W, f):
    return nonnegative(W, f)


@nonnegative_if_symmetric.mutant("larger than the energy by a tenth")
def more_than_the_energy(W, f):
    return ge(10 * dirichlet_form(W, f), 11 * dirichlet_energy(W, f), scale=(f * f).sum())


@nonnegative.amend(
    r"\langle f, L f\rangle_\pi \ge 0, π the stationary law, for every W > 0",
    proofs=[in_and_out_flow_agree],
)
def nonnegative_in_pi(W, f):
    pi = stationary_distribution(transition_matrix(W))
    return ge((pi * f * (random_walk(W) @ f)).sum(), 0, scale=(pi * f * f).sum())


@nonnegative_in_pi.mutant("the uniform law in place of π")
def nonnegative_in_the_uniform_law(W, f):
    return ge((f * (random_walk(W) @ f)).sum(), 0, scale=(f * f).sum())


@proposition7.part(
    r"\langle f, L f\rangle_D = \tfrac12 \sum_{ij} D_{ii} P_{ij} (f_i - f_j)^2",
    part="proof-identity",
    given=signals(),
    why="the in-degrees are missing",
)
def energy(W, f):
    return eq(dirichlet_form(W, f), dirichlet_energy(W, f), scale=(degrees(W) * f * f).sum())


@energy.amend(
    r"\ldots + \tfrac12 \sum_i (D_{ii} - in_i) f_i^2, in_i = \sum_j W_{ji}", proofs=[each_pair]
)
def energy_with_in_degrees(W, f):
    out, into = ((degrees(M) * f * f).sum() for M in (W, W.T))
    return eq(dirichlet_form(W, f), dirichlet_energy(W, f) + (out - into) / 2, scale=out + into)


@energy_with_in_degrees.mutant("the excess with the other sign")
def wrong_sign(W, f):
    out, into = ((degrees(M) * f * f).sum() for M in (W, W.T))
    return eq(dirichlet_form(W, f), dirichlet_energy(W, f) + (into - out) / 2)
