"""Exact values as mathematics: numbers, fractions and balls, vectors and small matrices."""

from __future__ import annotations

import re
from fractions import Fraction

from verify.report.markup import Html, element, together

SMALL = 8  # rows or columns that are still read as a matrix; found by trial at phone width
_BALL = re.compile(r"\[(-?[\d.]+(?:e[+-]?\d+)?) \+/- ([\d.]+(?:e[+-]?\d+)?)\]")


def shape(value) -> tuple[int, ...] | None:
    """The shape of nested lists of scalars, () of a scalar; None if ragged, empty or a mapping."""
    if isinstance(value, dict):
        return None
    if not isinstance(value, list):
        return ()
    inner = {shape(v) for v in value}
    if len(inner) != 1 or (below := inner.pop()) is None:
        return None
    return (len(value), *below)


def as_number(entry) -> float | None:
    """The nearest float of an exact entry; None of text that is no number."""
    try:
        return float(Fraction(entry)) if not isinstance(entry, float) else entry
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


def named(name: str, value) -> Html:
    """`name = value` as one formula, for scalars, vectors and small matrices."""
    letters = {"eps": "ε", "delta": "δ", "beta": "β", "gamma": "γ", "Phi": "Φ", "theta": "θ"}
    left = element("mi", letters.get(name, name))
    return element("math", element("mrow", left, element("mo", "="), inner(value)))


def formula(value) -> Html:
    """A value on its own."""
    return element("math", inner(value))


def relation(lhs: str, sign: str, rhs: str) -> Html:
    """Two sides with a sign between, as two formulas, so that a line may break there."""
    sign = {"<=": "≤", ">=": "≥", "==": "=", "rounds to": "≈"}.get(sign, sign)
    right = element("mrow", element("mo", sign, form="infix"), inner(rhs))
    return together([formula(lhs), " ", element("math", right)])


def inner(value) -> Html:
    """MathML of a value, without its `<math>`."""
    if isinstance(value, list):
        rows = value if value and isinstance(value[0], list) else [value]
        table = element("mtable", [element("mtr", [_cell(v) for v in row]) for row in rows])
        return element("mrow", element("mo", "("), table, element("mo", ")"))
    return _scalar(value)


def _cell(value) -> Html:
    return element("mtd", inner(value))


def _scalar(value) -> Html:
    text = str(value)
    if ball := _BALL.fullmatch(text):
        middle, radius = ball.groups()
        return element("mrow", _decimal(middle), element("mo", "±"), _decimal(radius))
    if m := re.fullmatch(r"(-?)(\d+)/(\d+)", text):
        fraction = element("mfrac", element("mn", m[2]), element("mn", m[3]))
        return element("mrow", element("mo", "−", form="prefix"), fraction) if m[1] else fraction
    if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text):
        return _decimal(text)
    return element("mtext", text)


def _shorter(middle: str) -> str:
    """Ten digits are enough to look at; the exact text is kept beside them."""
    mantissa, e, exponent = middle.partition("e")
    whole, dot, digits = mantissa.partition(".")
    kept = digits[: max(0, 10 - len(whole.lstrip("-0")))]
    more = "…" if digits[len(kept) :].strip("0") else ""
    short = f"{whole}{dot}{kept}{more}" if more else f"{whole}{dot}{kept}".rstrip("0").rstrip(".")
    return f"{short if dot else whole}{e}{exponent}"


def _decimal(text: str) -> Html:
    mantissa, _, exponent = _shorter(text).partition("e")
    minus = element("mo", "−", form="prefix") if mantissa.startswith("-") else None
    number = element("mn", mantissa.removeprefix("-"))
    if not exponent:
        return element("mrow", minus, number) if minus else number
    power = exponent.lstrip("+").replace("-", "−")
    raised = element("msup", element("mn", "10"), element("mn", power))
    return element("mrow", minus, number, element("mo", "·"), raised)
