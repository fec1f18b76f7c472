"""A dense chain and a mask: sparse attention as masked and renormalised weights."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.comparison import gt
from verify.given.matrices import _SEEDS


def masked_weights(*, symmetric: bool = False, max_n: int = 4) -> Cases:
    """Pairs (W, mask): W > 0, and which entries are kept (0 or 1, at least one in each row)."""
    shape = Hypothesis(
        "mask is 0 or 1, of W's shape, with no empty row",
        lambda W, mask: (
            mask.shape == W.shape and set(np.unique(mask)) <= {0, 1} and mask.any(axis=1).all()
        ),
    )
    mirrored = Hypothesis(
        "W and mask are symmetric",
        lambda W, mask: bool((W == W.T).all()) and bool((mask == mask.T).all()),
    )
    return Cases(
        gallery=lambda: (c for n in (2, 3, 4) for c in _gallery(n) if _kept(c, symmetric)),
        lattice=lambda: (c for c in _lattice() if _kept(c, symmetric)),
        random=st.builds(_random, _SEEDS, st.integers(2, max_n), st.just(symmetric)),
        hypotheses=(
            Hypothesis("W is positive", lambda W, mask: gt(W, 0)),
            Hypothesis("W is square", lambda W, mask: W.ndim == 2 and W.shape[0] == W.shape[1]),
            shape,
            *((mirrored,) if symmetric else ()),
        ),
        arity=2,
        label="masked weights",
    )


def _kept(case, symmetric) -> bool:
    W, mask = case
    return not symmetric or ((W == W.T).all() and (mask == mask.T).all())


def _gallery(n: int):
    ones = np.ones((n, n))
    no_first_loop = np.ones((n, n), int)
    no_first_loop[0, 0] = 0
    for mask in (np.ones((n, n), int), no_first_loop, 1 - np.eye(n, dtype=int)):
        yield ones, mask
        yield ones + 8 * np.eye(n), mask
    band = (np.abs(np.subtract.outer(range(n), range(n))) <= 1).astype(int)
    yield ones, band
    yield ones, np.roll(np.eye(n, dtype=int), 1, axis=1) | np.eye(n, dtype=int)


def _lattice():
    for entries in itertools.product((1.0, 4.0), repeat=4):
        for kept in itertools.product((0, 1), repeat=4):
            mask = np.array(kept).reshape(2, 2)
            if mask.any(axis=1).all():
                yield np.array(entries).reshape(2, 2), mask


def _random(seed, n, symmetric):
    rng = np.random.default_rng(seed)
    W = np.exp(rng.standard_normal((n, n)))
    mask = (rng.random((n, n)) < 0.7).astype(int) | np.eye(n, dtype=int)
    if symmetric:
        W, mask = W + W.T, mask & mask.T
    return W, mask
