"""What the families share: exact values, rounded once on the way out."""

from contextlib import nullcontext
from fractions import Fraction

import numpy as np

from spectral.balls import Ball, midpoints, precision

_BITS = 128  # so that the midpoint rounds as the number does, but for 1 in 2^64 or so


def answer(values, exact: bool):
    """The values as float64, or as an object array of Fractions and balls; a scalar likewise."""
    values = np.asarray(values)
    if not exact:
        return midpoints(values) if values.ndim else float(midpoints(values))
    return np.asarray(np.frompyfunc(_exact, 1, 1)(values))[()]


def room(exact: bool):
    """More bits than a float has, inside the `with` block, for answers that will be floats."""
    return nullcontext() if exact else precision(_BITS)


def with_loops(W, lazy: bool):
    """W, or W + D for the lazy walk."""
    return W + np.diag(W.sum(axis=1)) if lazy else W


def by_degree(W):
    """pi = D 1 / sum D, for symmetric W of integers."""
    d = W.astype(int).sum(axis=1).astype(object)
    return d / Fraction(d.sum())


def versine(numerator: int, denominator: int) -> Ball:
    """1 - cos(pi numerator / denominator), as 2 sin^2 of half of it: no cancellation near 0."""
    import flint

    sine = Ball(flint.arb.sin_pi_fmpq(flint.fmpq(numerator, 2 * denominator)))
    return 2 * sine**2


def cosine(numerator: int, denominator: int) -> Ball:
    """cos(pi numerator / denominator)."""
    import flint

    return Ball(flint.arb.cos_pi_fmpq(flint.fmpq(numerator, denominator)))


def rational(x, name: str) -> Fraction:
    """x as the Fraction it is; of a float the one it stores, so 0.1 is not 1/10."""
    try:
        return Fraction(int(x)) if isinstance(x, np.integer) else Fraction(x)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be a finite rational number, got {x!r}") from error


def _exact(x):
    return x if isinstance(x, (Ball, Fraction)) else Fraction(int(x))
