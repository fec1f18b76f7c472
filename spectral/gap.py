"""Spectral gaps of a Markov chain: plain, absolute, multiplicative and pseudo.

The eigenvalue 1 of P is taken out *once*, for the constants; a chain with two closed classes
thus has gap 0.  The N - 1 eigenvalues left are those of a smaller matrix, so that none has to
be recognized as "equal to 1":

    reversible    1 - lambda are the eigenvalues, but for the smallest, of a symmetric matrix
                  with -sqrt(P_ij P_ji) off the diagonal; pi itself is not needed
    otherwise     P acts on functions modulo constants, in the coordinates f_i - f_N: 1 - lambda
                  are the eigenvalues of G_ij - G_Nj, i, j < N, where G = I - P

Diagonals are sums of the other entries of a row, never 1 - P_ii, so a gap of 1e-5 from rates of
5e-6 is right to a few eps, not to eps / gap.  A gap that must be 0, by closed classes or a
period, is found from the graph and is exactly 0.  N = 1 leaves no eigenvalue: its gaps are inf,
the infimum of nothing.

References
----------
.. [LPW] D. A. Levin, Y. Peres, E. L. Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017):
   section 12.1.
.. [P15] D. Paulin, Concentration inequalities for Markov chains by Marton couplings and
   spectral methods, Electron. J. Probab. 20 (2015): section 3.1.
.. [F91] J. A. Fill, Eigenvalue bounds on convergence to stationarity for nonreversible Markov
   chains, Ann. Appl. Probab. 1 (1991).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import balls, linalg
from spectral._checks import check_count, check_stochastic
from spectral._classes import closed_components, common_period, strong_components
from spectral._numbers import plain
from spectral.chain import check_irreducible, is_reversible, reversal


@dataclass(frozen=True)
class PseudoGap:
    """The largest gamma((P*)^k P^k) / k among the first powers k."""

    value: float  # never above the supremum over all k, so bounds from it are always valid
    power: int  # the k that attains it
    proven: bool  # it is the supremum over all k (up to rounding), not only up to the limit


def spectral_gap(P, *, reversible: bool | None = None):
    """min Re(1 - lambda) over the eigenvalues of P without the 1 of the constants.

    For a reversible chain it is 1 - lambda_2, lambda_2 the second largest.  For any other it
    takes the real part of complex numbers, and says little of mixing: the rotation of three
    states has gap 3/2 and never mixes.  Runs on floats and balls.

    `reversible`: None finds out, by `is_reversible`; True is the caller's word for it, for balls
    of which that is `Undecided` (ValueError if it is certainly false); False takes the general
    way, which is right for every chain.
    """
    P = check_stochastic(P, "P")
    if len(closed_components(P)) > 1:
        return plain(0 * P[0, 0])
    return _smallest(linalg.real(_distances_from_one(P, reversible)))


def absolute_gap(P, *, reversible: bool | None = None):
    """1 - max |lambda| over the eigenvalues of P without the 1 of the constants.

    It is 0 for a periodic chain, and governs how fast d(t) falls in the end, for every chain.
    `reversible` as in `spectral_gap`.
    """
    P = check_stochastic(P, "P")
    if _count_of_modulus_one(P) > 1:
        return plain(0 * P[0, 0])
    distances = _distances_from_one(P, reversible)
    x, y = linalg.real(distances), linalg.imag(distances)
    # 1 - |1 - z| = (1 - |1 - z|^2) / (1 + |1 - z|), multiplied out: small z do not cancel
    modulus = balls.sqrt_nonnegative((1 - x) ** 2 + y**2)
    return _smallest((2 * x - x**2 - y**2) / (1 + modulus))


def multiplicative_gap(P, k: int = 1):
    """The spectral gap gamma_k of the multiplicative reversibilization (P*)^k P^k [F91]_.

    1 - gamma_k is the square of the norm of P^k - 1 pi on l2(pi).  *Hypothesis:* P is
    irreducible.  Runs on floats and balls.
    """
    P, k = check_irreducible(P), check_count(k, "k", 1)
    return _gap_of(linalg.matrix_power(reversal(P), k) @ linalg.matrix_power(P, k))


def pseudo_spectral_gap(P, *, limit: int = 64) -> PseudoGap:
    """sup_k gamma_k / k, over k = 1 .. limit; gamma_k the `multiplicative_gap` [P15]_.

    *Hypothesis:* P is irreducible.  Floats only: TypeError for others, which can take
    `multiplicative_gap(P, k) / k` at the k found here.

    It stops where no larger k can win: gamma_m <= 1 - r^(2m) with r the largest |lambda| < 1,
    since no norm is below the spectral radius, and (1 - r^(2m)) / m falls with m.  For a
    reversible or normal chain that is k = 1, at once.
    """
    P, limit = check_irreducible(P), check_count(limit, "limit", 1)
    if P.dtype == object:
        raise TypeError("the pseudo-gap takes floats; of balls take multiplicative_gap(P, k) / k")
    backward, forth, back = reversal(P), np.eye(len(P)), np.eye(len(P))
    gap, best, power = absolute_gap(P), -np.inf, 0
    for k in range(1, limit + 1):
        forth, back = forth @ P, backward @ back
        value = _gap_of(back @ forth) / k
        if value > best:
            best, power = value, k
        if best >= _largest_from(k + 1, gap):
            return PseudoGap(best, power, True)
    return PseudoGap(best, power, False)


def _largest_from(m, gap):
    """(1 - (1 - gap)^(2m)) / m, which no gamma_k / k with k >= m exceeds."""
    with np.errstate(divide="ignore"):  # log 0 = -inf where gap = 1
        return plain(-np.expm1(2 * m * np.log1p(-min(gap, 1))) / m)


def _count_of_modulus_one(P) -> int:
    """How many eigenvalues of P have modulus 1: by Frobenius, the periods of closed classes."""
    return sum(common_period(P[np.ix_(c, c)]) for c in closed_components(P))


def _gap_of(M):
    """The spectral gap of a reversible M >= 0."""
    if strong_components(M).any():
        return plain(0 * M[0, 0])
    return _smallest(_reversible_distances(M))


def _distances_from_one(P, reversible):
    """(N - 1,) the numbers 1 - lambda, real if taken as reversible, else complex."""
    if is_taken_as_reversible(P, reversible):
        return _reversible_distances(P)
    G = _generator(P, P)
    return linalg.eigvals(G[:-1, :-1] - G[-1:, :-1])


def _reversible_distances(P):
    root = balls.sqrt_nonnegative(P)  # not of the products, which might underflow
    return linalg.eigvalsh(linalg.assume_symmetric(_generator(P, root * root.T)))[1:]


def _generator(P, rates):
    """-rates off the diagonal; on it the sum of the rest of the row of P, which is 1 - P_ii."""
    eye = np.eye(len(P), dtype=int)
    return eye * (P * (1 - eye)).sum(axis=1) - rates * (1 - eye)


def is_taken_as_reversible(P, reversible: bool | None) -> bool:
    """Whether the symmetric form is used: see `spectral_gap` on `reversible`."""
    if reversible is False or (reversible is None and strong_components(P).any()):
        return False  # with transient states pi is not positive
    try:
        found = is_reversible(P)
    except balls.Undecided:
        if reversible is None:
            raise
        return True
    if reversible and not found:
        raise ValueError("P must be reversible as said, got pi_i P_ij != pi_j P_ji somewhere")
    return found


def _smallest(values):
    return plain(balls.enclosing_min(values)) if len(values) else np.inf
