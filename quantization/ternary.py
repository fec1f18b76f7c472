r"""Ternary weights: the absmean quantizer of BitNet b1.58, its error and its information.

    Q(w) = RoundClip(w / s, -1, 1),    s = gamma + eps,    gamma = mean |W_ij|,

which is 1 where 2 w > s, -1 where 2 w < -s, and 0 else.  *Ties*: RoundClip rounds half to even
(as IEEE 754, NumPy and Torch do), so that w = s/2 becomes 0; 3/2 becomes 2 and is clipped to 1;
no other half matters.  The comparison is what is computed, without a quotient: exact on
rationals, decided or refused on balls, and in floats right for the gamma that was computed
(whose rounding is at most W.size eps gamma; it can move a tie).

References: Ma et al., The Era of 1-bit LLMs, arXiv:2402.17764 (2024); sequence paper,
Definition 53, Proposition 54, Theorem 58.
"""

from fractions import Fraction

import numpy as np

from quantization._checks import check_integers, check_nonnegative, check_weights

TRITS = (-1, 0, 1)


def absmean(W):
    """gamma = mean |W_ij|, a number in the arithmetic of W; 0 only for W = 0."""
    W = check_weights(W)
    return abs(W).sum() / W.size


def scale(W, *, eps=0):
    """s = gamma + eps > 0.  *Raises* ValueError for W = 0 with eps = 0: w / s is undefined."""
    W = check_weights(W)
    s = absmean(W) + check_nonnegative(eps, "eps", like=W)
    if s == 0:
        raise ValueError("W must not be 0 where eps = 0, got a matrix of zeros")
    return s


def threshold(W, *, eps=0):
    """s / 2: weights beyond it, strictly, become +-1 and the others 0."""
    return scale(W, eps=eps) / 2


def ternarize(W, *, eps=0):
    """Q(W): the shape of W, int64 (so that products of trits cannot wrap), entries -1, 0, 1."""
    W = check_weights(W)
    return nearest_trits(W, scale(W, eps=eps))


def nearest_trits(W, s):
    """RoundClip(W / s, -1, 1) for a scale s > 0 that need not be that of W: int64, shape of W.

    s may be an array that broadcasts, such as a scale for each column.
    """
    W = check_weights(W)
    s = check_weights(np.asarray(s, dtype=W.dtype), "s")
    if not (s > 0).all():
        raise ValueError(f"s must be positive, got {s.min()}")
    return (2 * W > s).astype(np.int64) - (2 * W < -s)


def dequantize(W, *, eps=0):
    """gamma Q(W): the shape of W, what is computed with in place of W."""
    return absmean(W) * ternarize(W, eps=eps)


def squared_error(W, *, eps=0):
    """||W - gamma Q(W)||_F^2, a number; exact on rationals."""
    return ((check_weights(W) - dequantize(W, eps=eps)) ** 2).sum()


def quantization_error(W, *, eps=0):
    """||W - gamma Q(W)||_F, a number; in units of s within, so that no square overflows."""
    s = scale(W, eps=eps)
    residual = (check_weights(W) - dequantize(W, eps=eps)) / s
    return np.sqrt((residual**2).sum()) * s


def trit_distribution(T):
    """The shares of -1, 0 and 1 among the trits T, any shape: (3,) Fractions."""
    T = check_integers(T, "T", TRITS)
    if T.size == 0:
        raise ValueError(f"T must be nonempty, got shape {T.shape}")
    return np.array([Fraction(int((T == t).sum()), T.size) for t in TRITS], dtype=object)


def trit_entropy(p):
    """-sum p_t log2 p_t in bits, for shares p of the trits: (3,) -> a number in [0, log2 3].

    Equal to log2 3 only at p = (1/3, 1/3, 1/3).  Floats and balls; a logarithm of a Fraction
    raises TypeError, so pass balls or p.astype(float).  Sequence paper, Proposition 54.
    """
    p = check_weights(p, "p")
    if p.shape != (3,) or (p < 0).any():
        raise ValueError(f"p must be three shares >= 0, got {p}")
    if p.dtype != object and abs(p.sum() - 1) > 6 * np.finfo(float).eps:  # 2 n eps: see thermo
        raise ValueError(f"p must sum to 1, got {p.sum()}")
    support = p[p != 0]
    return 0 - (support * np.log2(support)).sum()


def trit_capacity(*, like=1.0):
    """log2 3 = 1.58... bits, in the arithmetic of the number `like`."""
    return np.log2(3 + 0 * like)
