"""Corollary 33: are attention weights preserved multiplicatively?

Statement.  On the event of Theorem 32, with W_ij = exp(<q_i, k_j> / sqrt d) and
W~_ij = exp(<Phi q_i, Phi k_j> / sqrt d):  exp(-eps) W_ij <= W~_ij <= exp(eps) W_ij.

Verdict: refuted.  The event is about distances, and weights are about lengths too: q = k = 1 has
distance 0 under every Phi, and Phi = 0 makes a 0 of <q, k> = 1.  Nor would it help to keep lengths:
an error of eps |q|^2 in <q, k> is not one of eps.  With q = k = (t, 0, ..., 0), whatever m is,
t^2 |chi^2_m / m - 1| > eps sqrt(d) with a probability that tends to 1 as t grows.

Repair.  | <Phi q_i, Phi k_j> - <q_i, k_j> |, which is sqrt(d) |log(W~_ij / W_ij)|, is at most

    (a)  eps (|q_i|^2 + |k_j|^2 - <q_i, k_j>), if 0 is among the points: if lengths are kept, too;
    (b)  eps |q_i| |k_j|, if Phi keeps the lengths of |k_j| q_i +- |q_i| k_j.

Each up to 1 +- eps in the square, as in the theorem: the event for 2 N more points, or 2 N^2
vectors.  Equality in both is possible.

Proof.  Let D(x) = |Phi x|^2 - |x|^2, a quadratic form.  (a) 2 <q, k> = |q|^2 + |k|^2 - |q - k|^2:
twice the difference is D(q) + D(k) - D(q - k).  (b) With x = |k| q + |q| k and y = |k| q - |q| k,
4 |q| |k| times it is D(x) - D(y), and |x|^2 + |y|^2 = 4 |q|^2 |k|^2.

Source.  Polarization.
"""

from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_max
from spectral.projection import (
    distance_distortion,
    inner_product_distortion,
    jl_dimension,
    jl_matrix,
)
from verify import Claim, le
from verify.given import projections, scalars
from verify.proofs.projection import parallelogram, polarized

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


def differences(Phi, q, k):
    """| <Phi q_i, Phi k_j> - <q_i, k_j> |."""
    return abs((q @ Phi.T) @ (Phi @ k.T) - q @ k.T)


def lengths(x):
    return (x**2).sum(axis=-1)


def changes(Phi, x):
    """The largest | |Phi x|^2 / |x|^2 - 1 | over the vectors x of an array that are not 0."""
    return distance_distortion(Phi, x.reshape(-1, x.shape[-1]), 0 * x.reshape(-1, x.shape[-1])[:1])


def by_points(factor, Phi, q, k):
    """The differences against factor eps (|q|^2 + |k|^2 - <q, k>), with the least eps."""
    kept = [distance_distortion(Phi, q, k), changes(Phi, q), changes(Phi, k)]
    sizes = lengths(q)[:, None] + lengths(k)
    return le(
        differences(Phi, q, k), factor * largest(kept) * (sizes - q @ k.T), scale=noise(Phi, sizes)
    )


def largest(kept):
    return enclosing_max(np.array(kept))


def noise(Phi, sizes):
    """What cancels in the differences."""
    return sizes.max() * (1 + (Phi**2).sum())


@multiplicative.amend(
    r"\sqrt d\,|\log(\tilde W_{ij}/W_{ij})| \le \epsilon(\|q_i\|^2 + \|k_j\|^2 - \langle q_i, "
    r"k_j\rangle), if Phi keeps lengths and distances up to ε",
    given=projections(),
    where=(),
    on=None,
    equality=([["8/7", "3/7"], ["3/7", "8/7"]], [[1, 0]], [[0, 1]]),
    reference="proof (a); ε is the least for which the hypothesis holds",
    proofs=[polarized],
)
def with_lengths(Phi, q, k):
    return by_points(1, Phi, q, k)


@with_lengths.mutant("9/10 of it")
def less(Phi, q, k):
    return by_points(Fraction(9, 10), Phi, q, k)


def by_sums(factor, Phi, q, k):
    """The differences against factor eps |q| |k|."""
    a, b = (linalg.sqrt(lengths(x), like=x) for x in (q, k))
    q_scaled, k_scaled = b[None, :, None] * q[:, None], a[:, None, None] * k[None]
    kept = [changes(Phi, q_scaled + k_scaled), changes(Phi, q_scaled - k_scaled)]
    sizes = lengths(q)[:, None] + lengths(k)
    return le(
        differences(Phi, q, k), factor * largest(kept) * np.outer(a, b), scale=noise(Phi, sizes)
    )


@multiplicative.amend(
    r"\sqrt d\,|\log(\tilde W_{ij}/W_{ij})| \le \epsilon\|q_i\|\|k_j\|, if Phi keeps the lengths "
    r"of $\|k_j\|q_i \pm \|q_i\|k_j$ up to ε",
    given=projections(),
    where=(),
    on=None,
    equality=([["4/5", "3/5"], ["3/5", "4/5"]], [[1, 0]], [[0, 1]]),
    reference="proof (b)",
    proofs=[parallelogram],
)
def with_sums(Phi, q, k):
    return by_sums(1, Phi, q, k)


@with_sums.mutant("9/10 of it")
def less_than_sums(Phi, q, k):
    return by_sums(Fraction(9, 10), Phi, q, k)
