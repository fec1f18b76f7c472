"""The walk in continuous time: it jumps by P at the ticks of a Poisson clock of rate 1.

    heat_kernel(P, t)_ij = (e^{-tL})_ij,    L = I - P

is the probability to be in j at time t from i.  No period survives: the eigenvalues e^{-t lambda}
of a reversible chain are positive, so that the plain gap, not the absolute one, is the rate.

Reference: D. A. Levin, Y. Peres, E. L. Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017),
section 20.1.
"""

from __future__ import annotations

import numpy as np

from spectral import balls
from spectral._checks import check_scalar, check_stochastic
from spectral.chain import stationary_distribution, worst_row


def heat_kernel(P, t) -> np.ndarray:
    """(N, N) e^{-tL} for t >= 0: nonnegative rows that sum to 1.

    *Numerics:* floats by scaling and squaring, balls by Arb.  Rationals: TypeError, for e^{-t} is
    irrational.  Needs no hypothesis on P.
    """
    P = check_stochastic(P, "P")
    t = check_scalar(t, "t", like=P)
    if t < 0:
        raise ValueError(f"t must be at least 0, got {t}")
    generator = t * (P - np.eye(len(P), dtype=int))
    if P.dtype != object:
        from scipy.linalg import expm

        return expm(generator)
    if not balls.has_balls(P):
        raise TypeError("e^{-tL} of rationals is irrational: take balls")
    return _exponential(generator)


def heat_distance(P, t):
    """max_i TV(e^{-tL}(i, .), pi), from the worst starting state.

    *Hypothesis:* P is irreducible; the period does not matter.
    """
    return worst_row(heat_kernel(P, t) - stationary_distribution(P))


def _exponential(A):
    import flint

    entries = flint.arb_mat([[x.arb for x in row] for row in A]).exp().entries()
    return balls.to_balls(np.array(entries, object)).reshape(A.shape)
