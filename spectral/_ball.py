"""The ball: one real number, known to lie in a rigorous interval.

`Ball` wraps `flint.arb` for one reason: `x > y` on overlapping `arb` balls is silently False,
so a branch in library code would take a path that is not proved.  Here a comparison decides
or raises `Undecided`, and a float is refused, so that no rounded constant slips into a proof.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction

import flint
import numpy as np


class Undecided(ArithmeticError):  # noqa: N818 - an outcome, not a mistake of the caller's
    """The balls overlap: at this precision the question has no certain answer."""


class Ball:
    """A real number in midpoint +- radius, computed at `flint.ctx.prec` bits.

    Made of an int, a Fraction or an `arb`; of a float never.  A ball made of a rational
    remembers it, so that equality of inputs (W == W.T, a tie) is decided exactly.
    Undefined operations raise: ArithmeticError where they certainly are, `Undecided` where
    they may be (log of a ball around 0).
    """

    __slots__ = ("_arb", "_exact")
    __hash__ = None  # equality may be undecided, so no hash is consistent with it

    def __init__(self, value):
        self._arb, self._exact = _convert(value)

    # Where the number lies ------------------------------------------------------------

    @property
    def arb(self) -> flint.arb:
        return self._arb

    @property
    def mid(self) -> float:
        """Nearest float of the midpoint: for display and margins, not for proofs."""
        return _nearest_float(self._exact) if self._exact is not None else float(self._arb.mid())

    @property
    def rad(self) -> float:
        """Radius, as a float."""
        return float(self._arb.rad())

    @property
    def lower(self) -> Fraction:
        """A rational that the number is not below."""
        return self._exact if self._exact is not None else _rational(self._arb.lower())

    @property
    def upper(self) -> Fraction:
        """A rational that the number is not above."""
        return self._exact if self._exact is not None else _rational(self._arb.upper())

    @property
    def real(self) -> Ball:
        return self

    @property
    def imag(self) -> int:
        return 0

    def __repr__(self):
        return f"Ball({self._arb.str(20)})"

    def __reduce__(self):
        mid, rad = self._arb.mid().man_exp(), self._arb.rad().man_exp()
        return _rebuild, (*map(int, (*mid, *rad)), self._exact)

    # Arithmetic -----------------------------------------------------------------------

    def __add__(self, other):
        return _binary(operator.add, self, other)

    def __sub__(self, other):
        return _binary(operator.sub, self, other)

    def __mul__(self, other):
        if self is other:
            return self**2  # of one number, so never below 0
        return _binary(operator.mul, self, other)

    def __truediv__(self, other):
        return _binary(_divide, self, other)

    def __rsub__(self, other):
        return _binary(lambda x, y: y - x, self, other)

    def __rtruediv__(self, other):
        return _binary(lambda x, y: _divide(y, x), self, other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, exponent):
        if isinstance(exponent, (int, np.integer)):
            return _wrap(_integer_power(self._arb, int(exponent)))
        if isinstance(exponent, Fraction) and exponent == Fraction(1, 2):
            return self.sqrt()
        return _binary(_power, self, exponent)

    def __rpow__(self, base):
        return Ball(base) ** self

    def __neg__(self):
        return _wrap(-self._arb, None if self._exact is None else -self._exact)

    def __pos__(self):
        return self

    def __abs__(self):
        return _wrap(abs(self._arb), None if self._exact is None else abs(self._exact))

    def conjugate(self) -> Ball:
        return self

    # Comparisons: decided, or Undecided -----------------------------------------------

    def __lt__(self, other):
        return _compare(operator.lt, operator.ge, "<", self, other)

    def __le__(self, other):
        return _compare(operator.le, operator.gt, "<=", self, other)

    def __gt__(self, other):
        return _compare(operator.gt, operator.le, ">", self, other)

    def __ge__(self, other):
        return _compare(operator.ge, operator.lt, ">=", self, other)

    def __eq__(self, other):
        return _compare(operator.eq, operator.ne, "==", self, other)

    def __ne__(self, other):
        return _compare(operator.ne, operator.eq, "!=", self, other)

    def __bool__(self):
        return self != 0

    # Functions, under the names by which NumPy's ufuncs call them ------------------------

    def sqrt(self) -> Ball:
        return _wrap(_in_domain(self._arb, "sqrt", self._arb >= 0, self._arb < 0).sqrt())

    def log(self) -> Ball:
        return _wrap(_in_domain(self._arb, "log", self._arb > 0, self._arb <= 0).log())

    def log2(self) -> Ball:
        return self.log() / _wrap(flint.arb.const_log2())

    def log1p(self) -> Ball:
        return _wrap(_in_domain(self._arb, "log1p", self._arb > -1, self._arb <= -1).log1p())

    def arccos(self) -> Ball:
        return _wrap(self._arb.acos())

    def arcsin(self) -> Ball:
        return _wrap(self._arb.asin())

    def arctan(self) -> Ball:
        return _wrap(self._arb.atan())

    def exp(self) -> Ball:
        return _wrap(self._arb.exp())

    def expm1(self) -> Ball:
        return _wrap(self._arb.expm1())

    def sin(self) -> Ball:
        return _wrap(self._arb.sin())

    def cos(self) -> Ball:
        return _wrap(self._arb.cos())

    def sinh(self) -> Ball:
        return _wrap(self._arb.sinh())

    def cosh(self) -> Ball:
        return _wrap(self._arb.cosh())

    def tanh(self) -> Ball:
        return _wrap(self._arb.tanh())

    def __floor__(self):
        below, above = math.floor(self.lower), math.floor(self.upper)
        if below != above:
            raise Undecided(f"floor of {self!r} is undecided")
        return below

    def __ceil__(self):
        return -math.floor(-self)

    def __round__(self, digits=None):
        below, above = round(self.lower), round(self.upper)
        if below != above or digits is not None:
            raise Undecided(f"the nearest integer of {self!r} is undecided")
        return below

    def rint(self) -> int:
        return round(self)


def _convert(value) -> tuple[flint.arb, Fraction | None]:
    """The arb of an operand, and the rational it is if that is known."""
    if isinstance(value, Ball):
        return value._arb, value._exact
    if isinstance(value, (int, np.integer, np.bool_, flint.fmpz)):
        return flint.arb(int(value)), Fraction(int(value))
    if isinstance(value, flint.fmpq):
        value = Fraction(int(value.p), int(value.q))
    if isinstance(value, Fraction):
        return flint.arb(flint.fmpq(value.numerator, value.denominator)), value
    if isinstance(value, flint.arb):
        return _finite(value), None
    if isinstance(value, (float, np.floating)):
        raise TypeError(
            f"a Ball takes no float, got {value!r}: a float may be a rounded constant, and a proof"
            " may not rest on one; write an int or a Fraction (Fraction(x) is exact)"
        )
    raise TypeError(f"a Ball is made of an int, a Fraction or an arb, got {type(value).__name__}")


def _wrap(arb: flint.arb, exact: Fraction | None = None) -> Ball:
    ball = Ball.__new__(Ball)
    ball._arb, ball._exact = _finite(arb), exact
    return ball


def _finite(arb: flint.arb) -> flint.arb:
    if not arb.is_finite():
        raise Undecided(f"the enclosure became unbounded: {arb}")
    return arb


def _rebuild(mid: int, mid_exponent: int, rad: int, rad_exponent: int, exact) -> Ball:
    """Unpickle; the radius can only grow by its rounding, so this stays an enclosure."""
    arb = flint.arb((mid, mid_exponent), (rad, rad_exponent))
    return _wrap(arb, exact)


def _is_number(x) -> bool:
    return isinstance(x, (Ball, int, Fraction, float, np.number, np.bool_, flint.arb, flint.fmpq))


def _binary(operation, ball: Ball, other):
    if not _is_number(other):
        return NotImplemented  # an array, say: it will come back element by element
    return _wrap(operation(ball._arb, _convert(other)[0]))


def _divide(x: flint.arb, y: flint.arb) -> flint.arb:
    if y.is_zero():
        raise ZeroDivisionError("division of a Ball by 0")
    if y.contains(0):
        raise Undecided(f"division by a Ball that contains 0: {y}")
    return x / y


def _power(x: flint.arb, y: flint.arb) -> flint.arb:
    if x.is_zero() and y > 0:
        return x
    return _in_domain(x, "a real power", x > 0, x < 0) ** y


def _integer_power(x: flint.arb, n: int) -> flint.arb:
    if n < 0:
        return _divide(flint.arb(1), _integer_power(x, -n))
    if n == 0 or not x.contains(0):
        return x**n
    # arb's own power gives nan here.  An odd power is monotone; an even one grows with |x|.
    if n % 2 == 0:
        return _zero_to(x.abs_upper() ** n)
    return (x.lower() ** n).union(x.upper() ** n)


def _zero_to(bound: flint.arb) -> flint.arb:
    """A ball from exactly 0 to at least `bound`: midpoint equal to the radius as stored."""
    half = bound.upper() / 2
    return flint.arb(flint.arb(0, half).rad(), half)


def _in_domain(arb: flint.arb, name: str, inside: bool, outside: bool) -> flint.arb:
    if outside:
        raise ArithmeticError(f"{name} is undefined at {arb}")
    if not inside:
        raise Undecided(f"{name} may be undefined: its argument is {arb}")
    return arb


def _compare(holds, fails, symbol: str, ball: Ball, other):
    if not _is_number(other):
        return NotImplemented
    if ball is other:  # one and the same number
        return symbol in ("<=", ">=", "==")
    if isinstance(other, (float, np.floating)) and math.isinf(other):
        return bool(holds(0, other))  # no rounded constant: a ball is finite
    arb, exact = _convert(other)
    if ball._exact is not None and exact is not None:
        return holds(ball._exact, exact)
    if holds(ball._arb, arb):
        return True
    if fails(ball._arb, arb):
        return False
    raise Undecided(
        f"{ball._arb.str(20)} {symbol} {arb.str(20)} is undecided at {flint.ctx.prec} bits"
    )


def _rational(point: flint.arb) -> Fraction:
    mantissa, exponent = map(int, point.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def rational_sqrt(x: Fraction | int) -> Fraction:
    """The exact root of a rational; TypeError where it is irrational (then balls must do it)."""
    x = Fraction(x)
    if x < 0:
        raise ArithmeticError(f"sqrt is undefined at {x}")
    root = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
    if root**2 != x:
        raise TypeError(f"sqrt({x}) is irrational: it has no Fraction, only a Ball")
    return root


def _nearest_float(x: Fraction) -> float:
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf
