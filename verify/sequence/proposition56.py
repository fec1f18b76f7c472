"""Proposition 56: products with ternary matrices need no multiplication.

Statement.  For trits W (d x m) and x in R^d, y = W^T x is

    y_j = sum of x_i over W_ij = 1 - sum of x_i over W_ij = -1,

"requiring only additions and subtractions".

Verdict: holds.  `ternary_product` computes the right side, on numbers that can only be added; the
check compares it with W^T x and counts at most m (d - 1) additions, one fewer than entries in each
column.  (In BitLinear the scale gamma Q_b / 127 remains: one multiplication for each output, m
instead of m d.)

Proof.  For a trit t: [t = 1] = t (t + 1)/2 and [t = -1] = t (t - 1)/2, whose difference is t.

Source.  Ma et al. (2024), arXiv:2402.17764, figure 1.
"""

from quantization.product import addition_count, ternary_product
from verify import Claim, eq, le
from verify.given import ternary_systems

proposition56 = Claim("sequence/proposition56", "ternary products without multiplication")


@proposition56.part(
    r"(\tilde W^\top x)_j = S_j^+ - S_j^-, by additions and subtractions only",
    given=ternary_systems(),
)
def by_additions(T, x, *, product=ternary_product):
    equal = eq(product(T, x), T.T @ x, scale=abs(x).sum())
    return equal & le(addition_count(T), T.shape[1] * (T.shape[0] - 1))


@by_additions.proof
def indicators_of_a_trit():
    from sympy import Rational, symbols

    t = symbols("t")
    plus, minus = t * (t + 1) / 2, t * (t - 1) / 2
    yield "[t = 1] - [t = -1] = t", plus - minus - t
    for trit in (-1, 0, 1):
        yield f"[t = 1] at t = {trit}", plus.subs(t, trit) - Rational(trit == 1)
        yield f"[t = -1] at t = {trit}", minus.subs(t, trit) - Rational(trit == -1)


@by_additions.mutant("the sum of both in place of the difference")
def sum_of_both(T, x):
    return eq(ternary_product(abs(T), x), T.T @ x, scale=abs(x).sum())


@by_additions.mutant("two additions fewer than entries in a column")
def one_addition_fewer(T, x):
    return le(addition_count(T), T.shape[1] * max(T.shape[0] - 2, 0))
