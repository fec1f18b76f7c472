"""Symmetric graphs with a clustering."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import gt
from verify.given.matrices import _SEEDS


def clustered_weights(*, max_k: int = 3) -> Cases:
    """Pairs (W, labels): symmetric W > 0, labels 0, ..., k - 1 of its vertices; N > k.

    Ideal clusters, clusters with a bottleneck inside, one cluster, weak and strong ties across.
    """
    return Cases(
        gallery=_gallery,
        random=st.builds(_random, _SEEDS, st.integers(1, max_k)),
        hypotheses=(
            Hypothesis("W is positive", lambda W, labels: gt(W, 0)),
            Hypothesis("W is symmetric", lambda W, labels: bool((W == W.T).all())),
            Hypothesis(
                "labels are 0..k-1 with k < N",
                lambda W, labels: (
                    labels.shape == W.shape[:1]
                    and set(labels.tolist()) == set(range(len(set(labels.tolist()))))
                    and len(set(labels.tolist())) < len(W)
                ),
            ),
        ),
        arity=2,
        label="clustered graphs",
    )


def _gallery():
    for bottleneck in (1.0, 0.1, 1e-3, 1e-9):
        yield np.array([[1, bottleneck], [bottleneck, 1]]), np.zeros(2, int)
    for eps in (1.0, 0.1, 1e-3, 1e-9):
        for labels in ([0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 2]):
            c = np.array(labels)
            yield np.where(c[:, None] == c, 1.0, eps), c


def _random(seed, k):
    rng = np.random.default_rng(seed)
    labels = np.sort(np.concatenate([np.arange(k), rng.integers(0, k, rng.integers(1, 4))]))
    W = np.exp(rng.choice([0.1, 1.0, 3.0]) * rng.standard_normal((len(labels), len(labels))))
    across = rng.choice([1.0, 0.1, 1e-2])
    W = (W + W.T) * np.where(labels[:, None] == labels, 1.0, across)
    return W, labels
