"""Markov chains on a finite set: classes, period, stationary law, reversals, distance to it.

P is an (N, N) matrix with nonnegative rows that sum to 1, P_ij the probability of i -> j; all
functions here run on floats, rationals and balls.  An edge is an entry P_ij > 0, however
small: 1e-300 connects, 0 does not, and balls around 0 are `Undecided`.

No 1 - P_ii is ever formed.  Classes, period, stationary law and reversibility depend on the
other entries alone, and what is computed from their products and sums keeps their relative
accuracy, so a chain that is nearly reducible is no harder than others.

References
----------
.. [GTH] W. K. Grassmann, M. I. Taksar, D. P. Heyman, Regenerative analysis and steady state
   distributions for Markov chains, Oper. Res. 33 (1985).
.. [OC] C. A. O'Cinneide, Entrywise perturbation theory and error analysis for Markov chains,
   Numer. Math. 65 (1993).
.. [LPW] D. A. Levin, Y. Peres, E. L. Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017).
.. [F91] J. A. Fill, Eigenvalue bounds on convergence to stationarity for nonreversible Markov
   chains, Ann. Appl. Probab. 1 (1991).
"""

from __future__ import annotations

import numpy as np

from spectral import balls, linalg
from spectral._checks import check_count, check_probability, check_stochastic
from spectral._classes import (
    check_range,
    closed_components,
    common_period,
    strong_components,
    tree_weights,
)
from spectral._numbers import plain

_EPS = np.finfo(float).eps
_PANEL = 32  # states eliminated before the others are updated; by trial, 16 to 64 are alike


# Classes and period ---------------------------------------------------------------------


def closed_classes(P) -> list[np.ndarray]:
    """The closed communicating classes, each an ascending array of states; at least one.

    1 is an eigenvalue of P once for each of them, and so are the extreme stationary laws: one
    for each, that of P restricted to the class.
    """
    return closed_components(check_stochastic(P, "P"))


def is_irreducible(P) -> bool:
    """Whether every state reaches every other one, that is, the graph is strongly connected."""
    return not strong_components(check_stochastic(P, "P")).any()


def period(P) -> int:
    """The greatest common divisor of the lengths of all cycles; 1 means aperiodic.

    *Hypothesis:* P is irreducible, else each class has its own: ValueError.
    """
    return common_period(check_irreducible(P))


def check_irreducible(P, name: str = "P") -> np.ndarray:
    """P itself, or ValueError with the number of its closed classes."""
    P = check_stochastic(P, name)
    if strong_components(P).any():
        classes = closed_components(P)
        transient = len(P) - sum(map(len, classes))
        raise ValueError(
            f"{name} must be irreducible, got closed classes: {len(classes)}, transient states: "
            f"{transient}; take one class at a time, see closed_classes"
        )
    return P


# The stationary law ---------------------------------------------------------------------


def stationary_distribution(P) -> np.ndarray:
    """(N,) the law pi with pi P = pi, by elimination of one state after another [GTH]_.

    *Hypothesis:* P is irreducible; else ValueError, with the number of closed classes.

    A symmetric float P has the uniform law, exactly, whatever its rows sum to by rounding.

    *Numerics:* no subtraction occurs, so each pi_i is right to a relative error that depends on
    N and eps only [OC]_; a solve of pi (I - P) = 0 loses a factor 1 / gap.  Rationals are exact,
    balls enclose.  *Raises* ArithmeticError where ratios of entries leave the range of floats.
    """
    A = check_irreducible(P).copy()
    if A.dtype != object and (A == A.T).all():
        return np.full(len(A), 1 / len(A))
    with np.errstate(all="ignore"):  # judged at the end
        for stop in range(len(A), 1, -_PANEL):
            _eliminate(A, max(stop - _PANEL, 1), stop)
        weights = 0 * A[0] + 1  # not ones_like: its int / int would be a float
        for k in range(1, len(A)):
            weights[k] = weights[:k] @ A[:k, k]
        pi = weights / weights.sum()
    return check_range(pi)


