"""Weights of attention graphs: every one positive."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import gt
from verify.given.matrices import _SEEDS
from verify.given.symmetric import is_symmetric


def positive_weights(*, symmetric: bool = False, min_n: int = 1, max_n: int = 6) -> Cases:
    """Square W > 0, the weights of a complete (attention) graph; any positive W is exp(q.k).

    Ones, rank one, near-disconnected blocks, near-cycles (the far from reversible), stars,
    dominant diagonals; weights over many orders of magnitude.
    """
    shape = (Hypothesis("W is symmetric", is_symmetric),) if symmetric else ()
    positive = Hypothesis("W is positive", lambda W: gt(W, 0))
    square = Hypothesis(
        f"W is square with at least {min_n} rows",
        lambda W: W.ndim == 2 and W.shape[0] == W.shape[1] >= min_n,
    )
    return Cases(
        gallery=lambda: (W for W in _gallery(symmetric) if len(W) >= min_n),
        lattice=lambda: (W for W in _lattice(symmetric) if len(W) >= min_n),
        random=st.builds(
            _random, _SEEDS, st.integers(min_n, max_n), st.integers(0, 4), st.just(symmetric)
        ),
        hypotheses=(square, positive, *shape),
        label="positive weights",
    )


def walks(*, max_n: int = 6) -> Cases:
    """Symmetric W > 0 of random walks on weighted graphs: reversible, aperiodic chains."""
    return positive_weights(symmetric=True, min_n=2, max_n=max_n)


def _gallery(symmetric: bool):
    for n in (1, 2, 3, 4):
        yield np.ones((n, n))
        yield np.eye(n) * 9 + 1
        yield np.ones((n, n)) - np.eye(n) * 0.9
        decay = np.arange(1.0, n + 1)
        yield np.outer(decay, decay)  # rank one
        star = np.full((n, n), 0.01)
        star[0, :] = star[:, 0] = 1
        yield star
    blocks = np.kron(np.eye(2), np.ones((2, 2)))
    for eps in (0.1, 1e-3, 1e-9):
        yield blocks + eps
        yield np.array([[1, eps], [eps, 1]])
        if not symmetric:
            for n in (2, 3, 4):
                yield np.roll(np.eye(n), 1, axis=1) + eps  # a cycle, all but periodic
            yield np.array([[1, 1], [eps, 1]])
            yield np.tri(4) + eps  # a causal mask that leaks
    if not symmetric:
        yield np.array([[1.0, 2.0], [4.0, 1.0]])
        yield np.outer([1.0, 1.0, 1.0], [1.0, 10.0, 100.0])


def _lattice(symmetric: bool):
    for entries in itertools.product((1, 2, 4, 9), repeat=4):
        W = np.array(entries, float).reshape(2, 2)
        if not symmetric or W[0, 1] == W[1, 0]:
            yield W
    if symmetric:
        for e in itertools.product((1, 3), repeat=6):
            yield np.array([[e[0], e[1], e[2]], [e[1], e[3], e[4]], [e[2], e[4], e[5]]], float)
    else:
        for entries in itertools.product((1, 9), repeat=9):
            yield np.array(entries, float).reshape(3, 3)


def _random(seed, n, kind, symmetric) -> np.ndarray:
    rng = np.random.default_rng(seed)
    spread = (0.3, 1.0, 3.0, 8.0, 1.0)[kind]
    logits = spread * rng.standard_normal((n, n))
    if kind == 4:  # clusters
        labels = rng.integers(0, 2, n)
        logits = logits + 5.0 * (labels[:, None] == labels[None, :])
    return np.exp((logits + logits.T) / 2 if symmetric else logits)
