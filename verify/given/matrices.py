"""Real and symmetric matrices: small integers first, then ties, spikes, heavy tails, scales."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import gt, le

_SEEDS = st.integers(0, 2**32 - 1)
_SCALES = st.sampled_from([1.0, 1.0, 1.0, 1e-3, 1e3, 1e-9, 1e9])


def real_matrices(*, max_side: int = 5, square: bool = False) -> Cases:
    """Real n x m matrices, nonempty."""
    return Cases(
        gallery=lambda: _shapes_of_interest(square),
        lattice=lambda: _integer_matrices(square),
        random=_drawn(max_side, square),
        label="real matrices",
    )


def weights(*, within=None, max_side: int = 5) -> Cases:
    """Weight matrices W != 0 for a quantizer; `within`: every |W_ij| <= within * mean |W_ij|."""
    nonzero = Hypothesis("W is not zero", lambda W: gt(np.max(np.abs(W)), 0))
    base = real_matrices(max_side=max_side)
    if within is None:
        return Cases(
            gallery=lambda: (W for W in base.gallery() if W.any()),
            lattice=lambda: (W for W in base.lattice() if W.any()),
            random=base.random.map(lambda W: W if W.any() else W + 1),
            hypotheses=(nonzero,),
            label="weights",
        )
    bounded = Hypothesis(
        f"every |W_ij| <= {within} gamma",
        lambda W: le(np.max(np.abs(W)) * W.size, within * np.sum(np.abs(W))),
    )
    return Cases(
        gallery=lambda: (W for W in base.gallery() if _is_within(W, within)),
        lattice=lambda: itertools.chain(
            (W for W in base.lattice() if _is_within(W, within)), _two_valued(within)
        ),
        random=st.builds(_bounded, _SEEDS, st.integers(1, max_side), st.just(within), _SCALES),
        hypotheses=(nonzero, bounded),
        label=f"weights within {within} gamma",
    )


def symmetric_matrices(*, max_n: int = 6) -> Cases:
    """Real symmetric matrices."""
    return Cases(
        gallery=lambda: (_symmetric(n, kind) for kind in _KINDS for n in (1, 2, 3, 4)),
        lattice=lambda: itertools.chain.from_iterable(_lattice_symmetric(n) for n in (1, 2, 3)),
        random=st.builds(_random_symmetric, _SEEDS, st.integers(1, max_n), _SCALES),
        hypotheses=(Hypothesis("A is symmetric", _is_symmetric),),
        label="symmetric matrices",
    )


def symmetric_pairs(*, max_n: int = 6) -> Cases:
    """Pairs (A, E) of real symmetric matrices of one size: a matrix and its perturbation.

    Besides the generic: E = 0, A + E a multiple of the identity, E swapping eigenvalues of A,
    E of rank one, E tiny and huge beside A.
    """
    return Cases(
        gallery=_pair_gallery,
        lattice=_pair_lattice,
        random=st.builds(
            _random_pair, _SEEDS, st.integers(2, max_n), st.sampled_from([1.0, 1e-1, 1e-3, 1e2])
        ),
        hypotheses=(
            Hypothesis("A is symmetric", lambda A, E: _is_symmetric(A)),
            Hypothesis("E is symmetric", lambda A, E: _is_symmetric(E)),
            Hypothesis("A and E have one shape", lambda A, E: A.shape == E.shape),
        ),
        arity=2,
        label="symmetric pairs",
    )


def _is_symmetric(A) -> bool:
    """By equality of entries: they are data here, not results of rounding."""
    return A.ndim == 2 and A.shape[0] == A.shape[1] and A.size > 0 and bool((A == A.T).all())


def _shapes_of_interest(square: bool):
    for n in (1, 2, 3):
        m = n if square else 1
        yield np.ones((m, n))
        spike = np.zeros((m, n))
        spike[-1, -1] = 1
        yield spike
        yield -spike
    yield np.array([[1.0, 3.0], [3.0, 1.0]]) if square else np.array([[1.0, 3.0]])
    yield np.outer([1.0, 2.0], [1.0, -1.0])
    for scale in (1e-300, 1e300, 2.0**-1022):
        yield scale * np.array([[1.0, -1.0], [0.0, 1.0]])
    if not square:
        yield np.array([[0.0, 0.0, 0.0, 0.0, 1.0]])
        yield np.array([[1.0, 1.0, 1.0, 3.0]])


def _integer_matrices(square: bool):
    for n in (1, 2):
        shapes = [(n, n)] if square else [(1, n), (n, 1)]
        for shape in shapes:
            for entries in itertools.product((0, 1, -1, 2, 3), repeat=shape[0] * shape[1]):
                if shape == (2, 2) and max(map(abs, entries)) > 2:
                    continue
                yield np.array(entries, float).reshape(shape)
    if not square:
        for n in (3, 4):
            for entries in itertools.combinations_with_replacement(range(5), n):
                yield np.array([entries], float)


def _drawn(max_side: int, square: bool):
    side = st.integers(1, max_side)
    return st.builds(
        _random_matrix, _SEEDS, side, side if not square else st.none(), st.integers(0, 4), _SCALES
    )


def _random_matrix(seed, n, m, kind, scale) -> np.ndarray:
    rng, shape = np.random.default_rng(seed), (n, n if m is None else m)
    entries = (
        rng.standard_normal(shape),
        rng.standard_cauchy(shape),  # heavy tails
        rng.integers(-3, 4, shape).astype(float),  # ties and zeros
        np.outer(rng.standard_normal(shape[0]), rng.standard_normal(shape[1])),  # rank one
        rng.standard_normal(shape) * (rng.random(shape) < 0.3),  # sparse
    )[kind]
    return scale * entries


def _is_within(W: np.ndarray, within) -> bool:
    with np.errstate(over="ignore"):
        return bool(W.any()) and np.abs(W).max() * W.size <= float(within) * np.abs(W).sum()


def _two_valued(within):
    """A share of entries at the bound, the rest equal and as small as the mean then allows."""
    for n in range(2, 9):
        for high in range(1, n):
            # mean 1: high * within + (n - high) * low = n
            low = (n - high * within) / (n - high)
            if low >= 0:
                yield np.array([[*([float(low)] * (n - high)), *([float(within)] * high)]])


def _bounded(seed, n, within, scale) -> np.ndarray:
    """Entries of modulus in [t, within t]: the largest is at most within times the mean."""
    rng = np.random.default_rng(seed)
    size = rng.uniform(1.0, float(within), (n, rng.integers(1, 6)))
    size[rng.random(size.shape) < 0.5] = 1.0
    return scale * size / float(within) * rng.choice([-1.0, 1.0], size.shape)


_KINDS = ("zero", "identity", "ones", "path", "diagonal", "indefinite", "tied")


def _symmetric(n: int, kind: str) -> np.ndarray:
    path = np.eye(n, k=1) + np.eye(n, k=-1)
    return {
        "zero": np.zeros((n, n)),
        "identity": np.eye(n),
        "ones": np.ones((n, n)),
        "path": path,
        "diagonal": np.diag(np.arange(n, dtype=float)),
        "indefinite": np.diag((-1.0) ** np.arange(n)) + path,
        "tied": np.diag(np.minimum(np.arange(n), 1).astype(float)),
    }[kind]


def _lattice_symmetric(n: int):
    values = (0, 1, -1, 2) if n < 3 else (0, 1, -1)
    for entries in itertools.product(values, repeat=n * (n + 1) // 2):
        A = np.zeros((n, n))
        A[np.triu_indices(n)] = entries
        yield A + np.triu(A, 1).T


def _random_symmetric(seed, n, scale) -> np.ndarray:
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, n))
    if rng.random() < 0.3:
        A = np.rint(A)
    if rng.random() < 0.2:
        v = rng.standard_normal(n)
        A = np.outer(v, v) / 2
    return scale * (A + A.T)


def _pair_gallery():
    for n in (2, 3, 4):
        A = np.diag(np.arange(n, dtype=float))
        yield A, np.zeros((n, n))
        yield A, np.eye(n) * n - A  # A + E is a multiple of the identity
        yield A, np.ones((n, n)) / n
        swap = np.zeros((n, n))
        swap[0, 0], swap[1, 1] = 2 / 3, -2 / 3
        yield A, swap
        coupling = np.zeros((n, n))
        coupling[0, 1] = coupling[1, 0] = 1 / 2
        yield A, coupling
    yield np.zeros((1, 1)), np.ones((1, 1))
    yield 1e-300 * np.diag([0.0, 1.0]), 1e-300 * np.ones((2, 2))
    yield 1e150 * np.diag([0.0, 1.0]), 1e150 * np.ones((2, 2))


def _pair_lattice():
    values = (0, 1, -1, 2, -2)
    for low, high in ((0, 1), (0, 2), (0, 3)):
        for a, b, c in itertools.product(values, repeat=3):
            yield np.diag([float(low), float(high)]), np.array([[a, b], [b, c]], float) / 2
    for a, b, c in itertools.product((0, 1, -1), repeat=3):
        E = np.array([[0, a, b], [a, 0, c], [b, c, 0]], float)
        yield np.diag([0.0, 1.0, 1.0]), E
        yield np.diag([0.0, 1.0, 3.0]), E


def _random_pair(seed, n, ratio) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    A = _random_symmetric(rng.integers(2**32), n, 1.0)
    E = _random_symmetric(rng.integers(2**32), n, ratio)
    kind = rng.integers(4)
    if kind == 0:  # rank one
        v = rng.standard_normal(n)
        E = ratio * np.outer(v, v)
    if kind == 1:  # E in the eigenbasis of A, so that eigenvalues cross
        U = np.linalg.eigh(A).eigenvectors
        E = U @ np.diag(ratio * rng.standard_normal(n)) @ U.T
        E = (E + E.T) / 2
    return A, E
