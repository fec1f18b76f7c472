"""From directed weights W to symmetric ones, by name."""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import check_choice, check_nonnegative, check_square
from spectral.balls import maximum, minimum


def symmetrize(W, how: str) -> np.ndarray:
    """(N, N) symmetric weights between W and W^T.

    "mean"       (W + W^T) / 2: keeps the total weight
    "geometric"  sqrt(W * W^T), entry by entry: for W = exp(S) it is exp of the mean of S and
                 S^T; an edge needs both directions
    "max"        an edge in either direction
    "min"        an edge in both

    None keeps the out-degrees, hence none keeps P; for chains see `spectral.chain`.
    """
    check_choice(how, "how", _SYMMETRIZATIONS)
    W = check_nonnegative(check_square(W, "W"), "W")
    return _SYMMETRIZATIONS[how](W)


def _geometric_mean(W):
    if W.dtype == object:
        return linalg.sqrt(W * W.T)
    # Mantissas and exponents apart: W * W^T would overflow, or lose edges to underflow, and
    # sqrt(W) * sqrt(W^T) would not give back a W that is symmetric already.
    mantissa, exponent = np.frexp(W)
    total = exponent + exponent.T
    root = np.sqrt(mantissa * mantissa.T * (1 + total % 2))
    return np.ldexp(root, total // 2)


_SYMMETRIZATIONS = {
    "mean": lambda W: (W + W.T) / 2,
    "geometric": _geometric_mean,
    "max": lambda W: maximum(W, W.T),
    "min": lambda W: minimum(W, W.T),
}
