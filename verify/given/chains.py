"""Weights of Markov chains and of graphs that need not be complete."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import ge, gt
from verify.given.matrices import _SEEDS
from verify.given.symmetric import is_symmetric


def chain_weights(*, symmetric: bool = False, max_n: int = 6) -> Cases:
    """Square W >= 0 without a zero row: P = D^-1 W is any finite Markov chain.

    Reducible, periodic, non-reversible and nearly so among them; a claim that needs more of
    its chain says so in `where`.  `symmetric`: weighted graphs, whose walks are reversible.
    """
    nonnegative = Hypothesis("W is nonnegative", lambda W: ge(W, 0))
    rows = Hypothesis(
        "W is square and has no zero row",
        lambda W: W.ndim == 2 and W.shape[0] == W.shape[1] and gt(W.sum(axis=1), 0),
    )
    shape = (Hypothesis("W is symmetric", is_symmetric),) if symmetric else ()
    lattice = _graph_lattice if symmetric else _lattice
    return Cases(
        gallery=lambda: (W for W in _gallery(max_n) if not symmetric or is_symmetric(W)),
        lattice=lambda: (W for W in lattice(max_n) if (W.sum(axis=1) > 0).all()),
        random=st.builds(
            _random, _SEEDS, st.integers(1, max_n), st.integers(0, 4), st.just(symmetric)
        ),
        hypotheses=(nonnegative, rows, *shape),
        label="graphs" if symmetric else "chains",
    )


def _gallery(max_n: int):
    for n in range(1, max_n + 1):
        yield np.roll(np.eye(n), 1, axis=1)  # periodic
        yield np.eye(n) + np.roll(np.eye(n), 1, axis=1)
        yield np.tri(n)  # reducible: a causal head
        yield np.ones((n, n))
    yield np.eye(2)
    for n in range(3, max_n + 1):
        path = np.eye(n, k=1) + np.eye(n, k=-1)
        yield path  # bipartite
        yield path + np.eye(n)
        star = np.zeros((n, n))
        star[0, 1:] = star[1:, 0] = 1
        yield star
        yield star + np.eye(n)
        yield np.ones((n, n)) - np.eye(n)
        yield np.diag([*np.ones(n - 1), 10.0 * n])  # a heavy loop
        chord = np.roll(np.eye(n), 1, axis=1)
        chord[-1, 1] = 1
        yield chord  # Wielandt's: of all aperiodic chains, the last to have positive powers
        for ratio in (4.0, 16.0):  # a drift, or a geometric path
            slope = np.diag(ratio ** np.arange(n - 2, -1, -1), 1)
            yield slope + slope.T
    if max_n >= 4:
        yield np.kron(np.eye(2), np.ones((2, 2))) + 1e-3 * np.eye(4, k=1) + 1e-3 * np.eye(4, k=-1)
    yield np.array([[1 - 5e-6, 5e-6], [5e-6, 1 - 5e-6]])


def _lattice(max_n: int):
    for n, values in ((2, (0, 1, 2, 3)), (3, (0, 1))):
        if n <= max_n:
            for entries in itertools.product(values, repeat=n * n):
                yield np.array(entries, float).reshape(n, n)


def _graph_lattice(max_n: int):
    for n, values in ((2, (0, 1, 2, 3)), (3, (0, 1, 2)), (4, (0, 1))):
        if n <= max_n:
            for entries in itertools.product(values, repeat=n * (n + 1) // 2):
                W = np.zeros((n, n))
                W[np.triu_indices(n)] = entries
                yield W + np.triu(W, 1).T


def _random(seed, n, kind, symmetric) -> np.ndarray:
    rng = np.random.default_rng(seed)
    W = rng.random((n, n)) ** rng.choice([1, 4])
    if kind == 1:  # a cycle with chords
        W = W * (rng.random((n, n)) < rng.choice([0.1, 0.5])) + np.roll(np.eye(n), 1, axis=1)
    if kind == 2:  # over many orders of magnitude
        W = np.exp(rng.choice([1, 3]) * rng.standard_normal((n, n)))
    if kind == 3:  # causal
        W = np.tril(np.ceil(3 * W) if rng.random() < 0.5 else W)
    return W + W.T if symmetric or kind == 4 else W
