"""Real matrices: small integers first, then ties, spikes, heavy tails, scales."""

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
        gallery=lambda: _shapes_of_interest(square, max_side),
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


def _shapes_of_interest(square: bool, max_side: int):
    for n in (1, 2, 3, max_side):
        m = n if square or n == max_side else 1
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
    for u in itertools.product((1, 2, 3), repeat=2):  # rank one
        for v in itertools.product((1, 2, -3), repeat=2):
            yield np.outer(u, v).astype(float)


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
        _rank_one(rng, shape),
        rng.standard_normal(shape) * (rng.random(shape) < 0.3),  # sparse
    )[kind]
    return scale * entries


def _rank_one(rng, shape) -> np.ndarray:
    """Of small integers half of the time: products of floats are of rank one up to rounding."""
    u, v = (rng.standard_normal(n) for n in shape)
    return np.outer(np.rint(2 * u), np.rint(2 * v)) if rng.random() < 0.5 else np.outer(u, v)


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
