"""A linear map, and the queries and keys that it projects."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS


def projections(*, max_n: int = 3, max_d: int = 3) -> Cases:
    """Triples (Phi, q, k): Phi is (m, d), q and k are (N, d).

    One token with q = k, q = -k, or q orthogonal to k; maps that keep lengths, that lose a
    direction, that stretch one and shrink another; Gaussian ones.
    """
    return Cases(
        gallery=_gallery,
        lattice=_lattice,
        random=st.builds(
            _random, _SEEDS, st.integers(1, max_n), st.integers(1, max_d), st.integers(1, 4)
        ),
        hypotheses=(
            Hypothesis("q and k have one shape", lambda Phi, q, k: q.shape == k.shape),
            Hypothesis(
                "Phi takes vectors of that width",
                lambda Phi, q, k: Phi.ndim == q.ndim == 2 and Phi.shape[1] == q.shape[1],
            ),
        ),
        arity=3,
        label="projected queries and keys",
    )


def _gallery():
    one, across = np.array([[1.0]]), np.array([[0.0, 1.0]])
    for stretch in (0.0, 0.5, 1.0, 2.0):
        for k in (one, -one, 2 * one):
            yield stretch * one, one, k
    along = np.array([[1.0, 0.0]])
    for a, b in ((8 / 7, 3 / 7), (4 / 5, 3 / 5), (1.0, 0.1)):
        for k in (across, along, along + across):
            yield np.array([[a, b], [b, a]]), along, k


def _lattice():
    for entries in itertools.product((0, 1, -1, 2), repeat=2):
        Phi = np.array([entries], float)
        for q in itertools.product((0, 1, 2), repeat=2):
            for k in itertools.product((0, 1, -1), repeat=2):
                yield Phi, np.array([q], float), np.array([k], float)


def _random(seed, n, d, m) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    Phi = rng.standard_normal((m, d)) / np.sqrt(m)
    q, k = rng.choice([0.1, 1.0, 10.0]) * rng.standard_normal((2, n, d))
    return Phi, q, q.copy() if rng.random() < 0.3 else k
