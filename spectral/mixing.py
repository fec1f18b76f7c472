"""How long a Markov chain takes to forget where it started, and what bounds it.

    t_mix(eps) = min { t >= 0 : d(t) <= eps },   d(t) = max_i TV(P^t(i, .), pi)

over *all* starting states; from one convenient state the time can be 1 where it is 25.

Each bound names its hypotheses.  Where one is lost the theorem asserts nothing, and the value
returned asserts nothing either: inf from above, 0 from below.  A time is an integer, so upper
bounds are rounded up (a bound of 0.3 would deny a time of 1).

References
----------
.. [LPW] D. A. Levin, Y. Peres, E. L. Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017).
.. [F91] J. A. Fill, Eigenvalue bounds on convergence to stationarity for nonreversible Markov
   chains, Ann. Appl. Probab. 1 (1991): Theorem 2.1.
.. [P15] D. Paulin, Concentration inequalities for Markov chains by Marton couplings and
   spectral methods, Electron. J. Probab. 20 (2015): Proposition 3.4.
"""

from __future__ import annotations

import math
from fractions import Fraction

from spectral import balls, linalg
from spectral._checks import check_scalar, check_stochastic
from spectral._first_time import collapse_time, first_time
from spectral._numbers import plain
from spectral.chain import (
    check_irreducible,
    is_irreducible,
    period,
    stationary_distribution,
)
from spectral.gap import (
    absolute_gap,
    is_taken_as_reversible,
    multiplicative_gap,
    pseudo_spectral_gap,
)

_QUARTER = Fraction(1, 4)  # the customary eps


def mixing_time(P, eps=_QUARTER) -> int | float:
    """The smallest t with d(t) <= eps, from the worst starting state.

    0 for eps >= 1; inf for eps = 0, unless the rows of some P^t are all equal, as those of
    1 pi are.  *Hypothesis:* P is irreducible and aperiodic; a periodic chain never mixes.
    *Raises* ValueError otherwise.

    d never rises, since ||mu P - pi||_TV = ||(mu - pi) P||_TV <= ||mu - pi||_TV; so P is squared
    until d(2^j) <= eps, and the time is bisected from the powers kept: at most 2 log2(t) products
    of full size and as many of one row, fewer in general; 8 N^2 log2(t) bytes.

    *Numerics:* rationals are exact, while they are short (TypeError: take balls), and balls are
    certain or `Undecided`.  In floats a product rounds by
    N eps, relative, and t of them make P^t; the 4 is room, by choice.  So d(t) <= (1 + 4 N t eps)
    eps counts as reached, ties included, and *ArithmeticError* says where 4 N t eps > 2^-10.
    """
    P = check_irreducible(P)
    eps = check_scalar(eps, "eps", like=P)
    if eps < 0:
        raise ValueError(f"eps must be at least 0, got {eps}")
    if (r := period(P)) > 1:
        raise ValueError(f"P must be aperiodic, got period {r}: such a chain never mixes")
    pi = stationary_distribution(P)
    return first_time(P, pi, eps) if eps > 0 else collapse_time(P)


def relaxation_time(P, *, reversible: bool | None = None):
    """1 / absolute gap, inf where the gap is 0: in the end d(t) falls like (1 - 1 / t_rel)^t.

    0 for a single state.  `reversible` as in `spectral_gap`.
    """
    gap = absolute_gap(P, reversible=reversible)
    if gap == math.inf:
        return 0
    return 1 / gap if gap > 0 else math.inf


# Bounds ---------------------------------------------------------------------------------


def reversible_upper_bound(P, eps=_QUARTER, *, reversible: bool | None = None) -> int | float:
    """t_mix(eps) <= ceil(t_rel (1/2 log(1 / pi_min) + log(1 / (2 eps)))).

    [LPW]_ Theorem 12.4, t_rel = 1 / *absolute* gap; it implies ceil(t_rel log(1 / (eps pi_min))).
    *Hypotheses:* P is irreducible, aperiodic and reversible.  `reversible` as in `spectral_gap`.
    """
    P = check_stochastic(P, "P")
    start = _start(P, eps)
    if not is_ergodic(P) or not is_taken_as_reversible(P, reversible):
        return math.inf
    return _ceil(relaxation_time(P, reversible=True) * start / 2)


def relaxation_lower_bound(P, eps=_QUARTER, *, reversible: bool | None = None):
    """t_mix(eps) >= (t_rel - 1) log(1 / (2 eps)) ([LPW]_ Theorem 12.5); 0 for eps >= 1/2.

    *Hypotheses:* P is irreducible and aperiodic; reversible or not.  `reversible` as in
    `spectral_gap`.
    """
    P = check_stochastic(P, "P")
    eps = check_scalar(eps, "eps", like=P, positive=True)
    if not is_ergodic(P):
        return 0
    steps = relaxation_time(P, reversible=reversible) - 1
    steps, log = balls.maximum(steps, 0), balls.maximum(linalg.log(1 / (2 * eps), like=P), 0)
    return plain(steps * log)


def multiplicative_upper_bound(P, eps=_QUARTER, *, power: int = 1) -> int | float:
    """t_mix(eps) <= k ceil(log(1 / (4 eps^2 pi_min)) / gamma_k), with k = `power`.

    gamma_k is the gap of (P*)^k P^k; k = 1 is Fill's bound [F91]_, and any k is Fill's for the
    chain P^k.  *Hypotheses:* P is irreducible, gamma_k > 0; reversible or not.
    """
    P = check_stochastic(P, "P")
    start = _start(P, eps)
    if not is_irreducible(P):
        return math.inf
    gap = multiplicative_gap(P, power)
    if gap == math.inf:
        return 0
    return power * _ceil(start / gap) if gap > 0 else math.inf


def pseudo_gap_upper_bound(P, eps=_QUARTER, *, limit: int = 64) -> int | float:
    """`multiplicative_upper_bound` at the best k <= limit, that of the pseudo-gap gamma_ps.

    So it is at most (1 + log(1 / (4 eps^2 pi_min))) / gamma_ps [P15]_, as gamma_k <= 1.
    *Hypotheses:* P is irreducible and aperiodic.  Floats only.
    """
    P = check_stochastic(P, "P")
    power = pseudo_spectral_gap(P, limit=limit).power if is_irreducible(P) else 1
    return multiplicative_upper_bound(P, eps, power=power)


def log_of_start(P, eps):
    """log(1 / (eps pi_min)), the printed numerator of mixing bounds; P is irreducible."""
    P = check_stochastic(P, "P")
    eps = check_scalar(eps, "eps", like=P, positive=True)
    return linalg.log(1 / (eps * balls.enclosing_min(stationary_distribution(P))), like=P)


def squared_deviations(M, pi):
    """(N,) 4 TV(i)^2 pi_i, where row i of M is a distribution less pi."""
    return abs(M).sum(axis=1) ** 2 * pi


def is_ergodic(P) -> bool:
    """Whether P is irreducible and aperiodic: then, and only then, P^t tends to 1 pi, pi > 0."""
    return is_irreducible(P) and period(P) == 1


def _start(P, eps):
    """log(1 / (4 eps^2 pi_min)), cut at 0; without a positive pi, of no use, 0."""
    eps = check_scalar(eps, "eps", like=P, positive=True)
    if not is_irreducible(P):
        return 0
    smallest = balls.enclosing_min(stationary_distribution(P))
    return balls.maximum(linalg.log(1 / (4 * eps**2 * smallest), like=P), 0)


def _ceil(x) -> int | float:
    return math.ceil(x) if x < math.inf else math.inf
