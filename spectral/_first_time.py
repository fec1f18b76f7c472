"""The first power of a chain that is near 1 pi, or equal to it: exact search, no bound used."""

import math
from fractions import Fraction

import numpy as np

from spectral.chain import worst_row

_EPS = np.finfo(float).eps
_LONGEST = 2**13  # bits; by choice: a product of such 10 x 10 matrices takes about a second
_LARGEST_SLACK = 2**-10  # three decimals of d(t), by choice


def first_time(P, pi, eps) -> int:
    """The smallest t >= 0 with d(t) <= eps, from powers of P - 1 pi: P^t - 1 pi for t >= 1."""
    if _reached(np.eye(len(P), dtype=int) - pi, 0, eps):
        return 0
    powers = [P - pi]  # powers[j] belongs to t = 2^j
    while not _reached(powers[-1], 2 ** (len(powers) - 1), eps):
        powers.append(powers[-1] @ powers[-1])
    if len(powers) == 1:
        return 1
    t, power = 2 ** (len(powers) - 2), powers[-2]  # not reached here, reached at 2 t
    for j in reversed(range(len(powers) - 2)):
        longer = power @ powers[j]
        if not _reached(longer, t + 2**j, eps):
            t, power = t + 2**j, longer
    return t + 1


def _reached(deviation, t, eps) -> bool:
    distance = worst_row(deviation)
    if deviation.dtype == object:
        _check_length(deviation, t)
        return bool(distance <= eps)
    slack = 4 * len(deviation) * max(t, 1) * _EPS
    if slack > _LARGEST_SLACK:
        raise ArithmeticError(
            f"P mixes too slowly for float64: t = {t} and d(t) = {distance:.3g}, but powers are "
            f"known to {slack:.0e} only; see relaxation_time for the scale, or take balls"
        )
    return bool(distance <= eps * (1 + slack))


def _check_length(deviation, t):
    """Rationals grow by as many digits as t: past a point they are no way to compute."""
    longest = max((x.denominator for x in deviation.flat if isinstance(x, Fraction)), default=1)
    if longest.bit_length() > _LONGEST:
        raise TypeError(f"P^{t} has rationals of over {_LONGEST} bits: take balls or floats")


def collapse_time(P) -> int | float:
    """The smallest t for which all rows of P^t are equal, else inf.

    Then M, the matrix of P on functions modulo constants, has M^t = 0, which happens by
    t = N - 1 or never.
    """
    if len(P) == 1:
        return 0
    M = P[:-1, :-1] - P[-1:, :-1]
    late = M
    for _ in range(len(M).bit_length()):
        late = _scaled(late @ late)
    if not _is_zero(late):
        return math.inf
    t, power = 1, M
    while not _is_zero(power):
        t, power = t + 1, _scaled(power @ M)
    return t


def _is_zero(M) -> bool:
    return not np.asarray(M != 0, bool).any()


def _scaled(M):
    """M over a power of 2, exactly, so that no power of floats underflows to 0."""
    return M if M.dtype == object else np.ldexp(M, -np.frexp(np.abs(M).max())[1])
