"""Symmetric graphs with clusters, and the edges between clusters that a sparsifier kept."""

from __future__ import annotations

import numpy as np

from verify.cases import Cases, Hypothesis
from verify.comparison import gt


def sparsifications(*, max_n: int = 5) -> Cases:
    """Triples (W, labels, sampled): symmetric W > 0, labels of its vertices, a symmetric 0/1 mask.

    `sampled` says which edges between clusters are kept (inside clusters it says nothing).  Besides
    a fixed sample of random ones: clusters across the strongest edges, a vertex that one hub alone
    ties to the rest, eigenvalues that cross.
    """
    return Cases(
        gallery=_gallery,
        lattice=lambda: (_drawn(seed, n) for seed in range(30) for n in range(3, max_n + 1)),
        hypotheses=(
            Hypothesis("W is positive", lambda W, labels, sampled: gt(W, 0)),
            Hypothesis("W is symmetric", lambda W, labels, sampled: bool((W == W.T).all())),
            Hypothesis("one label a token", lambda W, labels, sampled: labels.shape == (len(W),)),
            Hypothesis(
                "the mask is symmetric",
                lambda W, labels, sampled: (
                    sampled.shape == W.shape
                    and bool((sampled == sampled.T).all())
                    and set(sampled.ravel().tolist()) <= {0, 1}
                ),
            ),
        ),
        arity=3,
        label="sparsifications",
    )


def _gallery():
    none = np.zeros((3, 3), int)
    yield np.ones((2, 2)), np.array([0, 1]), none[:2, :2]
    for small in (0.1, 0.01, 1e-3):
        crossing = np.array([[small, small, 1], [small, 1, small], [1, small, small]])
        for sampled in (none, np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])):
            yield crossing, np.array([0, 1, 1]), sampled
        for a, b in ((1, 1), (1, 3), (3, 1)):
            yield np.array([[a, b, small], [b, a, small], [small, small, 1]]), np.arange(3), none
    labels, few = np.array([0, 1, 1, 2]), np.zeros((4, 4), int)
    few[[0, 2, 1, 3], [2, 0, 3, 1]] = 1
    yield _symmetric([60, 1e-3, 1.25, 4.5, 5e3, 4.5, 1e-3, 1e-3, 3, 100]), labels, few
    few = 1 - np.eye(4, dtype=int)
    few[[2, 3], [3, 2]] = 0
    yield _symmetric([0.5, 1e-4, 0.02, 1e-4, 8e3, 0.007, 1e-4, 1e-4, 6, 8e3]), labels, few


def _symmetric(upper) -> np.ndarray:
    n = int(np.sqrt(2 * len(upper)))
    A = np.zeros((n, n))
    A[np.triu_indices(n)] = upper
    return A + np.triu(A, 1).T


def _drawn(seed, n):
    rng = np.random.default_rng(seed)
    k = rng.integers(2, n)
    labels = np.sort(np.concatenate([np.arange(k), rng.integers(0, k, n - k)]))
    logs = rng.choice([0.3, 1.0, 3.0]) * rng.standard_normal((n, n))
    W = np.exp(np.triu(logs) + np.triu(logs, 1).T)
    W = W * np.where(labels[:, None] == labels, 1.0, rng.choice([0.1, 1.0, 10.0]))
    sampled = np.triu(rng.random((n, n)) < rng.choice([0.0, 0.3, 0.6]), 1)
    return W, labels, (sampled | sampled.T).astype(int)
