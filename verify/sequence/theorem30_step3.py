"""Theorem 30, step 3: matrix Bernstein with R <= W_max / s and sigma^2 <= W_max^2 / s.

Refuted.  To be unbiased a draw must add the total weight T over s, not W_max / s: two edges of
weight 1 give R = 2/s.  So ||E_S|| >= T/s - W_max, whatever is drawn.

Repair.  R = T/s, sigma^2 = (T/s) max(row sum, column sum); centred draws are at most sqrt(2) R.

Source.  Tropp (2012), Theorem 1.6.  B holds the edges between clusters; s = 1 where all is a
multiple of 1/s.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_max
from spectral.sparsify import (
    SamplingMoments,
    bernstein_radius,
    edge_draws,
    edge_moments,
    importance_ssa,
)
from verify import chance_le, eq, ge, gt, le, rows
from verify.given import sparsifications
from verify.proofs.sampling import of_one_draw
from verify.sequence.theorem30_step2 import theorem30


def only_between(case):
    W, labels, _ = case
    return W * (labels[:, None] != labels)


EDGES = (
    sparsifications(max_n=4)
    .map_values(only_between)
    .where("B is square", lambda B: B.ndim == 2 and B.shape[0] == B.shape[1])
    .where("no loops", lambda B: eq(B.diagonal(), 0))
    .where("B ≥ 0", lambda B: ge(B, 0))
    .where("B is not zero", lambda B: gt(B.sum(), 0))
)


@theorem30.part(
    r"R \le W_{max}/s, \sigma^2 \le W_{max}^2/s",
    part="step3",
    given=EDGES,
    reading="B holds the edges between clusters; X_l adds T/s at (i, j) with probability B_ij/T, "
    "so that the mean is right; s = 1, as all are multiples of 1/s",
    why="an unbiased draw adds the total weight over s; R and σ² printed are those of a biased one",
)
def by_largest_weight(B):
    largest, moments = enclosing_max(B), edge_moments(B, 1)
    return le(moments.largest, largest) & le(moments.variance, largest**2)


def moments_agree(B, factor):
    """`edge_moments` against sums over all draws X, and ||X - E X||_F^2 <= factor R^2; s = 1."""
    moments, draws = edge_moments(B, 1), edge_draws(B)
    of_rows, of_columns = draws.second_moments()
    off, largest = 1 - np.eye(len(B), dtype=int), moments.variance
    norms = np.concatenate([of_rows.diagonal(), of_columns.diagonal()])
    strayed = ((draws.matrices - B) ** 2).sum(axis=(1, 2))
    return (
        eq(enclosing_max(norms), largest)
        & eq(off * (abs(of_rows) + abs(of_columns)), 0, scale=largest)
        & le(strayed, factor * moments.largest**2)
    )


@by_largest_weight.amend(
    r"R = T/s, $\sigma^2 = (T/s) \max$(row sum, column sum): $\sum E X X^\top$, $\sum E X^\top X$ "
    r"are diagonal, T/s times these sums; $\|X - E X\|_F^2 \le 2R^2$",
    reference="by definition, summed over all edges",
    proofs=[of_one_draw],
)
def by_total_weight(B):
    return moments_agree(B, 2)


@by_total_weight.mutant("R² in place of 2R²")
def uncentred(B):
    return moments_agree(B, 1)


def strays_more_than(n, s, delta, moments, dimension):
    """n tokens, all edges 1: does ||E_S|| exceed the radius that these moments give?"""
    B, labels = np.ones((n, n)) - np.eye(n), np.arange(n)
    radius = bernstein_radius(moments, dimension, float(delta))

    def event(rng):
        drawn = importance_ssa(B, labels, s, rng=rng).weights
        return linalg.norm(drawn - B, "spectral") > radius

    return chance_le(event, delta)


@by_largest_weight.amend(
    r"P(\|E_S\| > \sqrt{2\sigma^2\ell} + \tfrac23 \sqrt2 R\ell) \le \delta, ℓ = log(2N/δ)",
    given=rows([(5, 60, Fraction(1, 10))]),
    reference="Tropp (2012), Theorem 1.6; n tokens, each a cluster, all edges 1",
)
def tail(n, s, delta):
    moments = edge_moments(np.ones((n, n)) - np.eye(n), s)
    centred = replace(moments, largest=moments.largest * np.sqrt(2))
    return strays_more_than(n, s, delta, centred, 2 * n)


@tail.mutant("R = W_max/s, σ² = W_max²/s, and N in place of 2N")
def printed_moments(n, s, delta):
    return strays_more_than(n, s, delta, SamplingMoments(1 / s, 1 / s), n)
