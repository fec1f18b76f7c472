r"""BitLinear: a linear layer with 8-bit activations and ternary weights.

    Q_b = max |X|,    X~ = 127 X / Q_b, quantised,    Y = X~ Q(W) gamma Q_b / 127.

*What quantises.*  The sequence paper prints X~ = Clip(127 X / Q_b, -128, 127).  That is a rescaling
and nothing else: no entry is beyond 127, so the clip never acts, and no entry is rounded; the layer
then computes X gamma Q(W) with X unchanged (`bitlinear_as_printed`).  BitNet b1.58 rounds,
Clip(round(127 X / Q_b), -128, 127), with a Q_b for each token (`bitlinear`): integers, of which
-128 never occurs, and an error of at most Q_b / 254 an entry.  Halves go to even integers.

*Arithmetic.*  float64 and rationals (a ball has no nearest integer).

References: sequence paper, Definition 57; Wang et al., BitNet, arXiv:2310.11453 (2023), equations
(4) and (5), where the scale is called gamma and Q_b = 2^(b - 1); Ma et al., The Era of 1-bit LLMs,
arXiv:2402.17764 (2024), section 2.
"""

import numpy as np

from quantization._checks import check_weights
from quantization.ternary import absmean, ternarize

LEVEL = 127  # the largest 8-bit integer


def absmax(X, *, per_token: bool = False):
    """Q_b = max |X|: a number, or one for each row, (..., 1), with `per_token`.

    *Raises* ValueError for X = 0, or for a token of zeros: X / Q_b is undefined.
    """
    X = abs(check_weights(X, "X"))
    largest = X.max(axis=-1, keepdims=True) if per_token else X.max()
    if not np.all(largest > 0):
        raise ValueError(f"X must not be 0{' in any token' if per_token else ''}, got max |X| = 0")
    return largest


def activations_as_printed(X):
    """Clip(127 X / max |X|, -128, 127): the shape of X; real numbers.  Definition 57, step 1."""
    X = check_weights(X, "X")
    return np.minimum(np.maximum(X / absmax(X) * LEVEL, -LEVEL - 1), LEVEL)


def quantized_activations(X, *, per_token: bool = True):
    """Clip(round(127 X / Q_b), -128, 127): the shape of X, int64 in -127, ..., 127."""
    X = check_weights(X, "X")
    scaled = X / absmax(X, per_token=per_token) * LEVEL
    return np.clip(_rounded(scaled), -LEVEL - 1, LEVEL)


def activation_step(X, *, per_token: bool = True):
    """Q_b / 127, what a step of `quantized_activations` stands for: a number, or one a token."""
    return absmax(X, per_token=per_token) / LEVEL


def bitlinear(X, W, *, eps=0, per_token: bool = True):
    """The layer of BitNet b1.58 on tokens X (n, d) and weights W (d, m): (n, m).

    An entry differs from that of X gamma Q(W) by at most gamma Q_b / 254 for each trit of its
    column that is not 0.
    """
    X, W = _matching(X, W)
    Y = quantized_activations(X, per_token=per_token) @ ternarize(W, eps=eps)
    return Y * (activation_step(X, per_token=per_token) * absmean(W))


def bitlinear_as_printed(X, W, *, eps=0):
    """Definition 57 to the letter: (n, m), equal to X gamma Q(W), for nothing is quantised."""
    X, W = _matching(X, W)
    Y = activations_as_printed(X) @ ternarize(W, eps=eps)
    return Y * (activation_step(X, per_token=False) * absmean(W))


def _matching(X, W):
    X, W = check_weights(X, "X"), check_weights(W)
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != len(W):
        raise ValueError(f"X must be (n, d) and W (d, m), got shapes {X.shape} and {W.shape}")
    return X, W


def _rounded(X):
    """To the nearest integer, halves to even: int64."""
    if X.dtype == object:
        return np.array([round(x) for x in X.flat], dtype=np.int64).reshape(X.shape)
    return np.rint(X).astype(np.int64)
