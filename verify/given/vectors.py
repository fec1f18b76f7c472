"""Vectors of energies, distributions, and single numbers."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import ge, gt, lt
from verify.given.matrices import _SEEDS
from verify.given.sizes import at_least, gallery_sizes


def vectors(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Real vectors: constants, ties, one spike, heavy tails, scales."""
    return Cases(
        gallery=lambda: (v for v in _gallery(max_n) if len(v) >= min_n),
        lattice=lambda: (v for v in _lattice() if min_n <= len(v) <= max_n),
        random=st.builds(
            _random, _SEEDS, st.integers(min_n, max_n), st.integers(0, 4), st.sampled_from(_SIZES)
        ),
        hypotheses=at_least(min_n, "the vector", of="entries"),
        label="vectors",
    )


def energies(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Energies E_j = -<q, k_j> of keys: any real vector."""
    return vectors(min_n=min_n, max_n=max_n)


def distributions(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Weights w >= 0, not all zero: p = w / sum w is any point of the simplex, edges included."""
    return Cases(
        gallery=lambda: (np.abs(v) for v in _gallery(max_n) if v.any() and len(v) >= min_n),
        lattice=lambda: (
            v for v in _lattice() if (v >= 0).all() and v.any() and min_n <= len(v) <= max_n
        ),
        random=st.builds(_random_weights, _SEEDS, st.integers(min_n, max_n)),
        hypotheses=(
            Hypothesis("w is nonnegative", lambda w: ge(w, 0)),
            Hypothesis("w is not zero", lambda w: gt(w.sum(), 0)),
        ),
        label="distributions",
    )


def ensembles(*, max_n: int = 5) -> Cases:
    """Pairs (E, w) of one length: energies, and weights w >= 0 of a distribution p = w / sum w.

    Vertices and edges of the simplex, the uniform law, laws near exp(-E), ties in E.
    """
    nonnegative = Hypothesis("w is nonnegative", lambda E, w: ge(w, 0))
    nonzero = Hypothesis("w is not zero", lambda E, w: gt(w.sum(), 0))
    return Cases(
        gallery=lambda: (
            (E, w) for E in _gallery(4) for w in (np.ones(len(E)), np.eye(len(E))[-1])
        ),
        lattice=lambda: (
            (np.array(E, float), np.array(w, float))
            for n in (1, 2, 3)
            for E in itertools.product((0, 1, 3)[: 4 - n + 1], repeat=n)
            for w in itertools.product((0, 1, 2)[: 4 - n + 1], repeat=n)
            if any(w)
        ),
        random=st.builds(_random_ensemble, _SEEDS, st.integers(1, max_n), st.sampled_from(_SIZES)),
        hypotheses=(nonnegative, nonzero),
        arity=2,
        label="ensembles",
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


def _gallery(max_n: int):
    for n in gallery_sizes(1, max_n):
        yield np.zeros(n)
        yield np.arange(n, dtype=float)
        yield -np.arange(n, dtype=float)
        yield np.eye(n)[0]
        yield -np.eye(n)[0]
        if n > 2:
            yield np.repeat([0.0, 1.0], (n // 2, n - n // 2))  # half of them tied above the rest
    for short in ((0.0, 0.0, 1.0), (0.0, 1.0, 1.0), (0.0, 100.0), (0.0, 1e-9), (1e-300, 0.0)):
        if len(short) <= max_n:
            yield np.array(short)


def _lattice():
    for n in (1, 2, 3, 4, 5):
        for entries in itertools.product((0, 1, -1, 2, 3) if n < 4 else (0, 1), repeat=n):
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
            (rng.random(n) < rng.random()).astype(float),  # two values
        )[kind]
    )


def _random_ensemble(seed, n, size) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    E = size * rng.standard_normal(n)
    near = np.exp(-rng.uniform(0, 2) * (E - E.min()) / max(size, 1.0))
    return E, near if rng.random() < 0.4 else _random_weights(seed, n)


def _random_weights(seed, n) -> np.ndarray:
    rng = np.random.default_rng(seed)
    w = rng.random(n) ** rng.choice([1, 5]) * (rng.random(n) < rng.choice([0.5, 1.0]))
    w[rng.integers(n)] += 1e-3
    return w
