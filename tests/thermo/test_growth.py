"""Leading terms, against SymPy's own limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thermo.growth import leading_term

coefficients = st.lists(st.integers(1, 9), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None)
@given(coefficients, coefficients)
def test_is_the_limit(top, bottom):
    from sympy import Poly, limit, oo, symbols

    x = symbols("x", positive=True)
    quotient = Poly(top, x).as_expr() / Poly(bottom, x).as_expr()
    term = leading_term(quotient, x)
    assert term.exponent == len(top) - len(bottom)
    assert limit(quotient / x**term.exponent, x, oo) == term.coefficient


def test_known():
    from sympy import symbols

    x, a = symbols("x a", positive=True)
    assert leading_term((a * x**3 + 1) / (2 * x + a), x).coefficient == a / 2
    assert leading_term(7, x).exponent == 0
    assert leading_term(1 / x + 1 / x**2, x).exponent == -1


def test_bad_input():
    from sympy import sqrt, symbols

    x = symbols("x", positive=True)
    with pytest.raises(ValueError, match="quotient must not be 0"):
        leading_term(x - x, x)
    with pytest.raises(ValueError, match="quotient must be one of polynomials in x"):
        leading_term(sqrt(x), x)
