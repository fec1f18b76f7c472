"""Losses of small classes, and stacks of matrices for a random sum."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import ge, le
from verify.given.matrices import _SEEDS


def losses() -> Cases:
    """Losses in [0, 1] of up to 3 hypotheses on up to 3 equally likely points: (H, n)."""
    return Cases(
        gallery=lambda: (
            np.array(rows, float)
            for n in (1, 2, 3)
            for rows in ([[0] * n], [[1] * n], np.eye(n), np.eye(n)[:1], 1 - np.eye(n))
        ),
        lattice=lambda: (
            np.array(row, float)[None] for row in itertools.product((0, 0.5, 1), repeat=3)
        ),
        random=st.builds(_random_losses, _SEEDS, st.integers(1, 3), st.integers(1, 3)),
        hypotheses=(Hypothesis("losses are in [0, 1]", lambda x: ge(x, 0) & le(x, 1)),),
        label="losses",
    )


def matrix_stacks() -> Cases:
    """Stacks A (n, d1, d2) of 1 to 4 small matrices, not all zero."""
    return Cases(
        gallery=lambda: (
            np.ones((n, 1, 1)) * np.arange(1, n + 1)[:, None, None] for n in (1, 2, 3)
        ),
        lattice=lambda: (
            np.array(entries, float).reshape(shape)
            for shape in ((1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 2, 2))
            for entries in itertools.product((0, 1, 2), repeat=int(np.prod(shape)))
            if any(entries)
        ),
        random=st.builds(
            _random_stack, _SEEDS, st.integers(1, 4), st.integers(1, 2), st.integers(1, 2)
        ),
        hypotheses=(Hypothesis("some matrix is not zero", lambda A: bool((A != 0).any())),),
        label="stacks of matrices",
    )


def _random_losses(seed, h, n):
    x = np.random.default_rng(seed).random((h, n))
    return np.round(x) if seed % 2 else x


def _random_stack(seed, n, d1, d2):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d1, d2)) * rng.choice([0.1, 1.0, 3.0], (n, 1, 1))
