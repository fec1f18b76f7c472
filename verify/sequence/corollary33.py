"""Corollary 33: are attention weights preserved multiplicatively?

Statement.  On the event of Theorem 32, with W_ij = exp(<q_i, k_j> / sqrt d) and
W~_ij = exp(<Phi q_i, Phi k_j> / sqrt d):  exp(-eps) W_ij <= W~_ij <= exp(eps) W_ij.

Verdict: refuted.  The event is about distances, and weights are about lengths too: q = k = 1 has
distance 0 under every Phi, and Phi = 0 makes a 0 of <q, k> = 1.  Nor would it help to keep lengths:
an error of eps |q|^2 in <q, k> is not one of eps.  With q = k = (t, 0, ..., 0), whatever m is,
t^2 |chi^2_m / m - 1| > eps sqrt(d) with a probability that tends to 1 as t grows.

Repair.  Where lengths are kept too, an error relative to them: `corollary33_repair`.

Source.  Polarization.
"""

import numpy as np

from spectral.projection import (
    distance_distortion,
    inner_product_distortion,
    jl_dimension,
    jl_matrix,
)
from verify import Claim, le
from verify.given import projections, scalars

corollary33 = Claim("sequence/corollary33", "attention weights under projection")


def distances_are_kept(Phi, q, k, eps):
    return le(distance_distortion(Phi, q, k), eps)


def projected(head):
    """Phi for the first 64 tokens, at eps = 1/2 and a failure probability of 1/100."""
    q, k = head.q[:64], head.k[:64]
    m = jl_dimension(q.shape[0] ** 2, 1 / 2, failure=1 / 100).exact
    return jl_matrix(m, head.d, rng=np.random.default_rng(0)), q, k, 1 / 2


@corollary33.part(
    r"e^{-\epsilon} W_{ij} \le \tilde W_{ij} \le e^\epsilon W_{ij}",
    given=(projections(), scalars(0, 1)),
    where=distances_are_kept,
    on=projected,
    reading="squared logarithms; one √d for W and W̃",
    why="distances are kept, lengths are not; and relative errors of a score are not its errors",
)
def multiplicative(Phi, q, k, eps):
    return le(inner_product_distortion(Phi, q, k) ** 2, q.shape[1] * eps**2)
