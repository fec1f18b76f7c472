"""Proposition 7: spectral properties of the attention Laplacian.

Statement.  W > 0 (Definition 5; not assumed symmetric), D = diag(W 1), L = I - D^-1 W.

    1               spec(L) is contained in [0, 2]
    2               0 is an eigenvalue, with eigenvector 1
    3               <f, L f>_D >= 0 for every f
    proof-identity  <f, L f>_D = 1/2 sum_ij D_ii P_ij (f_i - f_j)^2

Verdict (1): refuted.  Row-stochastic P has ||P|| <= 1 in the maximum norm, which confines its
spectrum to the unit *disc*; the printed step to [-1, 1] needs real eigenvalues.  The circulant
W = [[1, 9, 1], [1, 1, 9], [9, 1, 1]] has the pair 1 - (-4 +- 4 sqrt(3) i)/11.
Verdict (2): holds.
Verdict (3): refuted.  f = (3, 2), W = [[1, 1], [2, 1]]: f^T (D - W) f = 9 - 18 + 8 = -1.
Verdict (proof-identity): refuted.  It forgets 1/2 sum_i (D_ii - in_i) f_i^2.

Repair.  (1) |lambda - (1 - p)| <= 1 - p with p = min P_ii, for every W >= 0; for symmetric W the
spectrum is in [0, 2 - 2p].  Equality at W = [[1, 2], [2, 1]]: lambda = 4/3, p = 1/3.
(3) true exactly if the in-degrees are the out-degrees, D_ii = sum_j W_ji (symmetric W, say): else
the gradient of the form at f = 1, where it is 0, does not vanish.  Every irreducible P has its form
in the pi-weighted product: <f, L f>_pi >= 0.
(identity) with the in-degrees put back, for every W.

Source.  Gershgorin (1931) for the disc; Chung, Ann. Comb. 9 (2005), for the pi-weighted form.
"""

from spectral.balls import enclosing_min
from spectral.chain import stationary_distribution
from spectral.graph import attention_weights, degrees, transition_matrix
from spectral.laplacian import dirichlet_energy, dirichlet_form, random_walk
from spectral.linalg import eigvals, imag, real
from verify import Claim, eq, ge, le
from verify.given import positive_weights, signals
from verify.proofs.laplacian import (
    a_sum_of_squares,
    each_pair,
    in_and_out_flow_agree,
    rows_sum_to_zero,
)

proposition7 = Claim("sequence/proposition7", "spectral properties of the attention Laplacian")


def weights_of(head):
    return attention_weights(head.q, head.k, causal=head.causal)


@proposition7.part(
    r"\operatorname{spec}(L) \subseteq [0, 2]",
    part="1",
    given=positive_weights(),
    on=weights_of,
    why="a directed graph has complex eigenvalues",
)
def in_the_interval(W):
    z = eigvals(random_walk(W))
    return eq(imag(z), 0, scale=1) & ge(real(z), 0, scale=1) & le(real(z), 2, scale=1)


@in_the_interval.amend(
    r"|\lambda - (1 - p)| \le 1 - p,\ p = \min_i P_{ii}",
    reference="Gershgorin's discs, all tangent to 1 at P's eigenvalue 1",
    equality=[[1, 2], [2, 1]],
)
def in_the_disc(W):
    p = enclosing_min(transition_matrix(W).diagonal())
    z = eigvals(random_walk(W))
    return le((real(z) - (1 - p)) ** 2 + imag(z) ** 2, (1 - p) ** 2, scale=1)


@in_the_disc.mutant("radius 9/10 of it")
def smaller_disc(W):
    p = enclosing_min(transition_matrix(W).diagonal())
    z = eigvals(random_walk(W))
    return le(100 * ((real(z) - (1 - p)) ** 2 + imag(z) ** 2), 81 * (1 - p) ** 2, scale=1)


@in_the_interval.amend(
    r"\operatorname{spec}(L) \subseteq [0, 2 - 2p] for symmetric W",
    given=positive_weights(symmetric=True),
    equality=[[1, 2], [2, 1]],
)
def symmetric_interval(W):
    z, p = eigvals(random_walk(W)), enclosing_min(transition_matrix(W).diagonal())
    inside = ge(real(z), 0, scale=1) & le(real(z), 2 - 2 * p, scale=1)
    return inside & eq(imag(z), 0, scale=1)


@symmetric_interval.mutant("for every W", given=positive_weights())
def any_weights(W):
    return symmetric_interval(W)


@proposition7.part(
    r"L\,1 = 0", part="2", given=positive_weights(), on=weights_of, proofs=[rows_sum_to_zero]
)
def constant_is_harmonic(W):
    return eq(random_walk(W).sum(axis=1), 0, scale=1)


@constant_is_harmonic.mutant("columns in place of rows")
def columns(W):
    return eq(random_walk(W).sum(axis=0), 0, scale=1)


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
    excess = ((degrees(W) - degrees(W.T)) * f * f).sum() / 2
    scale = (degrees(W) * f * f).sum() + (degrees(W.T) * f * f).sum()
    return eq(dirichlet_form(W, f), dirichlet_energy(W, f) + excess, scale=scale)


@energy_with_in_degrees.mutant("the excess with the other sign")
def wrong_sign(W, f):
    excess = ((degrees(W.T) - degrees(W)) * f * f).sum() / 2
    return eq(dirichlet_form(W, f), dirichlet_energy(W, f) + excess)
