"""True statements on softmax, scores and ternary weights: ties, spikes, 1e-300 and 1e300."""

import numpy as np

from quantization.ternary import absmean, squared_error, ternarize
from spectral import linalg
from spectral.linalg import log
from thermo.free_energy import entropy, gibbs, log_partition
from verify import eq, ge, le
from verify.given import distributions, real_matrices, vectors, weights

from .planting import Table, beginning_with

vector = Table("traps/vectors1", "true of softmax, scores and ternary weights")


# A common factor cancels.  In floats s + 10^20 is a constant vector.
@vector.true(r"softmax(s + 10^{20}) = softmax(s)", given=vectors())
def shift(s):
    return eq(gibbs(-(s + 10**20), 1), gibbs(-s, 1))


# One term of the sum is exp(max s); equality in floats for a spike, at 1e300 and for one key.
@vector.true(r"\log\sum e^s \ge \max s", given=beginning_with(vectors(), np.array([1e300, -1e300])))
def log_sum_exp(s):
    return ge(log_partition(-s, 1), max(s))


# Gibbs; equality for ties.
@vector.true(r"H(softmax(s)) \le \log n", given=vectors())
def entropy_of_ties(s):
    return le(entropy(gibbs(-s, 1)), log(s.size, like=s))


# Gibbs; equality for equal weights, of any size.
@vector.true(
    r"H(w / sum w) \le \log n",
    given=beginning_with(distributions(), np.full(3, 1e-300), np.full(3, 1e300)),
)
def entropy_of_weights(w):
    return le(entropy(w / w.sum()), log(w.size, like=w))


# Popoviciu (1935): half at either end.  Squares of 1e-162 and of 1e300 are no floats.
@vector.true(
    r"var s \le (\max s - \min s)^2/4",
    given=beginning_with(vectors(), np.array([0, 1e-162]), np.array([-1e300, 1e300])),
)
def popoviciu(s):
    return le(4 * s.size * ((s - s.sum() / s.size) ** 2).sum(), s.size**2 * (max(s) - min(s)) ** 2)


# Samuelson (1968); equality for one spike.
@vector.true(r"\max s \le mean + \sqrt{n-1} \sigma", given=vectors(max_n=12))
def samuelson(s):
    n, deviations = s.size, s.size * s - s.sum()
    return le(max(deviations) ** 2, (n - 1) * (deviations**2).sum() / n)


# A mean of squares.  In floats 10^8 cancels all digits.
@vector.true(
    r"mean s^2 - (mean s)^2 \ge 0",
    given=beginning_with(vectors(), *(1e8 + np.array([0, 0.1, 0.2]) * k for k in range(1, 9))),
)
def moments(s):
    return ge((s * s).sum() / s.size - (s.sum() / s.size) ** 2, 0)


# Cauchy and Schwarz; equality for ties.  At 1e-162 the right side is 0 in floats, the left not.
@vector.true(
    r"(\sum |W|)^2 \le nm \sum W^2",
    given=beginning_with(
        real_matrices(), np.full((1, 2), 1e-162), np.full((2, 2), 1e300), np.full((3, 3), 1e-300)
    ),
)
def cauchy_schwarz(W):
    return le(abs(W).sum() ** 2, W.size * (W**2).sum())


# Some |W| is at least gamma and loses no more than the others miss; equality at (0, ..., 0, 1).
@vector.true(r"\|W - \gamma Q\|_F \le (nm - 1) \gamma", given=weights())
def one_spike(W):
    return le(squared_error(W), (absmean(W) * (W.size - 1)) ** 2)


# gamma Q has |entries| 0 and gamma, so that half its mean is below gamma.
@vector.true(r"Q(\gamma Q(W)) = Q(W)", given=weights())
def idempotent(W):
    Q = ternarize(W)
    return eq(ternarize(absmean(W) * Q), Q)


# Nothing is rounded up beyond 1: gamma |Q| <= gamma, at equality for ties.
@vector.true(r"\|\gamma Q\|_1 \le \|W\|_1", given=weights())
def absmean_shrinks(W):
    return le(absmean(W) * abs(ternarize(W)).sum(), abs(W).sum())


# Rows times nonzero numbers keep the rank; the rank of floats forgets a row times 1e-20.
@vector.true(r"rank(D W) = rank(W), D regular", given=real_matrices())
def rank_of_scaled(W):
    D = np.ones(len(W), int) * (W[0, 0] * 0 + 1)
    D[-1] = D[-1] / 10**20
    return eq(linalg.rank(W * D[:, None]), linalg.rank(W))
