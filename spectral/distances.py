r"""Distances between tokens, and attention that depends on nothing else.

    |x_i - y_j|^2 = |x_i|^2 + |y_j|^2 - 2 <x_i, y_j>

so that a dot product knows lengths as well as distances; weights that are a function of
x_j - x_i alone do not change when all tokens are moved, and those of softmax attention do.

Reference: sequence paper, Theorems 4, 8 and 30 (step 2).
"""

from collections.abc import Callable

import numpy as np

from spectral import linalg
from spectral._checks import check_array
from spectral.graph import transition_matrix


def squared_lengths(x) -> np.ndarray:
    """(N,) |x_i|^2."""
    return (check_array(x, "x", ndim=2) ** 2).sum(axis=1)


def squared_distances(x, y) -> np.ndarray:
    """(N, M) |x_i - y_j|^2, from the differences: nothing cancels."""
    x, y = check_array(x, "x", ndim=2), check_array(y, "y", ndim=2)
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"x and y must have one width, got shapes {x.shape} and {y.shape}")
    return ((x[:, None] - y[None]) ** 2).sum(axis=2)


def gaussian_attention(x, *, drift=0) -> np.ndarray:
    """(N, N) row-stochastic, with the weights exp(-|x_i - x_j|^2 + drift sum(x_j - x_i)).

    A function of x_j - x_i, for any drift, and no dot product; sequence paper, Theorem 4.
    """
    x = check_array(x, "x", ndim=2)
    shifts = (x[None] - x[:, None]).sum(axis=2)
    return transition_matrix(np.exp(drift * shifts - squared_distances(x, x)))


def distance_attention(x) -> np.ndarray:
    """(N, N) row-stochastic, the softmax of -|x_i - x_j|^2 / (2 sqrt(d)).

    These are the scores of x with x less |x_i|^2 and |x_j|^2, each over 2 sqrt(d).
    """
    x = check_array(x, "x", ndim=2)
    root = linalg.sqrt(x.shape[1], like=x)
    return transition_matrix(np.exp(-squared_distances(x, x) / (2 * root)))


def weights_by_differences(attention: Callable, x) -> np.ndarray:
    """(N, N) h(x_j - x_i), h(u) the weight of u over that of 0 in the sequence (0, u).

    Attention that is translation invariant has rows proportional to these.
    """
    x = check_array(x, "x", ndim=2)
    h = np.empty((len(x), len(x)), x.dtype)
    for i, j in np.ndindex(h.shape):
        pair = attention(np.stack([x[j] * 0, x[j] - x[i]]))[0]
        h[i, j] = pair[1] / pair[0]
    return h
