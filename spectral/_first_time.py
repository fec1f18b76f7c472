"""The first power of a chain that is near 1 pi, or equal to it: exact search, no bound used."""

import math
from fractions import Fraction

import numpy as np

from spectral.chain import worst_row

_EPS = np.finfo(float).eps
_LONGEST = 2**13  # bits; by choice: a product of such 10 x 10 matrices takes about a second
_PART = 2**17  # entries, 1 MB: by trial
_LARGEST_SLACK = 2**-10  # three decimals of d(t), by choice


def first_time(P, pi, eps) -> int:
    """The smallest t >= 0 with d(t) <= eps, from powers of P - 1 pi: P^t - 1 pi for t >= 1.

    A row that is within eps stays there, so only rows that are late are carried on.  The worst of
    them at 2^k goes ahead alone, at N^2 a step, and says which t all the others are to be tried
    at; those still late there, few in general, are bisected further.
    """
    if not _late(np.eye(len(P), dtype=int) - pi, 0, eps).any():
        return 0
    powers, late = _powers_until_reached(P - pi, eps)
    if late is None:
        return 1
    steps, t, rows = powers[:-1], 2 ** (len(powers) - 1), powers[-1][late]
    if P.dtype == object:  # which ball is the largest is not to be decided
        return _bisected(rows, t, 2 * t, steps, eps)
    guess = _bisected(rows[[np.abs(rows).sum(axis=1).argmax()]], t, 2 * t, steps, eps)
    rows = _late_at(guess, rows, t, powers, eps)
    return _bisected(rows, guess, 2 * t, steps, eps) if len(rows) else guess


def _powers_until_reached(M, eps):
    """[M, M^2, M^4, ..., M^(2^k)], the last not near 0 but its square is, and its late rows."""
    powers, late = [], None
    symmetric = M.dtype != object and bool((M == M.T).all())
    while (now := _late(M, 2 ** len(powers), eps)).any():
        powers, late = [*powers, M], now
        M = M @ (M.T if symmetric else M)  # BLAS makes A A^T at half the price, and symmetric
    return powers, late


def _bisected(rows, t, end, steps, eps) -> int:
    """The first time at which all rows are reached; some is late at t, and none at `end`."""
    for j in reversed(range(len(steps))):
        if t + 2**j < end:
            longer = rows @ steps[j]
            late = _late(longer, t + 2**j, eps)
            if late.any():
                t, rows = t + 2**j, longer[late]
    return t + 1


def _late_at(goal, rows, t, powers, eps):
    """The rows, at time t, moved on to `goal`: those that are still late there."""
    for j in reversed(range(len(powers))):
        if len(rows) and t + 2**j <= goal:
            t, rows = t + 2**j, rows @ powers[j]
            rows = rows[_late(rows, t, eps)]
    return rows


def _late(deviation, t, eps) -> np.ndarray:
    """Which rows are farther than eps; of exact objects all or none."""
    if deviation.dtype == object:
        _check_length(deviation, t)
        return np.full(len(deviation), not worst_row(deviation) <= eps)
    parts = np.array_split(deviation, 1 + deviation.size // _PART)  # |M| in full costs its pages
    distances = np.concatenate([np.abs(part).sum(axis=1) for part in parts]) / 2
    slack = 4 * deviation.shape[1] * max(t, 1) * _EPS
    if slack > _LARGEST_SLACK:
        raise ArithmeticError(
            f"P mixes too slowly for float64: t = {t} and d(t) = {distances.max():.3g}, but powers "
            f"are known to {slack:.0e} only; see relaxation_time for the scale, or take balls"
        )
    return distances > eps * (1 + slack)


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
