r"""Tails of the chi-square law, enclosed, from series of positive terms.

With a = m / 2 and t(b) = x^b e^-x / Gamma(b + 1),

    P(chi^2_m > 2x) = t(a - 1) + t(a - 2) + ...      down to t(0) or to t(1/2) + erfc(sqrt x)
    P(chi^2_m < 2x) = t(a) + t(a + 1) + ...          for ever

(DLMF 8.8.2, 8.7.1).  No term is negative, so that nothing cancels, however far the tail; Arb's
general incomplete gamma function loses everything at m = 300 and eps = 0.01.
"""

import flint

from spectral.balls import Ball


def above(m: int, x: Ball) -> Ball:
    """P(chi^2_m > 2x), for x > 0: m // 2 terms."""
    x, b = x.arb, flint.arb(m) / 2
    total = x.sqrt().erfc() if m % 2 else flint.arb(0)
    term = _term(x, b - 1) if m > 1 else flint.arb(0)
    for _ in range(m // 2):
        b = b - 1
        total += term
        term = term * b / x
    return Ball(total)


def below(m: int, x: Ball) -> Ball:
    """P(chi^2_m < 2x), for 0 < 2x < m: terms until what is left is below the precision.

    From t(b) on, what is left is at most t(b) r / (1 - r) with r = x / (b + 1) < 1.
    """
    x, b = x.arb, flint.arb(m) / 2
    total = term = _term(x, b)
    while True:
        b = b + 1
        ratio = x / b
        rest = (term * ratio / (1 - ratio)).upper()
        if rest < total.upper() * flint.arb(2) ** -flint.ctx.prec:
            return Ball(total + flint.arb(rest / 2, rest / 2))
        term = term * ratio
        total += term


def _term(x, b):
    return (b * x.log() - x - (b + 1).lgamma()).exp()
