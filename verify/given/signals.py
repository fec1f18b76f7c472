"""A function on the vertices of a weighted graph."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.graphs import positive_weights
from verify.given.matrices import _SEEDS


def signals(*, symmetric: bool = False, max_n: int = 5) -> Cases:
    """Pairs (W, f): positive weights of a graph, and a real function on its vertices.

    Functions: near-constant (where a form that is not definite shows it), one vertex, steps.
    """
    graphs = positive_weights(symmetric=symmetric, max_n=max_n)
    own = tuple(Hypothesis(h.name, _on_weights(h.holds)) for h in graphs.hypotheses)
    fits = Hypothesis("f has a value for each vertex", lambda W, f: len(f) == len(W))
    return Cases(
        gallery=lambda: ((W, f) for W in graphs.gallery() for f in _functions(len(W))),
        lattice=lambda: (
            (W, np.array(f, float))
            for W in graphs.lattice()
            if len(W) == 2
            for f in itertools.product((1, 2, 3, 4), (0, 1, 2, 3, 4))
        ),
        random=st.builds(_random, graphs.random, _SEEDS),
        hypotheses=(*own, fits),
        arity=2,
        label="functions on graphs",
    )


def _on_weights(holds):
    return lambda W, f: holds(W)


def _functions(n: int):
    yield np.ones(n)
    yield np.eye(n)[0]
    yield np.arange(n, dtype=float)
    yield 4 + np.arange(n, dtype=float)
    yield 4 - np.arange(n, dtype=float)


def _random(W, seed) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return W, rng.choice([0.0, 1.0, 5.0]) + rng.standard_normal(len(W))
