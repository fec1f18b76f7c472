r"""The straight-through estimator: descent on weights that are seen only through their trits.

The gradient is taken at the trits Q(W) and applied to the full-precision W behind them,

    dL/dW  ~  dL/dQ [ |W| <= gamma ],                  Definition 59 of the sequence paper.

It is the gradient of nothing: L(Q(W)) is constant between the thresholds, and its gradient is 0
there.  Two facts decide what the iteration can do.

*It cycles* where neighbouring trits have gradients of opposite sign, whatever the step is.  For
L(t) = |t_1 - 1/4| and W = (w, 1) the threshold is w = 1/3; below it w grows by each step, above it
w falls, so L alternates between 1/4 and 3/4 for ever.  *It freezes* beyond gamma: [|W| <= gamma]
is 0 there, and an entry that left cannot come back.

`clipped_descent` replaces the indicator by a projection on the box |w_i| <= 1 at the fixed scale 1,
as BinaryConnect does.  For a convex L with |gradient|_2 <= G and |gradient|_1 <= G_1 on the trits,
and every w* of the box,

    mean_{t < T} L(q_t) - L(w*) <= |w_0 - w*|^2 / (2 rate T) + rate G^2 / 2 + G_1 / 2.

The first two are O(1/sqrt T) at rate ~ 1/sqrt T, the third is a floor that stays.  Proof: L is
convex, so L(q_t) - L(w*) <= <g_t, q_t - w*> = <g_t, w_t - w*> + <g_t, q_t - w_t>; the second is at
most G_1 / 2, for rounding in the box moves an entry by 1/2; the first sums as for any projected
subgradient method.

References: Bengio, Leonard and Courville, arXiv:1308.3432 (2013); Courbariaux, Bengio and David,
BinaryConnect, NeurIPS 2015; Li et al., Training quantized nets, NeurIPS 2017, for convex losses;
Yin et al., Understanding straight-through estimator, ICLR 2019.
"""

from collections.abc import Callable

import numpy as np

from quantization._checks import check_weights
from quantization.ternary import nearest_trits, scale, ternarize

Gradient = Callable[[np.ndarray], np.ndarray]  # of L, at trits of the shape of W


def straight_through_gradient(W, gradient, *, eps=0):
    """gradient * [|W| <= gamma + eps]: the shape of W.  Sequence paper, Definition 59."""
    W = check_weights(W)
    gradient = check_weights(np.asarray(gradient, dtype=W.dtype), "gradient")
    if gradient.shape != W.shape:
        raise ValueError(f"gradient must have the shape {W.shape} of W, got {gradient.shape}")
    return gradient * (abs(W) <= scale(W, eps=eps)).astype(np.int64)


def straight_through_step(W, gradient: Gradient, *, rate, eps=0):
    """W - rate * the estimate, with `gradient` evaluated at Q(W): the shape of W."""
    return W - rate * straight_through_gradient(W, gradient(ternarize(W, eps=eps)), eps=eps)


def clipped_descent(gradient: Gradient, start, *, rate, steps: int):
    """The trits q_0, ..., q_{steps-1} that descent at scale 1 passes through: (steps, *shape).

    q_t = RoundClip(w_t, -1, 1), w_{t+1} = clip(w_t - rate gradient(q_t), -1, 1).
    """
    w = check_weights(start, "start")
    if steps < 1:
        raise ValueError(f"steps must be at least 1, got {steps}")
    if not np.all(abs(w) <= 1):
        raise ValueError(f"start must be in [-1, 1], got max |start| = {abs(w).max()}")
    seen = []
    for _ in range(steps):
        seen.append(nearest_trits(w, 1))
        w = np.minimum(np.maximum(w - rate * gradient(seen[-1]), -1), 1)
    return np.array(seen)
