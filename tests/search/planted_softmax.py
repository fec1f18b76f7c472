"""False statements on softmax: scores s (or energies), p_j = exp(s_j) / sum exp(s)."""

from fractions import Fraction

import numpy as np

from spectral.linalg import log
from thermo.free_energy import entropy, gibbs, kl_divergence, log_partition
from verify import ge, le
from verify.given import counts, distributions, vectors

from .planting import Table

softmaxes = Table("planted/softmax1", "what a hurried author writes of softmax")


def softmax(s, temperature=1):
    return gibbs(-s, 1 / Fraction(temperature))


def uniform(p):
    """1/n each, in the arithmetic of p."""
    return (0 * p + 1) / p.size


def spread(s, p):
    """The variance of s under p."""
    return (p * (s - (p * s).sum()) ** 2).sum()


def k_is_less_than_n(s, k):
    return k < s.size


# Each dropped key may have e^-gap of the last kept one: s = (1, 0, 0), k = 1: 0.58 < 0.63.
@softmaxes.false(
    r"top-k keeps at least 1 - e^{-gap} of the softmax mass",
    (4, 2, 1),
    given=(vectors(min_n=2), counts(1, 3)),
    where=k_is_less_than_n,
)
def top_k(s, k):
    order = np.sort(s)[::-1]
    gap = order[k - 1] - order[k]
    return ge(softmax(order)[:k].sum(), 1 - np.exp(-gap))


# tanh(R/4) is sharp, and at most R/n for n <= 4.  Of 5 keys one above: 0.2046 > 1/5.
@softmaxes.false(r"TV(p, uniform) \le (\max s - \min s)/n", (5, 1, 1), given=vectors())
def to_uniform(s):
    p = softmax(s)
    return le(abs(p - uniform(p)).sum() / 2, (max(s) - min(s)) / s.size)


# All tied: log 2 > log(2)/2.
@softmaxes.false(r"\log\sum e^s \le \max s + \tfrac12 \log n", (2, 0, 1), given=vectors())
def log_sum_exp(s):
    return le(2 * (log_partition(-s, 1) - max(s)), log(s.size, like=s))


# Unless it is tied with the first: s = (0, 0, -1).
@softmaxes.false(
    r"the second largest p falls as the temperature goes from 1 to 1/2",
    (3, 1, 1),
    given=vectors(min_n=2),
)
def runner_up(s):
    order = np.sort(s)[::-1]
    return le(softmax(order, Fraction(1, 2))[1], softmax(order)[1])


# It is taken from one and given to the others: 2 p_j in all.
@softmaxes.false(
    r"dropping the least p_j, renormalized, moves p by at most p_j in the 1-norm",
    (2, 0, 1),
    given=vectors(min_n=2),
)
def dropped_mass(s):
    p = softmax(np.sort(s))
    kept = np.concatenate([0 * p[:1], p[1:] / (1 - p[0])])
    return le(abs(kept - p).sum(), p[0])


# Pinsker is the other way round.  p = (1, 0): log 2 > 1/2.
@softmaxes.false(r"KL(p, uniform) \le 2 TV(p, uniform)^2", (2, 1, 1), given=distributions())
def pinsker(w):
    p = w / w.sum()
    distance = abs(p - uniform(p)).sum() / 2
    return le(kl_divergence(p, uniform(p)), 2 * distance**2)


# The bound is sqrt(n - 1) deviations: one spike among 11, sqrt(10) > 3.
@softmaxes.false(r"\max s \le mean + 3\sigma", (11, 1, 1), given=vectors(max_n=12))
def three_sigma(s):
    n, top = s.size, max(s) * s.size - s.sum()
    return le(n * top**2, 9 * ((n * s - s.sum()) ** 2).sum())


# R^2/8 is right (Hoeffding), and sharp for small R.  s = (0, 1/2): 0.0303 > 1/36.
@softmaxes.false(r"\log n - H(p) \le (\max s - \min s)^2/9", (2, 1, 2), given=vectors())
def entropy_deficit(s):
    deficit = log(s.size, like=s) - entropy(softmax(s))
    return le(9 * deficit, (max(s) - min(s)) ** 2, scale=1)


# Of two keys it does; one key above several rises to 1/2 first: s = (0, 0, 1/3).
@softmaxes.false(
    r"the variance of s under p falls as the temperature goes from 1 to 1/2",
    (3, 1, 2),
    given=vectors(min_n=2),
)
def heat_capacity(s):
    warm, cold = (softmax(s, t) for t in (1, Fraction(1, 2)))
    return ge(spread(s, warm), spread(s, cold))
