"""Symmetric matrices, and pairs of them: a matrix and its perturbation."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SCALES, _SEEDS
from verify.given.sizes import at_least, gallery_sizes


def symmetric_matrices(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Real symmetric matrices."""
    return Cases(
        gallery=lambda: (_structured(n, k) for n in gallery_sizes(min_n, max_n) for k in _KINDS),
        lattice=lambda: itertools.chain.from_iterable(
            _lattice(n) for n in range(min_n, min(max_n, 3) + 1)
        ),
        random=st.builds(_random, _SEEDS, st.integers(min_n, max_n), _SCALES),
        hypotheses=(Hypothesis("A is symmetric", is_symmetric), *at_least(min_n, "A")),
        label="symmetric matrices",
    )


def symmetric_pairs(*, min_n: int = 1, max_n: int = 6) -> Cases:
    """Pairs (A, E) of real symmetric matrices of one size: a matrix and its perturbation.

    Besides the generic: E = 0, A + E a multiple of the identity, E swapping eigenvalues of A,
    E of rank one, E tiny and huge beside A, and small cases inside a larger matrix.
    """
    sizes = st.integers(max(min_n, min(2, max_n)), max_n)
    return Cases(
        gallery=lambda: _pair_gallery(min_n, max_n),
        lattice=lambda: (_inside(pair, min_n) for pair in _pair_lattice(max_n)),
        random=st.builds(_random_pair, _SEEDS, sizes, st.sampled_from([1.0, 1e-1, 1e-3, 1e2])),
        hypotheses=(
            Hypothesis("A is symmetric", lambda A, E: is_symmetric(A)),
            Hypothesis("E is symmetric", lambda A, E: is_symmetric(E)),
            Hypothesis("A and E have one shape", lambda A, E: A.shape == E.shape),
            *at_least(min_n, "A"),
        ),
        arity=2,
        label="symmetric pairs",
    )


def is_symmetric(A) -> bool:
    """By equality of entries: they are data here, not results of rounding."""
    return A.ndim == 2 and A.shape[0] == A.shape[1] and A.size > 0 and bool((A == A.T).all())


_KINDS = ("zero", "identity", "ones", "path", "diagonal", "indefinite", "tied", "spike")


def _structured(n: int, kind: str) -> np.ndarray:
    path = np.eye(n, k=1) + np.eye(n, k=-1)
    return {
        "zero": np.zeros((n, n)),
        "identity": np.eye(n),
        "ones": np.ones((n, n)),
        "path": path,
        "diagonal": np.diag(np.arange(n, dtype=float)),
        "indefinite": np.diag((-1.0) ** np.arange(n)) + path,
        "tied": np.diag(np.minimum(np.arange(n), 1).astype(float)),
        "spike": np.diag(np.eye(n)[-1]),
    }[kind]


def _lattice(n: int):
    """Small integers; those with a nonnegative diagonal first, where all would be too many."""
    diagonals = ((0, 1, -1, 2),) if n < 3 else ((0, 1, 2), (-1, 0, -2))
    for diagonal in diagonals:
        for d in itertools.product(diagonal, repeat=n):
            for entries in itertools.product((0, 1, -1, 2)[: 6 - n], repeat=n * (n - 1) // 2):
                A = np.diag(np.array(d, float))
                A[np.triu_indices(n, 1)] = entries
                yield A + np.triu(A, 1).T


def _random(seed, n, scale) -> np.ndarray:
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, n))
    if rng.random() < 0.3:
        A = np.rint(A)
    kind = rng.random()
    if kind < 0.2:
        v = rng.standard_normal(n)
        A = np.outer(v, v) / 2
    elif kind < 0.4:  # positive semidefinite, of any rank
        B = A[:, : rng.integers(1, n + 1)]
        A = (abs(B) @ abs(B).T if kind < 0.3 else B @ B.T) / 2
    return scale * (A + A.T)


def _pair_gallery(min_n: int, max_n: int):
    if min_n <= 1:
        yield np.zeros((1, 1)), np.ones((1, 1))
    for n in gallery_sizes(max(min_n, 2), max_n):
        simple = np.diag(np.arange(n, dtype=float))
        tied = np.diag((np.arange(n) >= n // 2).astype(float))  # two eigenvalues, both multiple
        for A in (simple, tied):
            yield A, np.zeros((n, n))
            yield A, np.eye(n) * n - A  # A + E is a multiple of the identity
            yield A, np.ones((n, n)) / n
            yield A, np.fliplr(np.eye(n)) / 2  # couples the ends
        swap = np.diag([2 / 3, -2 / 3, *np.zeros(n - 2)])
        yield simple, swap
        coupling = np.zeros((n, n))
        coupling[0, 1] = coupling[1, 0] = 1 / 2
        yield simple, coupling
        yield 1e-300 * simple, 1e-300 * np.ones((n, n))
        yield 1e150 * simple, 1e150 * np.ones((n, n))


def _pair_lattice(max_n: int):
    values = (0, 1, -1, 2, -2)
    for low, high in ((0, 1), (0, 2), (0, 3)):
        for a, b, c in itertools.product(values if max_n > 1 else (), repeat=3):
            yield np.diag([float(low), float(high)]), np.array([[a, b], [b, c]], float) / 2
    for a, b, c in itertools.product((0, 1, -1) if max_n > 2 else (), repeat=3):
        E = np.array([[0, a, b], [a, 0, c], [b, c, 0]], float)
        yield np.diag([0.0, 1.0, 1.0]), E
        yield np.diag([0.0, 1.0, 3.0]), E


def _inside(pair, n: int):
    """The pair as a block of one of size n, whose other eigenvalues are simple and larger."""
    A, E = pair
    more = n - len(A)
    if more <= 0:
        return pair
    larger = np.diag(A.max() + 2 * np.arange(1.0, more + 1))
    zero = np.zeros((len(A), more))
    return np.block([[A, zero], [zero.T, larger]]), np.pad(E, (0, more))


def _random_pair(seed, n, ratio) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    A = _random(rng.integers(2**32), n, 1.0)
    E = _random(rng.integers(2**32), n, ratio)
    kind = rng.integers(4)
    if kind == 0:  # rank one
        v = rng.standard_normal(n)
        E = ratio * np.outer(v, v)
    if kind == 1:  # E in the eigenbasis of A, so that eigenvalues cross
        U = np.linalg.eigh(A).eigenvectors
        E = U @ np.diag(ratio * rng.standard_normal(n)) @ U.T
        E = (E + E.T) / 2
    return A, E
