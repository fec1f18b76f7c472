"""Representations X (n, d) with LayerNorm's parameters."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import gt
from verify.given.matrices import _SEEDS


def representations(*, max_n: int = 5, max_d: int = 4) -> Cases:
    """Triples (X, gamma, beta): rows of a representation, scales gamma_j != 0 and shifts.

    Few directions, equal rows, rows on a line, integer entries; square, tall and wide.
    """
    scaled = Hypothesis("gamma_j is not 0", lambda X, gamma, beta: gt(gamma * gamma, 0))
    fits = Hypothesis(
        "gamma and beta have a number for each column",
        lambda X, gamma, beta: gamma.shape == beta.shape == X.shape[1:],
    )
    return Cases(
        gallery=lambda: (_plain(X) for X in _gallery()),
        lattice=lambda: (_plain(X) for X in _lattice()),
        random=st.builds(_random, _SEEDS, st.integers(1, max_n), st.integers(1, max_d)),
        hypotheses=(fits, scaled),
        arity=3,
        label="representations",
    )


def _plain(X):
    return X, np.ones(X.shape[1]), np.zeros(X.shape[1])


def _gallery():
    yield np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 2.0]])
    for a in ((0, 1), (0, 1, -1), (0, 1, 2), (0, 1, 2, 3)):  # rows on a line
        yield np.array([[1, t, 0] for t in a], float)
        yield np.array([[1, t, -t, 0] for t in a], float)
    for n in (1, 2, 3):
        yield np.eye(3)[:n]
        yield np.arange(1.0, 3 * n + 1).reshape(n, 3) ** 2


def _lattice():
    rng = np.random.default_rng(0)  # an even sample of small integer matrices, always the same
    for n, d in ((1, 2), (2, 2), (3, 2), (2, 3), (3, 3), (4, 3), (3, 4)):
        for _ in range(40):
            yield rng.integers(-1, 3, (n, d)).astype(float)


def _random(seed, n, d):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d))
    r = rng.integers(1, min(n, d) + 1)
    if rng.random() < 0.6:  # low rank; sometimes with 1 in the column space
        left = rng.standard_normal((n, r))
        left[:, 0] = 1 if rng.random() < 0.5 else left[:, 0]
        X = left @ rng.standard_normal((r, d))
    gamma = rng.choice([-2.0, -1.0, 0.5, 1.0, 3.0], d)
    return X, gamma, np.round(rng.standard_normal(d), 1)
