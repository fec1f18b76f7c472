"""Corollary 33, repaired: what lengths and distances that are kept say of inner products.

| <Phi q_i, Phi k_j> - <q_i, k_j> |, which is sqrt(d) |log(W~_ij / W_ij)|, is at most

    (a)  eps (|q_i|^2 + |k_j|^2 - <q_i, k_j>), if 0 is among the points: if lengths are kept, too;
    (b)  eps |q_i| |k_j|, if Phi keeps the lengths of |k_j| q_i +- |q_i| k_j.

Each up to 1 +- eps in the square, as in Theorem 32: the event for 2 N more points, or 2 N^2
vectors.  Equality in both is possible.

Proof.  Let D(x) = |Phi x|^2 - |x|^2, a quadratic form.  (a) 2 <q, k> = |q|^2 + |k|^2 - |q - k|^2:
twice the difference is D(q) + D(k) - D(q - k).  (b) With x = |k| q + |q| k and y = |k| q - |q| k,
4 |q| |k| times it is D(x) - D(y), and |x|^2 + |y|^2 = 4 |q|^2 |k|^2.
"""

from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_max
from spectral.distances import squared_lengths
from spectral.projection import distance_distortion, inner_product_errors, length_distortion
from verify import le
from verify.given import projections
from verify.proofs.projection import parallelogram, polarized
from verify.sequence.corollary33 import multiplicative


def error_within(bound, Phi, q, k):
    cancels = squared_lengths(q).max() + squared_lengths(k).max()
    errors = inner_product_errors(Phi, q, k)
    return le(errors, bound, scale=cancels * (1 + (Phi**2).sum()))


def by_points(factor, Phi, q, k):
    """The errors against factor eps (|q|^2 + |k|^2 - <q, k>), with the least eps."""
    kept = [distance_distortion(Phi, q, k), *(length_distortion(Phi, x) for x in (q, k))]
    sizes = squared_lengths(q)[:, None] + squared_lengths(k) - q @ k.T
    return error_within(factor * enclosing_max(np.array(kept)) * sizes, Phi, q, k)


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
    """The errors against factor eps |q| |k|."""
    a, b = (linalg.sqrt(squared_lengths(x), like=x) for x in (q, k))
    q_scaled, k_scaled = b[None, :, None] * q[:, None], a[:, None, None] * k[None]
    sums = [(q_scaled + sign * k_scaled).reshape(-1, q.shape[1]) for sign in (1, -1)]
    kept = enclosing_max(np.array([length_distortion(Phi, x) for x in sums]))
    return error_within(factor * kept * np.outer(a, b), Phi, q, k)


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
