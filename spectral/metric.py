"""The quadratic form that attention puts on sequences: g(V, W) = sum P_ij <v_i - v_j, w_i - w_j>.

It is a metric on sequences up to a common translation only: g(V, V) = 0 for every V with equal
rows.  With p = min P_ij > 0 and N rows,

    g(V, V) >= 2 N p ||V - mean||_F^2,        with equality where P is uniform.

References: sequence paper, Theorem 8.
"""

import numpy as np

from spectral._checks import check_array, check_scalar, check_stochastic
from spectral._numbers import plain
from spectral.balls import enclosing_max
from spectral.graph import scores


def attention_form(P, V, W=None):
    """sum_ij P_ij <v_i - v_j, w_i - w_j>, a number, for V and W (N, d); W = V if left out."""
    P = check_stochastic(P, "P")
    V = _on_tokens(V, P, "V")
    W = V if W is None else _on_tokens(W, P, "W")
    products = ((V[:, None] - V[None]) * (W[:, None] - W[None])).sum(axis=2)
    return plain((P * products).sum())


def deviation_squared(V):
    """||V - mean||_F^2, the distance to the sequences with equal rows, squared."""
    V = check_array(V, "V", ndim=2)
    return plain(((V - V.sum(axis=0) / len(V)) ** 2).sum())


def second_derivative_bound(X, V, h):
    """A bound on |g_{X+tV}''(V, V)| in t, on [-h, h], for softmax attention with q = k = X + tV.

    |P_ij''| <= osc(s')^2 + osc(s'') with the scores s of X + tV, where |s'| <= A and |s''| <= 2 B.
    """
    X, V = check_array(X, "X", ndim=2), check_array(V, "V", ndim=2)
    h = check_scalar(h, "h", like=X, positive=True)
    B = enclosing_max(abs(scores(V, V)))
    A = enclosing_max(abs(scores(V, X) + scores(X, V))) + 2 * h * B
    return plain((4 * A * A + 4 * B) * 2 * len(V) * deviation_squared(V))


def _on_tokens(V, P, name) -> np.ndarray:
    V = check_array(V, name, ndim=2)
    if len(V) != len(P):
        raise ValueError(f"{name} must have one row a token, {len(P)}, got {len(V)}")
    return V
