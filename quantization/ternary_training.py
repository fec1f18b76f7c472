r"""Quantization-aware training of ternary weights, beside quantization after training.

    after training    gamma Q(W), of the weights W of full precision
    aware             W <- W - rate * straight-through estimate, seen only through gamma Q(W)
    best              for least squares with few weights: all 3^d trits, each with its best scale

The training keeps the best weights that it passed through, because it does not converge (see
`quantization.straight_through`): some trits flip at every step.

References: Courbariaux, Bengio and David, BinaryConnect, NeurIPS 2015; Ma et al.,
arXiv:2402.17764 (2024); sequence paper, section 11.4.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quantization._checks import check_weights
from quantization.census import ternary_matrices
from quantization.objectives import Objective, least_squares
from quantization.straight_through import straight_through_gradient
from quantization.ternary import absmean, ternarize


@dataclass(frozen=True)
class Training:
    """What a training passed through: (steps,) losses of the quantized weights, and more."""

    losses: np.ndarray
    flips: np.ndarray  # share of trits that each step but the first changed
    best: np.ndarray  # quantized weights of the least loss

    def second_half(self) -> "Training":
        """The later steps alone, with the best weights of all."""
        half = len(self.losses) // 2
        return Training(self.losses[half:], self.flips[half:], self.best)


@dataclass(frozen=True)
class TernaryModel:
    """Weights scale * trits and the loss that they have."""

    scale: float
    trits: np.ndarray
    loss: float


@dataclass(frozen=True)
class QuantizationCost:
    """By how much ternary weights have a larger loss than those of full precision."""

    after_training: float
    aware: float


def train(
    objective: Objective, start, *, rate: float, steps: int, indicator: bool = True
) -> Training:
    """Straight-through descent on gamma Q(W) from W = start (not 0), deterministic.

    Parameters
    ----------
    objective : loss and gradient at the quantized weights
    start : (shape of the objective), usually the weights of full precision
    rate, steps : of the descent; the loss is recorded before each step
    indicator : stop the entries beyond gamma (Definition 59), or let all gradients through
    """
    W, losses, trits = _start(objective, start, steps), [], []
    for _ in range(steps):
        trits.append(ternarize(W))
        quantized = absmean(W) * trits[-1]
        losses.append(objective.loss(quantized))
        if losses[-1] <= min(losses):
            best = quantized
        gradient = objective.gradient(quantized)
        W = W - rate * (straight_through_gradient(W, gradient) if indicator else gradient)
    flips = [(after != before).mean() for before, after in pairwise(trits)]
    return Training(np.array(losses), np.array(flips), best)


def quantization_cost(objective: Objective, weights, *, rate: float, steps: int, **options):
    """The `QuantizationCost` of weights of full precision, aware training starting from them.

    options: of `train`.
    """
    full = objective.loss(check_weights(weights, "weights"))
    training = train(objective, weights, rate=rate, steps=steps, **options)
    return QuantizationCost(
        after_training=float(training.losses[0] - full), aware=float(training.losses.min() - full)
    )


def best_ternary_regression(X, y) -> TernaryModel:
    """The trits and the scale >= 0 of least |y - X w|^2 / |y|^2, w = scale * trits (d,).

    All 3^d trits are tried, each with its best scale <Xt, y> / |Xt|^2; d is at most 12.
    """
    objective = least_squares(X, y)
    X, y = check_weights(X, "X"), check_weights(y, "y")
    if X.shape[1] > 12:
        raise ValueError(f"X must have at most 12 columns, got {X.shape[1]}")
    T = np.array([t[0] for t in ternary_matrices(1, X.shape[1])])
    fitted, sizes = np.maximum(T @ (X.T @ y), 0), ((T @ (X.T @ X)) * T).sum(axis=1)
    gains = fitted**2 / np.where(sizes > 0, sizes, 1)
    k = int(np.argmax(gains))
    scale = fitted[k] / sizes[k] if gains[k] > 0 else 0 * fitted[k]
    return TernaryModel(scale, T[k], objective.loss(scale * T[k]))


def _start(objective, start, steps):
    W = check_weights(start, "start")
    if W.shape != objective.shape:
        raise ValueError(f"start must have shape {objective.shape}, got {W.shape}")
    if steps < 1:
        raise ValueError(f"steps must be at least 1, got {steps}")
    return W
