r"""How a quotient grows: exponent and coefficient of its leading term, exactly.

A quotient of polynomials in x is c x^p (1 + o(1)) as x -> infinity, with p the difference of the
degrees and c the quotient of the leading coefficients: it is Theta(x^p) if c is finite and not 0.
Energies of attention are polynomials in m = sqrt(N), so Theta(sqrt N) is p = 1 in m.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LeadingTerm:
    """coefficient * variable**exponent, as SymPy objects."""

    exponent: int
    coefficient: Any


def leading_term(quotient, variable) -> LeadingTerm:
    """The leading term of a quotient of polynomials in `variable`, as that tends to infinity.

    *Raises* ValueError for 0, and where it is no quotient of polynomials.
    """
    from sympy import Poly, PolynomialError, fraction, simplify, sympify, together

    parts = fraction(together(sympify(quotient)))
    try:
        top, bottom = (Poly(part, variable) for part in parts)
    except PolynomialError as error:
        raise ValueError(f"quotient must be one of polynomials in {variable}: {error}") from error
    if top.is_zero:
        raise ValueError("quotient must not be 0, which has no leading term")
    return LeadingTerm(top.degree() - bottom.degree(), simplify(top.LC() / bottom.LC()))
