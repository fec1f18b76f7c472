"""Vectors of energies, distributions, and single numbers."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import ge, gt, lt
from verify.given.matrices import _SEEDS


def vectors(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Real vectors: constants, ties, one spike, heavy tails, scales."""
    return Cases(
        gallery=lambda: (v for v in _gallery() if len(v) >= min_n),
        lattice=lambda: (v for v in _lattice() if len(v) >= min_n),
        random=st.builds(
            _random, _SEEDS, st.integers(min_n, max_n), st.integers(0, 3), st.sampled_from(_SIZES)
        ),
        label="vectors",
    )


def energies(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Energies E_j = -<q, k_j> of keys: any real vector."""
    return vectors(min_n=min_n, max_n=max_n)


def distributions(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Weights w >= 0, not all zero: p = w / sum w is any point of the simplex, edges included."""
    return Cases(
        gallery=lambda: (np.abs(v) for v in _gallery() if v.any() and len(v) >= min_n),
        lattice=lambda: (v for v in _lattice() if (v >= 0).all() and v.any() and len(v) >= min_n),
        random=st.builds(_random_weights, _SEEDS, st.integers(min_n, max_n)),
        hypotheses=(
            Hypothesis("w is nonnegative", lambda w: ge(w, 0)),
            Hypothesis("w is not zero", lambda w: gt(w.sum(), 0)),
        ),
        label="distributions",
    )


def scalars(low, high, *, steps: int = 8) -> Cases:
    """Numbers of an open interval (low, high): near the ends, simple fractions, uniform."""
    low, high = Fraction(low), Fraction(high)
    width = high - low
    inside = Hypothesis(f"in ({low}, {high})", lambda x: gt(x, low) & lt(x, high))
    return Cases(
        gallery=lambda: (low + width * f for f in (Fraction(1, 2), Fraction(1, 100))),
        lattice=lambda: (low + width * Fraction(i, steps) for i in range(1, steps)),
        random=st.integers(1, 2**20 - 1).map(lambda i: low + width * Fraction(i, 2**20)),
        hypotheses=(inside,),
        label=f"({low}, {high})",
    )


def counts(low: int, high: int) -> Cases:
    """Integers low, ..., high."""
    inside = Hypothesis(f"in {low}..{high}", lambda k: low <= k <= high)
    return Cases(
        lattice=lambda: range(low, high + 1),
        random=st.integers(low, high),
        hypotheses=(inside,),
        label=f"{low}..{high}",
    )


_SIZES = (1.0, 1.0, 10.0, 1e-3, 300.0)


def _gallery():
    for n in (1, 2, 3, 4):
        yield np.zeros(n)
        yield np.arange(n, dtype=float)
        yield -np.arange(n, dtype=float)
        yield np.eye(n)[0]
    yield np.array([0.0, 0.0, 1.0])
    yield np.array([0.0, 1.0, 1.0])
    yield np.array([0.0, 100.0])
    yield np.array([0.0, 1e-9])
    yield np.array([1e-300, 0.0])


def _lattice():
    for n in (1, 2, 3):
        for entries in itertools.product((0, 1, -1, 2, 3), repeat=n):
            yield np.array(entries, float)


def _random(seed, n, kind, size) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (
        size
        * (
            rng.standard_normal(n),
            rng.standard_cauchy(n),
            rng.integers(-2, 3, n).astype(float),
            np.round(rng.standard_normal(n), 1),
        )[kind]
    )


def _random_weights(seed, n) -> np.ndarray:
    rng = np.random.default_rng(seed)
    w = rng.random(n) ** rng.choice([1, 5]) * (rng.random(n) < rng.choice([0.5, 1.0]))
    w[rng.integers(n)] += 1e-3
    return w
