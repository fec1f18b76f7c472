"""How many keys each token of a sparse attention graph looks at."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS


def sparse_degrees(*, max_n: int = 40) -> Cases:
    """(N,) integers in 1..N whose sum is at most N^(3/2), compared as squares.

    sqrt(N) clusters of sqrt(N) tokens (equality), one token that sees all, one key each.
    """
    return Cases(
        gallery=_structured,
        random=st.builds(_random, _SEEDS, st.integers(1, max_n)),
        hypotheses=(
            Hypothesis(
                "each token has 1 to N keys", lambda k: (k >= 1).all() and (k <= len(k)).all()
            ),
            Hypothesis("at most N^(3/2) edges", lambda k: int(k.sum()) ** 2 <= len(k) ** 3),
        ),
        label="degrees of sparse graphs",
    )


def _structured():
    for side in range(1, 9):
        yield np.full(side**2, side)
    for n in (4, 9, 16):
        yield np.array([n] + [1] * (n - 1))
        yield np.ones(n, dtype=int)


def _random(seed, n):
    """Edges thrown at random until the budget is used up, in few rows or in all."""
    rng = np.random.default_rng(seed)
    degrees = np.ones(n, dtype=int)
    rows = rng.permutation(n)[: rng.integers(1, n + 1)]
    for i in rng.choice(rows, int(n**1.5) - n + 1):
        if degrees[i] < n and (int(degrees.sum()) + 1) ** 2 <= n**3:
            degrees[i] += 1
    return degrees
