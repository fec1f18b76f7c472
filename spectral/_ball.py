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

from spectral import _ball_values as values
from spectral._ball_values import Undecided


class Ball:
    """A real number in midpoint +- radius, computed at `flint.ctx.prec` bits.

    Made of an int, a Fraction or an `arb`; of a float never.  A ball that comes from rationals
    by + - * / remembers its rational while that is short, and is then compared exactly.
    Undefined operations raise: ArithmeticError where they certainly are, `Undecided` where
    they may be (log of a ball around 0).
    """

    __slots__ = ("_value",)
    __hash__ = None  # equality may be undecided, so no hash is consistent with it

    def __init__(self, number):
        self._value = number._value if isinstance(number, Ball) else values.value_of(number)

    # Where the number lies ------------------------------------------------------------

    @property
    def arb(self) -> flint.arb:
        """The enclosing interval, at the present precision."""
        return values.interval(self._value)

    @property
    def exact(self) -> Fraction | None:
        """The rational that the number is, as far as the ball remembers one."""
        return values.rational(self._value) if isinstance(self._value, flint.fmpq) else None

    @property
    def mid(self) -> float:
        """Nearest float of the midpoint: for display and margins, not for proofs."""
        return values.nearest_float(self._value)

    @property
    def rad(self) -> float:
        """Radius, as a float; 0 of a remembered rational."""
        return float(self._value.rad()) if isinstance(self._value, flint.arb) else 0.0

    @property
    def lower(self) -> Fraction:
        """A rational that the number is not below."""
        known = self.exact
        return known if known is not None else values.rational(self._value.lower())

    @property
    def upper(self) -> Fraction:
        """A rational that the number is not above."""
        known = self.exact
        return known if known is not None else values.rational(self._value.upper())

    @property
    def real(self) -> Ball:
        return self

    @property
    def imag(self) -> int:
        return 0

    def conjugate(self) -> Ball:
        return self

    def __repr__(self):
        return f"Ball({values.text(self._value)})"

    def __format__(self, spec):
        """As `format` of the midpoint, for messages; without a spec as `repr`."""
        return format(self.mid, spec) if spec else repr(self)

    def __reduce__(self):
        if isinstance(self._value, flint.fmpq):
            return Ball, (self.exact,)
        return _unpickled, values.parts(self._value)

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
        return _binary(values.divide, self, other)

    def __rsub__(self, other):
        return _binary(lambda x, y: y - x, self, other)

    def __rtruediv__(self, other):
        return _binary(lambda x, y: values.divide(y, x), self, other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, exponent):
        if isinstance(exponent, (int, np.integer)):
            return _wrap(values.integer_power(self._value, int(exponent)))
        if isinstance(exponent, Fraction) and exponent == Fraction(1, 2):
            return self.sqrt()
        return _binary(values.real_power, self, exponent)

    def __rpow__(self, base):
        return Ball(base) ** self

    def __neg__(self):
        return _wrap(-self._value)

    def __pos__(self):
        return self

    def __abs__(self):
        return _wrap(abs(self._value))

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
        return _wrap(values.square_root(self._value))

    def log(self) -> Ball:
        x = self._value
        return _wrap(values.in_domain("log", x, x > 0, x <= 0).log())

    def log2(self) -> Ball:
        return self.log() / flint.arb.const_log2()

    def log10(self) -> Ball:
        return self.log() / flint.arb.const_log10()

    def log1p(self) -> Ball:
        x = self._value
        return _wrap(values.in_domain("log1p", x, x > -1, x <= -1).log1p())

    def arccos(self) -> Ball:
        return Ball(self.arb.acos())

    def arcsin(self) -> Ball:
        return Ball(self.arb.asin())

    def arctan(self) -> Ball:
        return Ball(self.arb.atan())

    def exp(self) -> Ball:
        return Ball(self.arb.exp())

    def expm1(self) -> Ball:
        return Ball(self.arb.expm1())

    def sin(self) -> Ball:
        return Ball(self.arb.sin())

    def cos(self) -> Ball:
        return Ball(self.arb.cos())

    def sinh(self) -> Ball:
        return Ball(self.arb.sinh())

    def cosh(self) -> Ball:
        return Ball(self.arb.cosh())

    def tanh(self) -> Ball:
        return Ball(self.arb.tanh())

    def __floor__(self) -> int:
        below, above = math.floor(self.lower), math.floor(self.upper)
        if below != above:
            raise Undecided(f"the floor of {self!r} is undecided")
        return below

    def __ceil__(self) -> int:
        return -math.floor(-self)

    def rint(self) -> int:
        """The nearest integer, halves to the even one, as `numpy.rint`."""
        below, above = round(self.lower), round(self.upper)
        if below != above:
            raise Undecided(f"the nearest integer of {self!r} is undecided")
        return below


def _wrap(value: values.Value) -> Ball:
    ball = Ball.__new__(Ball)
    ball._value = value
    return ball


def _unpickled(*parts: int) -> Ball:
    return _wrap(values.from_parts(*parts))


def _operand(x):
    """The value of what stands beside a ball; None for what is no number (an array, say)."""
    if isinstance(x, Ball):
        return x._value
    if isinstance(x, (int, Fraction, float, np.number, np.bool_, flint.arb, flint.fmpq)):
        return values.value_of(x)
    return None


def _binary(operation, ball: Ball, other):
    value = _operand(other)
    if value is None:
        return NotImplemented  # an array comes back element by element
    return _wrap(values.binary(operation, ball._value, value))


def _compare(holds, fails, symbol: str, ball: Ball, other):
    if ball is other:  # one and the same number
        return symbol in ("<=", ">=", "==")
    if isinstance(other, (float, np.floating)) and math.isinf(other):
        return bool(holds(0, other))  # no rounded constant: a ball is finite
    x, y = ball._value, _operand(other)
    if y is None:
        return NotImplemented
    if holds(x, y):
        return True
    if fails(x, y):
        return False
    sides = f"{values.text(x)} {symbol} {values.text(y)}"
    raise Undecided(f"{sides} is undecided at {flint.ctx.prec} bits")
