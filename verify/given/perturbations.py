"""A symmetric matrix, its perturbation, and how many of its eigenvectors are asked about."""

from __future__ import annotations

import itertools

import numpy as np

from verify.cases import Cases, Hypothesis
from verify.given.symmetric import symmetric_pairs


def perturbations(*, max_n: int = 4) -> Cases:
    """Triples (A, E, k): symmetric A and E of size n >= 2, and 1 <= k < n.

    The pairs of `symmetric_pairs`, but for sizes whose squares no float holds; E that just makes
    two eigenvalues cross; A + E the projector that A is, turned; a fixed sample of random ones.
    """
    pairs = symmetric_pairs(min_n=2, max_n=max_n)
    return Cases(
        gallery=lambda: itertools.chain(_crossings(), _turned(), _blocks(pairs.gallery())),
        lattice=lambda: itertools.chain(
            _sample(max_n), _blocks(itertools.islice(pairs.lattice(), 0, None, 4))
        ),
        hypotheses=(
            *(Hypothesis(h.name, _on_pair(h.holds)) for h in pairs.hypotheses),
            Hypothesis("1 <= k < n", lambda A, E, k: 1 <= k < len(A)),
        ),
        arity=3,
        label="perturbed eigenspaces",
    )


def _crossings():
    for gap in (1.0, 3.0):
        for t in (0.501, 0.51, 0.6):
            yield gap * np.diag([0.0, 1.0]), gap * t * np.diag([1.0, -1.0]), 1
    yield np.diag([0.0, 0.0, 1.0, 1.0]), 0.501 * np.diag([1.0, 1.0, -1.0, -1.0]), 2


def _turned():
    for s, c in ((3 / 5, 4 / 5), (5 / 13, 12 / 13), (1.0, 0.0)):
        yield np.diag([0.0, 1.0]), np.array([[s * s, s * c], [s * c, -s * s]]), 1


def _blocks(pairs):
    for A, E in pairs:
        if 1e-100 < abs(A).max(initial=0) + abs(E).max(initial=0) < 1e100:
            yield from ((A, E, k) for k in range(1, len(A)))


def _sample(max_n):
    for seed in range(40):
        rng = np.random.default_rng(seed)
        for n in range(2, max_n + 1):
            A, E = (B + B.T for B in rng.standard_normal((2, n, n)))
            if seed % 2:  # in the eigenbasis of A, so that eigenvalues cross
                U = np.linalg.eigh(A).eigenvectors
                E = (U * rng.standard_normal(n)) @ U.T
                E = E + E.T
            yield A, E * 10.0 ** rng.uniform(-2, 1), int(rng.integers(1, n))


def _on_pair(holds):
    return lambda A, E, k: holds(A, E)
