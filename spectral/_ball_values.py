"""What a ball is made of: a rational as long as one is known, else an `arb` interval.

A value is a `flint.fmpq` or a `flint.arb`.  Sums, products and quotients of rationals stay
rationals, so that a hypothesis on rational input (P has row sums 1, W == W.T, a tie) is decided
exactly and not left open by the width of a ball.
"""

from __future__ import annotations

import math
from fractions import Fraction

import flint
import numpy as np

# Rationals of more bits turn into intervals: a long sum of unlike fractions would otherwise
# cost more at every term.  By choice, twice the highest precision that a check is run at.
MAX_BITS = 2048

Value = flint.fmpq | flint.arb


class Undecided(ArithmeticError):
    """The balls overlap: at this precision the question has no certain answer."""


def value_of(number) -> Value:
    """The value of an int, a Fraction, an `fmpq` or an `arb`; TypeError for a float."""
    if isinstance(number, flint.fmpq):
        return number
    if isinstance(number, flint.arb):
        return _point(number) if number.is_exact() else finite(number)
    if isinstance(number, Fraction):
        return flint.fmpq(int(number.numerator), int(number.denominator))
    if isinstance(number, (int, np.integer, np.bool_, flint.fmpz)):
        return flint.fmpq(int(number))
    if isinstance(number, (float, np.floating)):
        raise TypeError(
            f"a Ball takes no float, got {number!r}: a float may be a rounded constant, and a proof"
            " may not rest on one; write an int or a Fraction (Fraction(x) is exact)"
        )
    kind = type(number).__name__
    raise TypeError(f"a Ball is made of an int, a Fraction or an arb, got {kind}")


def _point(number: flint.arb) -> Value:
    """The rational that an interval without width is (exp(0) = 1, say), if it is short."""
    if not number.is_finite() or number.man_exp()[1] not in range(-MAX_BITS, MAX_BITS):
        return finite(number)
    value = rational(number)
    return shortened(flint.fmpq(value.numerator, value.denominator))


def interval(value: Value) -> flint.arb:
    """The value as an `arb`, at the present precision."""
    return value if isinstance(value, flint.arb) else flint.arb(value)


def finite(value: flint.arb) -> flint.arb:
    if not value.is_finite():
        raise Undecided(f"the enclosure became unbounded: {value}")
    return value


def binary(operation, x: Value, y: Value) -> Value:
    """x operation y: of rationals exactly while they are short, else in intervals."""
    if isinstance(x, flint.fmpq) and isinstance(y, flint.fmpq):
        return shortened(operation(x, y))
    return finite(operation(interval(x), interval(y)))


def shortened(value: Value) -> Value:
    if isinstance(value, flint.fmpq) and value.height_bits() <= MAX_BITS:
        return value
    return finite(interval(value))


def divide(x: Value, y: Value) -> Value:
    if is_zero(y):
        raise ZeroDivisionError("division of a Ball by 0")
    if isinstance(y, flint.arb) and y.contains(0):
        raise Undecided(f"division by a Ball that contains 0: {y}")
    return x / y


def is_zero(value: Value) -> bool:
    return value == 0 if isinstance(value, flint.fmpq) else bool(value.is_zero())


def integer_power(x: Value, n: int) -> Value:
    if n < 0:
        return binary(divide, flint.fmpq(1), integer_power(x, -n))
    if isinstance(x, flint.fmpq) and n * x.height_bits() <= MAX_BITS:
        return x**n
    x = interval(x)
    if n == 0 or not x.contains(0):
        return finite(x**n)
    # arb's own power gives nan here.  An odd power is monotone; an even one grows with |x|.
    if n % 2 == 0:
        return zero_to(x.abs_upper() ** n)
    return (x.lower() ** n).union(x.upper() ** n)


def zero_to(bound: flint.arb) -> flint.arb:
    """An interval from exactly 0 to at least `bound`: midpoint equal to the radius as stored."""
    half = bound.upper() / 2
    return flint.arb(flint.arb(0, half).rad(), half)


def in_domain(name: str, value: Value, inside: bool, outside: bool) -> flint.arb:
    """The interval of an argument of a function that is not defined everywhere."""
    if outside:
        raise ArithmeticError(f"{name} is undefined at {value}")
    if not inside:
        raise Undecided(f"{name} may be undefined: its argument is {value}")
    return interval(value)


def real_power(x: Value, y: Value) -> Value:
    if is_zero(x) and y > 0:
        return x
    return in_domain("a real power", x, x > 0, x < 0) ** interval(y)


def square_root(x: Value) -> Value:
    """Exact where a rational root exists."""
    if isinstance(x, flint.fmpq) and x >= 0:
        p, q = math.isqrt(int(x.p)), math.isqrt(int(x.q))
        if p * p == x.p and q * q == x.q:
            return flint.fmpq(p, q)
    return in_domain("sqrt", x, x >= 0, x < 0).sqrt()


def rational(point: Value) -> Fraction:
    """A rational, or an interval that is one point, as a Fraction."""
    if isinstance(point, flint.fmpq):
        return Fraction(int(point.p), int(point.q))
    mantissa, exponent = map(int, point.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def nearest_float(x: Value) -> float:
    """Nearest float of a rational, or of an interval's midpoint; beyond the range +-inf."""
    if isinstance(x, flint.arb):
        return float(x.mid())
    try:
        return float(rational(x))
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def text(value: Value) -> str:
    return str(value) if isinstance(value, flint.fmpq) else value.str(20)


def from_parts(mid: int, mid_exponent: int, rad: int, rad_exponent: int) -> flint.arb:
    """Of pickled parts; the radius can only grow by its rounding, so this stays an enclosure."""
    return flint.arb((mid, mid_exponent), (rad, rad_exponent))


def parts(value: flint.arb) -> tuple[int, ...]:
    return tuple(map(int, (*value.mid().man_exp(), *value.rad().man_exp())))
