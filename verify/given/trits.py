"""Ternary matrices with vectors, and small regressions whose weights are to be trits."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import le
from verify.given.matrices import _SEEDS


def ternary_systems(*, max_side: int = 5) -> Cases:
    """Pairs (T, x): a d x m matrix of trits (integers), and a real vector of d entries."""
    trits = Hypothesis("T holds trits", lambda T, x: bool(np.isin(T, (-1, 0, 1)).all()))
    fits = Hypothesis("x has an entry for each row of T", lambda T, x: len(x) == len(T))
    return Cases(
        lattice=_small_systems,
        random=st.builds(_system, _SEEDS, st.integers(1, max_side), st.integers(1, max_side)),
        hypotheses=(trits, fits),
        arity=2,
        label="ternary systems",
    )


def regressions(*, max_n: int = 3, max_d: int = 2) -> Cases:
    """(X, y, w): inputs (n, d), targets (n,), and weights w of the box [-1, 1]^d.

    Targets between trits, weights at the half, at the corners and in the middle.
    """
    box = Hypothesis("w is in the box [-1, 1]^d", lambda X, y, w: le(abs(w), 1))
    fits = Hypothesis(
        "X is (n, d), y (n,), w (d,)",
        lambda X, y, w: X.ndim == 2 and X.shape == (len(y), len(w)),
    )
    return Cases(
        lattice=_small_regressions,
        random=st.builds(_regression, _SEEDS, st.integers(1, max_n), st.integers(1, max_d)),
        hypotheses=(fits, box),
        arity=3,
        label="regressions",
    )


def _small_systems():
    for d in (1, 2):
        for trits in itertools.product((0, 1, -1), repeat=d):
            for x in itertools.product((1.0, 0.0, 2.0), repeat=d):
                yield np.array(trits)[:, None], np.array(x)


def _system(seed, d, m) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(d) if rng.random() < 0.5 else rng.standard_cauchy(d)
    return rng.integers(-1, 2, (d, m)), x * 10.0 ** rng.integers(-9, 10)


def _small_regressions():
    for slope, target, w in itertools.product((1, 2), (1, 0, 2, 3), (2, 1, 3, -2, 0, 4)):
        yield np.array([[float(slope)]]), np.array([target / 2]), np.array([w / 4])


def _regression(seed, n, d) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X, y = rng.integers(-4, 5, (n, d)) / 2, rng.integers(-4, 5, n) / 4
    return X, y, rng.integers(-8, 9, d) / 8
