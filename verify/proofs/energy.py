"""Of quotients of energies."""

from fractions import Fraction

from thermo.energy_model import TERNARY_BITS, Precision
from thermo.growth import leading_term
from thermo.hardware import CMOS_45NM
from thermo.savings import layer_energies, printed_ssa_saving
from thermo.weight_traffic import weight_bandwidth


def distances_to_both():
    """A quotient of sums lies between the quotients."""
    from sympy import symbols

    A, B, C, D = symbols("A B C D", positive=True)
    both, gap = (A + B) / (C + D), B / D - A / C
    yield "above A/C by D/(C+D) of the gap", both - A / C - gap * D / (C + D)
    yield "below B/D by C/(C+D) of it", B / D - both - gap * C / (C + D)


def shares():
    """And is their mean, weighted with shares of the denominator."""
    from sympy import symbols

    A, B, C, D = symbols("A B C D", positive=True)
    share = C / (C + D)
    yield "C/(C+D) A/C + D/(C+D) B/D", share * A / C + (1 - share) * B / D - (A + B) / (C + D)


def linear_in_m():
    """The saving grows as sqrt(N), whatever the energies."""
    from sympy import symbols

    m, d, e, f, g, w, b, u = symbols("m d e f g w b u", positive=True)
    full, reduced = Precision(e, e, w, w), Precision(g, f, b, u)
    term = leading_term(layer_energies(m, d, full, reduced, dram_bit=1).both, m)
    yield "of order m = sqrt(N), whatever the energies", term.exponent - 1
    yield "its coefficient", term.coefficient - (2 * d * e + w) / (2 * d * f + u)


def expanded():
    """The difference of two products of energies."""
    from sympy import symbols

    a, b, c, e, n, s = symbols("a a' c c' N2 E")
    joint, apart = (a + s * c) * (b + n * e), (a + n * c) * (b + s * e)
    yield "two products", joint - apart - (n - s) * (a * e - c * b)


def two_mediants():
    """A quotient of sums between two quotients, and their values at 45 nm."""
    from sympy import symbols

    a, b, c, e = symbols("a b c e", positive=True)
    both, gap = (a + c) / (b + e), c / e - a / b
    yield "above a/b by e/(b+e) of the gap", both - a / b - gap * e / (b + e)
    yield "below c/e by b/(b+e) of it", c / e - both - gap * b / (b + e)
    compute, memory = CMOS_45NM.mac("FP16") / CMOS_45NM.mac("INT8"), Fraction(16, 8)
    yield "c/c' of compute and of memory", bool((compute, memory) == (Fraction(150, 23), 2))


def limit_of_eta():
    """The limit of eta / sqrt(N), and both bounds where attention dominates."""
    from sympy import limit, oo, symbols

    m, d, C, e, w = symbols("m d C e w", positive=True)
    claimed = (2 * d * e + w) / (C * (d * e + w))
    eta = printed_ssa_saving(m, d, C, mac=e, word=w)
    yield "eta / sqrt(N) tends to it", limit(eta / m, m, oo) - claimed
    yield "and by degrees", leading_term(eta, m).coefficient - claimed
    A, D, S = symbols("A D S", positive=True)
    yield (
        "(A+D)/(A+S) - D/(2S) = (2AS + D(S-A)) / (2S(A+S)), A <= S",
        ((A + D) / (A + S) - D / (2 * S) - (2 * A * S + D * (S - A)) / (2 * S * (A + S))),
    )
    yield (
        "D/S - (A+D)/(A+S) = A (D-S) / (S(A+S)); if D < S then eta < 1 <= 2m/C",
        (D / S - (A + D) / (A + S) - A * (D - S) / (S * (A + S))),
    )


def parameters_and_tokens_cancel():
    """The ratio of two bandwidths."""
    from sympy import symbols

    P, f, b = symbols("P f b", positive=True)
    full, ternary = (weight_bandwidth(P, bits, tokens_per_second=f) for bits in (16, b))
    yield "16 P f / (b P f)", full / ternary - 16 / b
    yield "9.5 <= 16/1.58 < 10.5", bool(Fraction("9.5") <= 16 / TERNARY_BITS < Fraction("10.5"))
