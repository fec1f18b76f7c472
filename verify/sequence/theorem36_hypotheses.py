"""Theorem 36, hypothesis-class: the bound with R_S of the hypotheses in place of their losses.

Refuted.  A 0-1 loss does not see the size of outputs, and R_S does: all sign patterns of size 1/100
on 100 points have R_S <= 1/100, and the h that is right on the 8 sampled points only has
R >= 92/100, against 0.903 (delta = 1/2), on every sample.

Repair.  L R_S(H) for an L-Lipschitz loss (contraction).

Source.  Mohri, Rostamizadeh and Talwalkar (2018), Lemma 5.7.
"""

from fractions import Fraction

import numpy as np

from spectral.generalization import contraction, deviation_squared
from verify import le, rows
from verify.given import real_matrices, scalars
from verify.sequence.theorem36 import BOUND, theorem36


@theorem36.part(
    BOUND,
    part="hypothesis-class",
    given=rows([(100, 8, Fraction(1, 100), Fraction(1, 2))]),
    reading="0-1 loss; all sign patterns of size c on n points, h right on the m sampled ones",
    why="a 0-1 loss does not see the size of outputs, R_S does",
)
def hypothesis_class(n, m, c, delta):
    excess = 1 - Fraction(m, n) - 2 * c  # R - R_hat - 2 R_S at least, positive
    return le(excess * excess, deviation_squared(m, delta, like=np.array([c])))


@hypothesis_class.amend(
    r"R_S(\ell \circ H) \le L R_S(H) for an L-Lipschitz loss",
    given=(real_matrices(max_side=3), scalars(0, 4)),
    reference="Mohri et al. (2018), Lemma 5.7",
)
def lipschitz(outputs, L):
    of_losses, of_outputs = contraction(outputs, L)
    return le(of_losses, of_outputs, scale=L * abs(outputs).max())


@lipschitz.mutant("L/2")
def half_lipschitz(outputs, L):
    of_losses, of_outputs = contraction(outputs, L)
    return le(2 * of_losses, of_outputs, scale=L * abs(outputs).max())
