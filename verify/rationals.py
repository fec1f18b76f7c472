"""Rational numbers that take less to write: what a counterexample is made of."""

from __future__ import annotations

import math
from fractions import Fraction

_SIMPLE = [Fraction(x) for x in ("1", "2", "1/2", "3", "1/3", "4", "1/4", "3/2", "2/3", "3/4")]
# Relative: from a factor 5 to 5 digits.
_WIDTHS = [Fraction(4), Fraction(2), *(Fraction(1, 4**k) for k in range(8))]


def length(x) -> int:
    """Bits to write a rational, the sign and a denominator counted."""
    x = x if isinstance(x, (int, Fraction)) else Fraction(x if isinstance(x, float) else x.item())
    below = x.denominator.bit_length() if x.denominator > 1 else 0
    return abs(x.numerator).bit_length() + below + (x < 0)


def shorter(x: Fraction) -> list[Fraction]:
    """Zero, then simple numbers near x or not, each shorter than x; the shortest first."""
    if x == 0:
        return []
    sign = -1 if x < 0 else 1
    near = {y for width in _WIDTHS for y in _around(abs(x), width)} | set(_SIMPLE)
    chosen = {Fraction(0), Fraction(-sign), *(sign * y for y in near)}
    return sorted((y for y in chosen if length(y) < length(x) or y == 0), key=complexity)


def _around(x: Fraction, width: Fraction) -> tuple[Fraction, ...]:
    """The simplest rationals near x > 0, below x and above x; and one of half the digits."""
    low, high = x / (1 + width), x * (1 + width)
    root = Fraction(math.isqrt(int(x)) or 1) if x > 1 else 1 / Fraction(math.isqrt(int(1 / x)))
    return simplest(low, high), simplest(low, x), simplest(x, high), root


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The rational of least denominator strictly between two, 0 <= low < high (Stern, Brocot)."""
    whole = math.floor(low)
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:  # 1 / n for the least n beyond 1 / (high - whole)
        return whole + Fraction(1, math.floor(1 / (high - whole)) + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))


def complexity(x: Fraction) -> tuple:
    return x != 0, length(x), x < 0, abs(x)
