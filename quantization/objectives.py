r"""Losses of linear models, with their gradients: what the training of ternary weights descends on.

    least squares         |y - X w|^2 / |y|^2                   share of y not explained; w (d,)
    softmax regression    mean_i ( log sum_c exp(z_ic) - z_i,y_i ),  Z = X W    nats; W (d, classes)

Both are convex in the weights.  Quantized or not, the weights are an argument: the difference of
two losses is what quantization costs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from quantization._checks import check_integers, check_weights


@dataclass(frozen=True)
class Objective:
    """A loss of weights of one shape, and its gradient; `name` for tables."""

    name: str
    shape: tuple[int, ...]
    loss: Callable[[np.ndarray], float]
    gradient: Callable[[np.ndarray], np.ndarray]

    def descend(self, *, rate: float, steps: int) -> np.ndarray:
        """The weights after `steps` of gradient descent from 0, in full precision."""
        W = np.zeros(self.shape)
        for _ in range(steps):
            W = W - rate * self.gradient(W)
        return W


def least_squares(X, y, *, name: str = "least squares") -> Objective:
    """|y - X w|^2 / |y|^2 for inputs X (n, d) and targets y (n,), y != 0."""
    X, y = _inputs(X), check_weights(y, "y")
    if y.shape != X.shape[:1] or not y.any():
        raise ValueError(f"y must be ({len(X)},) and not 0, got {y.shape} of max {abs(y).max()}")
    size = (y**2).sum()

    def loss(w):
        return ((y - X @ w) ** 2).sum() / size

    def gradient(w):
        return 2 * (X @ w - y) @ X / size

    return Objective(name, X.shape[1:], loss, gradient)


def softmax_regression(X, labels, *, name: str = "softmax regression") -> Objective:
    """Mean cross-entropy of softmax(X W) for inputs X (n, d) and labels 0, ..., c - 1 (n,)."""
    X, labels = _inputs(X), np.asarray(labels)
    if labels.shape != X.shape[:1]:
        raise ValueError(f"labels must be ({len(X)},), got shape {labels.shape}")
    classes = int(labels.max()) + 1
    rows, labels = np.arange(len(X)), check_integers(labels, "labels", range(classes))

    def shifted(W):
        Z = X @ W
        return Z - Z.max(axis=1, keepdims=True)

    def loss(W):
        Z = shifted(W)
        return float((np.log(np.exp(Z).sum(axis=1)) - Z[rows, labels]).mean())

    def gradient(W):
        P = np.exp(shifted(W))
        P /= P.sum(axis=1, keepdims=True)
        P[rows, labels] -= 1
        return X.T @ P / len(X)

    return Objective(name, (X.shape[1], classes), loss, gradient)


def _inputs(X):
    X = check_weights(X, "X")
    if X.ndim != 2:
        raise ValueError(f"X must be (n, d), got shape {X.shape}")
    return X
