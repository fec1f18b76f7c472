"""Proposition 54: the information capacity of a ternary weight.

Statement.  For shares p of the trits, H(p) = -sum p(w) log2 p(w) <= log2 3 = 1.58 bits, with
equality at p = (1/3, 1/3, 1/3).

Verdict: holds.  The equality is at the uniform law alone; more than that is checked,

    H(p) <= log2 3 - ||p - u||_1^2 / (2 ln 2),     u uniform,

and 1.58 is log2 3 = 1.58496... correctly rounded.

Proof.  (log2 3 - H) ln 2 = sum_t (1/3) f(3 p_t) with f(x) = x ln x - x + 1, and
(2x + 4) f(x) >= 3 (x - 1)^2: the difference h has h(1) = h'(1) = 0 and h'' = 4 (ln x + 1/x - 1),
which is not negative.  Then Cauchy-Schwarz with the weights (2x + 4)/3, whose mean is 2.

Source.  Gibbs; Pinsker's inequality: Cover and Thomas, Elements of Information Theory (2006),
Lemma 11.6.1.
"""

import numpy as np

from quantization.ternary import trit_capacity, trit_entropy
from verify import Claim, le, printed
from verify.given import distributions

proposition54 = Claim("sequence/proposition54", "the information capacity of a ternary weight")


def three_shares(w):
    return len(w) == 3


def missing(w, constant=1):
    """||p - u||_1^2 / (2 ln 2) in bits, times a constant."""
    p = w / w.sum()
    return constant * abs(3 * p - 1).sum() ** 2 / (18 * np.log(2 + 0 * p[0]))


@proposition54.part(
    r"H(\tilde W) \le \log_2 3 \approx 1.58 bits, with equality if p is uniform",
    given=distributions(min_n=3, max_n=3),
    where=three_shares,
    equality=[1, 1, 1],
    reading="equality there alone, and by a margin: H ≤ log₂ 3 - ‖p - u‖₁²/(2 ln 2)",
)
def capacity(w):
    bound = trit_capacity(like=w[0])
    return le(trit_entropy(w / w.sum()) + missing(w), bound) & printed("1.58", bound)


@capacity.proof
def gibbs_and_pinsker():
    from sympy import Rational, log, symbols

    x, p = symbols("x p", positive=True)
    f = x * log(x) - x + 1
    h = (2 * x + 4) * f - 3 * (x - 1) ** 2
    yield "h(1) = 0", h.subs(x, 1)
    yield "h'(1) = 0", h.diff(x).subs(x, 1)
    yield "h'' = 4 (ln x + 1/x - 1)", h.diff(x, 2) - 4 * (log(x) + 1 / x - 1)
    yield "which grows beyond 1 and falls before: its slope", h.diff(x, 3) - 4 * (x - 1) / x**2
    left = p * log(3 * p) - p + Rational(1, 3)
    yield "each trit leaves f(3p)/3 in nats", left - f.subs(x, 3 * p) / 3


@capacity.mutant("1.58 itself as the bound")
def rounded_bound(w):
    return le(50 * trit_entropy(w / w.sum()), 79)


@capacity.mutant("a margin larger by a tenth")
def wider_margin(w):
    return le(trit_entropy(w / w.sum()) + missing(w) * 11 / 10, trit_capacity(like=w[0]))


@capacity.mutant("1.59 for 1.58", given=None)
def last_digit(w):
    return printed("1.59", trit_capacity(like=w[0]))
