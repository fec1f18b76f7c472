r"""The bound on straight-through descent with a box, both sides, for absolute deviations.

L(w) = sum_k |<x_k, w> - y_k| is convex; its subgradients are sums of +-x_k, so that
|g|_2^2 <= G^2 = sum_i (sum_k |x_ki|)^2 and |g|_1 <= G_1 = sum_ki |x_ki|.  From w_0 = 0, for w* in
[-1, 1]^d:

    mean_{t < T} L(q_t) - L(w*)  <=  |w*|^2 / (2 rate T) + rate G^2 / 2  +  G_1 / 2.

Proof in `quantization.straight_through`.  All of it is rational where the data are.
"""

from dataclasses import dataclass

import numpy as np

from quantization._checks import check_weights
from quantization.straight_through import clipped_descent


@dataclass(frozen=True)
class DescentBound:
    """The gap that is bounded, the part of its bound that tends to 0, and the part that stays."""

    gap: float  # or a Fraction
    descent: float
    floor: float


def descent_bound(X, y, target, *, rate, steps: int) -> DescentBound:
    """Gap and bound for inputs X (n, d), targets y (n,) and w* = `target` (d,) in the box."""
    X, y, target = check_weights(X, "X"), check_weights(y, "y"), check_weights(target, "target")
    if X.ndim != 2 or X.shape != (*y.shape, *target.shape):
        shapes = f"{X.shape}, {y.shape} and {target.shape}"
        raise ValueError(f"X, y, target must be (n, d), (n,) and (d,), got shapes {shapes}")
    if not np.all(abs(target) <= 1):
        raise ValueError(f"target must be in [-1, 1], got max |target| = {abs(target).max()}")

    def loss(w):
        return abs(X @ w - y).sum()

    def subgradient(w):
        residual = X @ w - y
        return ((residual > 0).astype(np.int64) - (residual < 0)) @ X

    path = clipped_descent(subgradient, 0 * target, rate=rate, steps=steps)
    G_squared = (abs(X).sum(axis=0) ** 2).sum()
    return DescentBound(
        gap=sum(loss(q) for q in path) / steps - loss(target),
        descent=(target**2).sum() / (2 * rate * steps) + rate * G_squared / 2,
        floor=abs(X).sum() / 2,
    )
