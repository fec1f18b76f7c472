"""Binary attention heads with two inputs, the second nowhere below the first."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS

_ALPHABETS = {"binary": (0, 1), "ternary": (-1, 0, 1)}


def binary_heads(*, weights: str = "binary", max_side: int = 3) -> Cases:
    """(W_Q, W_K, W_V, tau, theta, low, high): a head, and tokens with low <= high entrywise.

    weights: "binary" for {0, 1}, "ternary" for {-1, 0, 1}.  All heads of width 1 on one token of
    one bit; larger ones at random, with thresholds that are met.
    """
    alphabet = _ALPHABETS[weights]
    fitting = Hypothesis(f"weights are in {set(alphabet)}, tokens are bits", _fits(alphabet))
    return Cases(
        lattice=lambda: _smallest(alphabet),
        random=st.builds(_random, _SEEDS, *[st.integers(1, max_side)] * 3, st.just(alphabet)),
        hypotheses=(fitting, Hypothesis("low <= high", lambda *case: (case[5] <= case[6]).all())),
        arity=7,
        label="binary heads",
    )


def _fits(alphabet):
    def fits(W_Q, W_K, W_V, tau, theta, low, high):
        weights = np.concatenate([W_Q.ravel(), W_K.ravel(), W_V.ravel()])
        bits = np.concatenate([low.ravel(), high.ravel()])
        return bool(np.isin(weights, alphabet).all() and np.isin(bits, (0, 1)).all())

    return fits


def _smallest(alphabet):
    for weights in itertools.product(alphabet, repeat=3):
        for tau, theta in itertools.product((-1, 0, 1, 2), repeat=2):
            entries = [np.array([[w]]) for w in (*weights, 0, 1)]
            yield (*entries[:3], tau, theta, *entries[3:])


def _random(seed, n, d, width, alphabet):
    rng = np.random.default_rng(seed)
    W_Q, W_K, W_V = rng.choice(alphabet, (3, d, width))
    low, high = np.sort(rng.integers(0, 2, (2, n, d)), axis=0)
    tau, theta = (int(t) for t in rng.integers(-1, 4, 2))
    return W_Q, W_K, W_V, tau, theta, low, high
