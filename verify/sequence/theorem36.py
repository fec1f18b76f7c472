"""Theorem 36: a generalisation bound via sparsity.

Statement.  With probability 1 - delta over m samples, for all h of the class H_rho,
R(h) <= R_hat(h) + 2 R_S(H_rho) + 3 sqrt(log(2/delta)/(2m)).

    literal           as printed: nothing is said of the loss
    loss-class        with losses in [0, 1] and R_S of the losses
    hypothesis-class  with losses in [0, 1] and R_S of the hypotheses

Verdict (literal): refuted.  Nothing bounds the loss.  One hypothesis (R_S = 0) with losses 0 and 8,
one sample, delta = 1/4: with probability 1/2, R_hat = 0 and R = 4 > 3.06.
Verdict (loss-class): supported.  The theorem of Bartlett and Mendelson.
Verdict (hypothesis-class): refuted.  See `theorem36_hypotheses`.

Repair.  R_S of the losses; or L R_S(H) for an L-Lipschitz loss.

Source.  Bartlett and Mendelson, JMLR 3 (2002), Theorem 8; Mohri, Rostamizadeh and Talwalkar (2018),
Theorem 3.3 and Lemma 5.7.
"""

from fractions import Fraction

import numpy as np

from spectral.generalization import failure_probability
from verify import Claim, le, rows
from verify.given import counts, losses, scalars

theorem36 = Claim("sequence/theorem36", "a generalisation bound via sparsity")

BOUND = r"R(h) \le \hat R(h) + 2 R_S + 3\sqrt{\log(2/\delta)/2m}"


def no_complexity(on_sample):
    """R_S of a class with one hypothesis."""
    return 0


@theorem36.part(
    BOUND,
    part="literal",
    given=rows([(top, Fraction(1, 4)) for top in (1, 8)]),
    reading="one hypothesis, losses 0 and top on two equally likely points, m = 1",
    why="nothing bounds the loss, and R_S does not see it",
)
def any_loss(top, delta):
    of_one = np.array([[delta * 0, delta * 0 + top]])
    return le(failure_probability(of_one, 1, delta, complexity=no_complexity), delta)


@any_loss.amend(
    "with losses in [0, 1] and R_S of the losses",
    given=(losses(), counts(1, 3), scalars(0, 1)),
    reference="Bartlett and Mendelson (2002), Theorem 8; Mohri et al. (2018), Theorem 3.3",
)
def bounded_loss(x, m, delta):
    return le(failure_probability(x, m, delta), delta)


@bounded_loss.mutant("1/4 in place of 3")
def too_sharp(x, m, delta):
    return le(failure_probability(x, m, delta, factor=Fraction(1, 4)), delta)


@theorem36.part(
    BOUND,
    part="loss-class",
    given=(losses(), counts(1, 3), scalars(0, 1)),
    reading="losses in [0, 1], R_S of the losses; failure probabilities by enumeration",
    why="the bound is loose: at m ≤ 3 its root alone exceeds most excesses",
)
def loss_class(x, m, delta):
    return bounded_loss(x, m, delta)


@loss_class.mutant("1/4 in place of 3, and no R_S")
def without_complexity(x, m, delta):
    p = failure_probability(x, m, delta, complexity=no_complexity, factor=Fraction(1, 4))
    return le(p, delta)
