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
Verdict (3): refuted.  See `proposition7_form`.
Verdict (proof-identity): refuted.  See there.

Repair.  (1) |lambda - (1 - p)| <= 1 - p with p = min P_ii, for every W >= 0; for symmetric W the
spectrum is in [0, 2 - 2p].  Equality at W = [[1, 2], [2, 1]]: lambda = 4/3, p = 1/3.

Source.  Gershgorin (1931) for the disc.
"""

from spectral.balls import enclosing_min
from spectral.graph import attention_weights, transition_matrix
from spectral.laplacian import random_walk
from spectral.linalg import eigvals, imag, real
from verify import Claim, eq, ge, le
from verify.given import positive_weights
from verify.proofs.laplacian import rows_sum_to_zero

proposition7 = Claim("sequence/proposition7", "spectral properties of the attention Laplacian")


def weights_of(head):
    return attention_weights(head.q, head.k, causal=head.causal)


def least_loop(W):
    """p = min P_ii."""
    return enclosing_min(transition_matrix(W).diagonal())


@proposition7.part(
    r"\operatorname{spec}(L) \subseteq [0, 2]",
    part="1",
    given=positive_weights(),
    on=weights_of,
    why="a directed graph has complex eigenvalues",
)
def in_the_interval(W, *, laplacian=random_walk):
    z = eigvals(laplacian(W))
    return eq(imag(z), 0, scale=1) & ge(real(z), 0, scale=1) & le(real(z), 2, scale=1)


@in_the_interval.amend(
    r"|\lambda - (1 - p)| \le 1 - p,\ p = \min_i P_{ii}",
    reference="Gershgorin's discs, all tangent to 1 at P's eigenvalue 1",
    equality=[[1, 2], [2, 1]],
)
def in_the_disc(W, *, laplacian=random_walk):
    p = enclosing_min(transition_matrix(W).diagonal())
    z = eigvals(laplacian(W))
    return le((real(z) - (1 - p)) ** 2 + imag(z) ** 2, (1 - p) ** 2, scale=1)


@in_the_disc.mutant("radius 9/10 of it")
def smaller_disc(W):
    p, z = least_loop(W), eigvals(random_walk(W))
    return le(100 * ((real(z) - (1 - p)) ** 2 + imag(z) ** 2), 81 * (1 - p) ** 2, scale=1)


@in_the_interval.amend(
    r"\operatorname{spec}(L) \subseteq [0, 2 - 2p] for symmetric W",
    given=positive_weights(symmetric=True),
    equality=[[1, 2], [2, 1]],
)
def symmetric_interval(W, *, laplacian=random_walk):
    z, p = eigvals(laplacian(W)), enclosing_min(transition_matrix(W).diagonal())
    inside = ge(real(z), 0, scale=1) & le(real(z), 2 - 2 * p, scale=1)
    return inside & eq(imag(z), 0, scale=1)


@symmetric_interval.mutant("for every W", given=positive_weights())
def any_weights(W):
    return symmetric_interval(W)


@proposition7.part(
    r"L\,1 = 0", part="2", given=positive_weights(), on=weights_of, proofs=[rows_sum_to_zero]
)
def constant_is_harmonic(W, *, laplacian=random_walk):
    return eq(laplacian(W).sum(axis=1), 0, scale=1)


@constant_is_harmonic.mutant("columns in place of rows")
def columns(W):
    return eq(random_walk(W).sum(axis=0), 0, scale=1)
