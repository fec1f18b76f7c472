"""A group of queries, keys in clusters, near ones among them, and values."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS


def far_fields(*, max_n: int = 3, max_m: int = 6) -> Cases:
    """(q, k, v, labels, near): (n, d), (m, d), (m, dv), clusters of keys, and 1 at near keys.

    Two queries that part from their mean, keys that part from theirs the same way; a near key
    that has almost all of the attention; values at the ends of a segment.
    """
    return Cases(
        gallery=_gallery,
        lattice=_lattice,
        random=st.builds(_random, _SEEDS, st.integers(1, max_n), st.integers(1, max_m)),
        hypotheses=(
            Hypothesis(
                "k, v, labels, near have one entry a key, near is 0 or 1",
                lambda q, k, v, labels, near: (
                    len(k) == len(v) == len(labels) == len(near)
                    and k.shape[1] == q.shape[1]
                    and set(np.unique(near).tolist()) <= {0, 1}
                ),
            ),
        ),
        arity=5,
        label="far fields",
    )


def _gallery():
    labels, none = np.zeros(2, int), np.zeros(2, int)
    ends = np.array([[0.0], [1.0]])
    for size in (2.0, 1.0, 0.25, 2.0**-6):
        pair = np.array([[-1.0], [1.0]])
        yield size * pair, pair, ends, labels, none
        yield size * pair + 1, pair - 2, ends, labels, none
        # A near key whose score is far above: the far share goes to 0.
        for height in (4.0, 16.0):
            q = np.array([[size, 1.0], [-size, 1.0]])
            k = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, height]])
            for v in ([[0.0], [1.0], [0.0]], [[1.0], [1.0], [0.0]]):
                yield q, k, np.array(v), np.zeros(3, int), np.array([0, 0, 1])
    yield np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1, int), np.zeros(1, int)
    square = np.array(list(itertools.product((0.0, 1.0), repeat=2)))
    yield square, square, square, np.array([0, 0, 1, 1]), np.zeros(4, int)
    yield square, square, square, np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])


def _lattice():
    ends = np.array([[0.0], [1.0], [1.0]])
    for k in itertools.product((-1.0, 0.0, 1.0, 2.0), repeat=3):
        for size in (1.0, 0.5):
            q = size * np.array([[0.0], [2.0]])
            yield q, np.array(k)[:, None], ends, np.zeros(3, int), np.zeros(3, int)


def _random(seed, n, m):
    rng = np.random.default_rng(seed)
    d, dv = rng.integers(1, 3, size=2)
    size = rng.choice([0.1, 0.5, 1.0])
    q, k = size * rng.standard_normal((n, d)), size * rng.standard_normal((m, d))
    v = rng.standard_normal((m, dv)) if rng.random() < 0.5 else rng.integers(0, 2, (m, dv)) * 1.0
    return q, k, v, rng.integers(0, 2, m), (rng.random(m) < 0.3).astype(int)
