r"""Random rounding to trits: unbiased, and with it E_Q L(Q(w)) is more than a step function.

At scale 1, an entry w of [-1, 1] becomes the trit above it with probability w - floor(w), else the
one below, independently; so E Q(w) = w.  For a loss L of n weights there are two gradients:

    the mean straight-through estimate     E grad L(Q(w)),
    that of the surrogate                  grad E L(Q(w)),     linear in each entry between trits.

They are not equal.  For a quadratic loss the first is grad L(w), that of the loss *without*
quantization, as E Q(w) = w and grad L is affine; the second has L_ii (1/2 - |w_i|) sign(w_i) more
in entry i, L_ii the second derivative: the slope of the variance |w_i| (1 - |w_i|), times L_ii / 2.

All expectations are sums over the 3^n trits: exact on rationals, and for few weights only.

References: Gupta et al., Deep learning with limited numerical precision, ICML 2015 (the rounding);
sequence paper, Theorem 60 (the surrogate).
"""

from collections.abc import Callable
from itertools import product

import numpy as np

from quantization._checks import check_weights
from quantization.ternary import TRITS


def rounding_law(w):
    """Probabilities of -1, 0 and 1 for entries in [-1, 1]: (*shape of w, 3); means are w."""
    w = _check_box(w)
    up, down = np.maximum(w, 0), np.maximum(-w, 0)
    return np.stack([down, 1 - up - down, up], axis=-1)


def rounded_at_random(w, rng: np.random.Generator):
    """Trits drawn from `rounding_law`, independent: int64, the shape of w (float64)."""
    w = _check_box(w)
    return (np.sign(w) * (rng.random(w.shape) < abs(w))).astype(np.int64)


def expectation(f: Callable, w):
    """E f(Q(w)) for a vector w of n entries and f of n trits: a number, or an array like f's."""
    law = rounding_law(w)
    if law.ndim != 2:
        raise ValueError(f"w must be a vector, got shape {np.shape(w)}")
    terms = []
    for trits in product(TRITS, repeat=len(law)):
        chance = np.prod([p[t + 1] for p, t in zip(law, trits, strict=True)])
        if chance != 0:
            terms.append(chance * f(np.array(trits)))
    return sum(terms[1:], start=terms[0])


def surrogate_gradient(loss: Callable, w):
    """grad E loss(Q(w)) for a vector w: (n,).

    *Raises* ValueError where an entry is a trit: the surrogate has a kink there.
    """
    w = _check_box(w)
    if np.isin(w, TRITS).any():
        raise ValueError(f"w must have no entry in {set(TRITS)}, where there are kinks, got {w}")
    slopes = []
    for i, x in enumerate(w):
        ends = (np.array([0, 1]) if x > 0 else np.array([-1, 0])) + 0 * x  # in its arithmetic
        low, high = (expectation(loss, np.array([*w[:i], end, *w[i + 1 :]])) for end in ends)
        slopes.append(high - low)
    return np.array(slopes)


def _check_box(w):
    w = check_weights(w, "w")
    if not np.all(abs(w) <= 1):
        raise ValueError(f"w must be in [-1, 1], got max |w| = {abs(w).max()}")
    return w