def _eliminate(A, start, stop):
    """The chain watched only while it is below `stop`, in A, made that below `start`.

    One state k after another, within the panel; the states below it are updated at the end, by
    one matrix product.  The same sums of products in another order: still no subtraction.
    """
    for k in range(stop - 1, start - 1, -1):
        A[:k, k] = A[:k, k] / A[k, :k].sum()
        A[start:k, :k] += np.outer(A[start:k, k], A[k, :k])
        A[:start, start:k] += np.outer(A[:start, k], A[k, start:k])
    A[:start, :start] += A[:start, start:stop] @ A[start:stop, :start]


def is_reversible(P) -> bool:
    """Whether pi_i P_ij = pi_j P_ji for all i, j: exactly on rationals, on balls if decidable.

    By Kolmogorov's criterion: were it so, pi would follow from its ratios P_ij / P_ji along a
    spanning tree, so those are tried on all the other pairs.  *Hypothesis:* P is irreducible.

    *Numerics:* floats up to 4 N^2 eps, relative, pair by pair.  Derived: a row divided by its sum
    carries N eps in each entry, pi_i a product of at most N - 1 ratios of two, thus 2 N^2 eps, and
    there are two of them.
    """
    P = check_irreducible(P)
    weights = tree_weights(P)
    if weights is None:
        return False
    flow = weights[:, None] * P
    i, j = np.tril_indices(len(P), -1)
    forth, back = flow[i, j], flow[j, i]
    if P.dtype == object:
        return _all_equal(forth, back)
    slack = 4 * len(P) ** 2 * _EPS * np.maximum(forth, back)
    return bool((np.abs(forth - back) <= slack).all())


# Reversals ------------------------------------------------------------------------------


def reversal(P) -> np.ndarray:
    """(N, N) the chain run backwards, P*_ij = pi_j P_ji / pi_i: the adjoint of P in l2(pi).

    *Hypothesis*, here and below: P is irreducible.
    """
    P = check_stochastic(P, "P")
    pi = stationary_distribution(P)
    return P.T * pi / pi[:, None]


def additive_reversibilization(P) -> np.ndarray:
    """(N, N) (P + P*) / 2, reversible with the same pi [F91]_."""
    P = check_stochastic(P, "P")
    return (P + reversal(P)) / 2


def multiplicative_reversibilization(P) -> np.ndarray:
    """(N, N) P* P, reversible with the same pi, with eigenvalues in [0, 1] [F91]_."""
    P = check_stochastic(P, "P")
    return reversal(P) @ P


# Distance to the stationary law ---------------------------------------------------------


def total_variation(p, q):
    """1/2 sum |p_i - q_i|, which is the largest difference p(S) - q(S) over events S."""
    p, q = check_probability(p, "p"), check_probability(q, "q")
    if p.shape != q.shape:
        raise ValueError(f"p and q must have one length, got {p.size} and {q.size}")
    return worst_row((p - q)[None, :])


def distance_to_stationarity(P, t: int):
    """d(t) = max_i TV(P^t(i, .), pi), from the worst starting state ([LPW]_, section 4.4).

    *Hypothesis:* P is irreducible.

    *Numerics:* for t >= 1 it is read off (P - 1 pi)^t, which equals P^t - 1 pi but does not
    cancel: a d(t) of 1e-30 keeps its digits.
    """
    t = check_count(t, "t", 0)
    P = check_stochastic(P, "P")
    pi = stationary_distribution(P)
    if t == 0:
        return worst_row(np.eye(len(P), dtype=int) - pi)
    return worst_row(linalg.matrix_power(P - pi, t))


def worst_row(deviation):
    """max_i 1/2 sum_j |deviation_ij|: the total variation by which the worst row is off."""
    return plain(balls.enclosing_max(abs(deviation).sum(axis=1)) / 2)


def _all_equal(a, b) -> bool:
    """Whether exact entries are equal; one pair proved unequal settles it for all."""
    undecided = None
    for x, y in zip(a, b, strict=True):
        try:
            if x != y:
                return False
        except balls.Undecided as error:
            undecided = error
    if undecided is not None:
        raise undecided
    return True
