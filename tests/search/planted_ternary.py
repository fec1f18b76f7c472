"""False statements on ternary quantization: gamma = mean |W|, Q(W) = RoundClip(W / gamma)."""

import numpy as np

from quantization.ternary import absmean, squared_error, ternarize, trit_entropy
from spectral import linalg
from verify import ge, gt, le
from verify.given import vectors, weights

from .planting import Table

ternary = Table("planted/ternary1", "what a hurried author writes of ternary weights")


def modulus_is_not_constant(W):
    return gt(np.max(abs(W)), np.min(abs(W)))


def there_are_two_weights(W):
    return W.size == 2


def weights_are_one_row_as_long_as_the_vector(W, x):
    return W.shape == (1, len(x))


# Clipping has no limit.  W = (0, 1): gamma = 1/2, 1/4 > 1/8.
@ternary.false(r"\|W - \gamma Q\|_F \le \tfrac\gamma2\sqrt{nm}", (2, 1, 1), given=weights())
def half_step(W):
    return le(4 * squared_error(W), absmean(W) ** 2 * W.size)


# W = (1, x) becomes (1, 1) for x < 3, and 0.81 > cos^2 > 0.80 for x between 2.878 and 3.
@ternary.false(
    r"\cos(W, Q) \ge 9/10, of two weights", (2, 2, 3), given=weights(), where=there_are_two_weights
)
def cosine(W):
    Q = ternarize(W)
    return ge(100 * (W * Q).sum() ** 2, 81 * linalg.norm_squared(W) * (Q * Q).sum())


# W = (1, 1, -3) becomes (1, 1, -1): the sums are -1 and 1.
@ternary.false(r"sum W and sum Q have no opposite signs", (3, 3, 1), given=weights())
def sign_of_sum(W):
    return ge(W.sum() * ternarize(W).sum(), 0, scale=linalg.norm_squared(W))


# W = (0, 0, 1) keeps a third.
@ternary.false(r"\|\gamma Q\|_1 \ge \tfrac12\|W\|_1", (3, 1, 1), given=weights())
def kept_mass(W):
    return ge(2 * absmean(W) * abs(ternarize(W)).sum(), abs(W).sum())


# W = (-1, 0, 1) has log2 3 = 1.58 bits.
@ternary.false("an entry of Q has at most 3/2 bits", (3, 2, 1), given=weights())
def three_halves(W):
    T, one = ternarize(W), absmean(W) / absmean(W)
    shares = np.array([(T == t).sum() * one / T.size for t in (-1, 0, 1)])
    return le(2 * trit_entropy(shares), 3)


# Thresholds break ties between rows.  W = (1, 2)^T (1, 2) becomes [[0, 1], [1, 1]].
@ternary.false(r"rank Q \le rank W", (4, 4, 1), given=weights())
def rank(W):
    return le(linalg.rank(ternarize(W).astype(object)), linalg.rank(W))


# W = (1, 2): both exceed gamma/2 = 3/4.
@ternary.false(
    r"Q has a zero unless |W| is constant",
    (2, 2, 1),
    given=weights(),
    where=modulus_is_not_constant,
)
def some_zero(W):
    return le(abs(ternarize(W)).sum(), W.size - 1)


# One spike among nine: mean 1/9.
@ternary.false(r"\max |W| \le 8 \gamma", (9, 1, 1), given=weights())
def eight_gamma(W):
    return le(np.max(abs(W)), 8 * absmean(W))


# W = (1, 3) becomes (0, 1): at x = (-4, 1) the products are -1 and 1.
@ternary.false(
    r"Wx and Qx have no opposite signs",
    (4, 4, 1),
    given=(weights(max_side=3), vectors(max_n=3)),
    where=weights_are_one_row_as_long_as_the_vector,
)
def sign_of_product(W, x):
    lhs = (W @ x).sum() * (ternarize(W) @ x).sum()
    return ge(lhs, 0, scale=(abs(W) @ abs(x)).sum() ** 2)
