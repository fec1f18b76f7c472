"""Positive weights whose conductance and spectral gap say different things."""

from __future__ import annotations

import itertools

import numpy as np

from verify.cases import Cases
from verify.given.graphs import positive_weights


def bottlenecks(*, symmetric: bool = False, max_n: int = 6) -> Cases:
    """`positive_weights` of two rows or more, and before them those near which Cheeger is tight.

    Two tails: paths whose weights halve (or so) away from the middle; gap near h^2 / 2.
    Not symmetric: streaks, gap 1 and still a narrow cut; ladders, a wide cut by out-degrees and
    still a small gap.
    """
    base = positive_weights(symmetric=symmetric, min_n=2, max_n=max_n)
    return Cases(
        gallery=lambda: itertools.chain(_structured(symmetric), base.gallery()),
        lattice=base.lattice,
        random=base.random,
        hypotheses=base.hypotheses,
        label="bottlenecks",
    )


def _structured(symmetric: bool):
    for n in (3, 4, 5, 6):
        if not symmetric:
            yield from (streak(n, odds) for odds in (1, 2, 4))
    if not symmetric:
        yield from (ladder(odds) for odds in (2, 3))
    for n in (3, 4, 6, 7):
        yield from (two_tails(n, ratio) for ratio in (2, 8))


def streak(n: int, odds: int) -> np.ndarray:
    """(n, n) W > 0 of a run of successes: one more with these odds, else back to the start.

    P^(n-1) has equal rows, so that all eigenvalues of P but 1 are 0: a constant added to a W
    with equal row sums leaves that so.
    """
    W = np.eye(n, k=1) * odds
    W[:, 0] += 1
    W[-1, -1] += odds
    return 100 * W + 1


def ladder(odds: int) -> np.ndarray:
    """(4, 4) W > 0: up with these odds, else one rung down; the lowest rung hardly ever leaves.

    Out-degrees fall by 10 a rung, so that what leaves a set is much of the smaller side; but the
    lowest rung is reached by three steps down in a row only, so that the gap is small.
    """
    W = np.diag([100.0, 100.0 * odds, 10.0 * odds], 1) + np.diag([100.0, 10.0, 1.0], -1)
    W[0, 0], W[3, 3] = 1e4, odds
    return 100 * W + 1


def two_tails(n: int, ratio: int) -> np.ndarray:
    """(n, n) symmetric W > 0: a path whose weights fall by `ratio` a step, away from its middle."""
    exponents = -abs(np.arange(1, n) - n // 2)
    path = np.diag(float(ratio) ** (exponents - exponents.min()), 1)
    return 100 * (path + path.T) + 1
