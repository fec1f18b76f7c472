"""Queries and keys of a few tokens."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS


def token_pairs(*, max_n: int = 5, max_d: int = 3) -> Cases:
    """Pairs (q, k) of N x d matrices: queries and keys of the same tokens.

    Points on a line, at the corners of a cube, all equal, all zero; generic ones.
    """
    return Cases(
        gallery=_gallery,
        lattice=_lattice,
        random=st.builds(_random, _SEEDS, st.integers(1, max_n), st.integers(1, max_d)),
        hypotheses=(Hypothesis("q and k have one shape", lambda q, k: q.shape == k.shape),),
        arity=2,
        label="queries and keys",
    )


def _gallery():
    for n in (1, 2, 3, 4, 5):
        line = np.arange(n, dtype=float)[:, None]
        yield line, line
        yield line, -line
        yield line / 4, line / 4
        yield line * 0, line * 0
    corners = np.array(list(itertools.product((0.0, 1.0), repeat=2)))
    yield corners, corners
    plane = np.array([[0, 0], [1, 0], [0, 1], [1, 1], [2, 1]], float)
    yield plane, plane


def _lattice():
    for q in itertools.product((0, 1, -1, 2), repeat=2):
        for k in itertools.product((0, 1, -1, 2), repeat=2):
            yield np.array(q, float)[:, None], np.array(k, float)[:, None]


def _random(seed, n, d) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    size = rng.choice([0.1, 1.0, 1.0, 3.0])
    q, k = size * rng.standard_normal((2, n, d))
    if rng.random() < 0.3:
        k = q.copy()
    if rng.random() < 0.2:
        q, k = np.round(q), np.round(k)
    return q, k
