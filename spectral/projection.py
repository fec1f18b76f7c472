r"""Random projections: the Gaussian matrix, how often it fails, and what a given one distorts.

For Phi of shape (m, d) with independent N(0, 1/m) entries and any x != 0, the ratio
|Phi x|^2 / |x|^2 is chi^2_m / m, whatever x and d are.  So the probability that a pair's squared
distance moves by more than a factor 1 +- eps is known exactly,

    P(m, eps) = P(chi^2_m < (1 - eps) m) + P(chi^2_m > (1 + eps) m),

and the Johnson-Lindenstrauss lemma is this number times the number of pairs.

What it does not preserve: inner products up to a factor.  <x, y> = 0 may become anything of the
size |x| |y| / sqrt(m), and <Phi x, Phi y> - <x, y> is at most eps (|x|^2 + |y|^2) / 2 where Phi
distorts x + y and x - y by at most eps.

References
----------
.. [DG] S. Dasgupta, A. Gupta, An elementary proof of a theorem of Johnson and Lindenstrauss,
   Random Struct. Algorithms 22 (2003): Lemma 2.2 and the proof of Theorem 2.1.
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling", Theorem 32, Corollary 33.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral._checks import check_count, check_scalar
from spectral._distortion import (
    distance_distortion,
    inner_product_distortion,
    inner_product_errors,
    length_distortion,
)


@dataclass(frozen=True)
class JLDimension:
    """How many dimensions suffice, by a bound and exactly."""

    bound: int  # smallest m that the bound of Dasgupta and Gupta allows
    exact: int  # smallest m for which pairs * P(m, eps) is small enough


def jl_matrix(m: int, d: int, *, rng: np.random.Generator) -> np.ndarray:
    """(m, d) matrix with independent N(0, 1/m) entries, so that E |Phi x|^2 = |x|^2."""
    m, d = check_count(m, "m", 1), check_count(d, "d", 1)
    return rng.standard_normal((m, d)) / np.sqrt(m)


def jl_failure_probability(m: int, eps):
    """P(|chi^2_m / m - 1| > eps): that one pair's squared distance is distorted by more than eps.

    Exact: for a float eps from the regularized gamma function, for a Ball an enclosure.  A
    Fraction raises TypeError: the value is irrational.  eps > 0; from 1 on, one tail is empty.
    """
    m, eps = check_count(m, "m", 1), _check_eps(eps)
    if not isinstance(eps, float):
        return _ball_failure_probability(m, eps)
    from scipy.stats import chi2

    return float(chi2.cdf(m * (1 - eps), m) + chi2.sf(m * (1 + eps), m))


def dasgupta_gupta_bound(m: int, eps):
    """2 exp(-m (eps^2 / 4 - eps^3 / 6)), at least `jl_failure_probability` [DG]_.

    *Hypothesis:* 0 < eps < 3/2, where the exponent is negative; else the number is inf.
    """
    m, eps = check_count(m, "m", 1), _check_eps(eps)
    if 2 * eps >= 3:
        return math.inf
    return 2 * linalg.exp(-m * (eps**2 / 4 - eps**3 / 6))


def jl_dimension(pairs: int, eps: float, *, failure: float) -> JLDimension:
    """How many dimensions m make P(some of `pairs` pairs is distorted by more than eps) <= failure.

    By the union bound, pairs * P(m, eps) <= failure; for all q_i - k_j of N tokens, pairs = N^2.

    Parameters
    ----------
    pairs : int
    eps : float
        In (0, 1).
    failure : float
        In (0, 1).

    Notes
    -----
    The exact m is found by bisection, P being decreasing in m.  That it is was found by trial
    (every m up to 2000, eps from 0.001 to 0.999), not derived; the tests repeat it.
    """
    pairs = check_count(pairs, "pairs", 1)
    eps, failure = _open_unit(eps, "eps"), _open_unit(failure, "failure")
    bound = math.ceil(math.log(2 * pairs / failure) / (eps**2 / 4 - eps**3 / 6))
    fails, holds = 0, bound
    while holds - fails > 1:
        middle = (fails + holds) // 2
        if pairs * jl_failure_probability(middle, eps) <= failure:
            holds = middle
        else:
            fails = middle
    return JLDimension(bound, holds)


def _check_eps(eps):
    return check_scalar(eps, "eps", like=np.asarray(eps), positive=True)


def _open_unit(x, name):
    x = check_scalar(x, name, like=np.zeros(1))
    if not 0 < x < 1:
        raise ValueError(f"{name} must lie strictly between 0 and 1, got {x}")
    return x


def _ball_failure_probability(m, eps):
    from spectral._chi_square import above, below
    from spectral.balls import Ball

    if not isinstance(eps, Ball):
        raise TypeError(f"the probability is irrational: take Ball({eps!r}) or a float")
    half = Ball(m) / 2
    heavy = above(m, half * (1 + eps))
    return heavy if eps >= 1 else heavy + below(m, half * (1 - eps))


__all__ = [
    "JLDimension",
    "dasgupta_gupta_bound",
    "distance_distortion",
    "inner_product_distortion",
    "inner_product_errors",
    "jl_dimension",
    "jl_failure_probability",
    "jl_matrix",
    "length_distortion",
]
