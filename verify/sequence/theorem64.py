"""Theorem 64: sparsity and ternary weights together.

Statement.  E_dense,FP16 / E_SSA,BitNet = O(sqrt N) O(10) = O(10 sqrt N):

    big-O      as N -> infinity, d fixed
    multiply   the savings of Theorems 43 and 62 multiply, for they are orthogonal
    640        at N = 4096 this is about 640

Verdict (big-O): holds.  The quotient is c sqrt(N) (1 + o(1)), c = (2 d e + w) / (2 d e' + w'): e
and w joules for a MAC and a word in FP16, e' and w' at 8 bits.  At 45 nm it is below 20 sqrt(N) for
all N and d.  But O is a bound from above: it promises no saving.
Verdict (multiply): refuted.  Ternary weights make projections cheap, not Q K^T and P V, which
multiply 8-bit activations (Definition 57).  Savings multiply only if both parts gain alike.  At
45 nm, N = d = 4096, sparsity alone saves 1.5, ternary weights alone 13.8: together 48, not 20.
Verdict (640): holds.  10 * 64 = 640, with every constant 1.  With the constants of Propositions 41
and 42 and Horowitz's energies it is 43 to 65, for d from 64 to 4096; in Table 2 it is 95.

Repair.  (i) With a, a' the energies of all but attention, c, c' those of an edge (FP16, BitNet),
and d, s for dense and sparse: E_s E'_d - E_d E'_s = (N^2 - |E|)(a c' - c a'), which is 0, so that
the savings multiply, iff a/a' = c/c'.  (ii) The saving is at most max(a/a', c/c' sqrt N), and c/c'
lies between 2 (memory) and 6.5 (compute) at 45 nm; it is never 10.

Source.  Horowitz, ISSCC 2014; two thirds of the weights are not 0 (uniform trits).
"""

from fractions import Fraction
from math import isqrt

from spectral.balls import maximum
from thermo.energy_model import Precision, Work, bitnet, dense_work, fp16, layer_energy, sparse_work
from thermo.growth import leading_term
from thermo.hardware import CMOS_45NM
from verify import Claim, Table, eq, ge, le, printed
from verify.given import magnitudes

theorem64 = Claim("sequence/theorem64", "sparsity and ternary weights together")

FP16, BITNET = fp16(CMOS_45NM), bitnet(CMOS_45NM, density=Fraction(2, 3))
SIZES = (magnitudes(1, 2**20), magnitudes(1, 2**13))


def joules(work, precision, dram_bit=CMOS_45NM.dram_bit):
    return layer_energy(work, precision, dram_bit=dram_bit).total


def dense(m, d):
    return dense_work(m**2, d)


def sparse(m, d):
    """N = m^2 tokens in m clusters: N^(3/2) edges (Proposition 42)."""
    return sparse_work(m**2, d, m**3)


def saving(m, d):
    return joules(dense(m, d), FP16) / joules(sparse(m, d), BITNET)


def rest(m, d, precision):
    """All but attention."""
    return joules(sparse_work(m**2, d, 0), precision)


def edge(d, precision):
    return joules(Work(0, 2 * d, 0, 0, 1), precision)


@theorem64.part(
    r"E_{dense,FP16}/E_{SSA,BitNet} = O(10\sqrt N)",
    part="big-O",
    given=SIZES,
    constants=(2,),
    reading="at most K 10 √N for all N = m² and d, at 45 nm",
)
def at_most(K, m, d):
    return le(saving(m, d), 10 * K * m)


@at_most.proof
def linear_in_m():
    from sympy import symbols

    m, d, e, f, g, w, b, u = symbols("m d e f g w b u", positive=True)
    full = joules(dense(m, d), Precision(e, e, w, w), 1)
    term = leading_term(full / joules(sparse(m, d), Precision(g, f, b, u), 1), m)
    yield "of order m = sqrt(N), whatever the energies", term.exponent - 1
    yield "its coefficient", term.coefficient - (2 * d * e + w) / (2 * d * f + u)


@at_most.mutant("O(10 N^(1/4))")
def smaller_power(K, m, d):
    return le(saving(m, d) ** 2, 100 * K**2 * m)


def alone(m, d):
    """Each saving by itself: of sparsity in FP16, of ternary weights in dense attention."""
    full = joules(dense(m, d), FP16)
    return full / joules(sparse(m, d), FP16), full / joules(dense(m, d), BITNET)


@theorem64.part(
    "the two savings multiply",
    part="multiply",
    given=SIZES,
    reading="each measured alone, at 45 nm; their product within 3/2 of the saving of both",
    why="ternary weights help the projections, sparsity helps the rest",
)
def product_of_both(m, d):
    ssa, ternary = alone(m, d)
    return le(2 * saving(m, d), 3 * ssa * ternary) & ge(3 * saving(m, d), 2 * ssa * ternary)


@product_of_both.amend(
    r"$E_s E'_d - E_d E'_s = (N^2 - |E|)(ac' - ca')$: they multiply iff a/a' = c/c'",
    equality=(1, 1),
)
def cross_difference(m, d):
    return _cross_difference_is(m, d, m**4 - m**3)


@cross_difference.proof
def expanded():
    from sympy import symbols

    a, b, c, e, n, s = symbols("a a' c c' N2 E")
    joint, apart = (a + s * c) * (b + n * e), (a + n * c) * (b + s * e)
    yield "two products", joint - apart - (n - s) * (a * e - c * b)


@cross_difference.mutant("N^2 in place of N^2 - |E|")
def all_edges(m, d):
    return _cross_difference_is(m, d, m**4)


def _cross_difference_is(m, d, edges):
    joint = joules(sparse(m, d), FP16) * joules(dense(m, d), BITNET)
    apart = joules(dense(m, d), FP16) * joules(sparse(m, d), BITNET)
    gain = rest(m, d, FP16) * edge(d, BITNET) - edge(d, FP16) * rest(m, d, BITNET)
    return eq(joint - apart, edges * gain, scale=joint)


@product_of_both.amend(r"at most $\max(a/a', (c/c')\sqrt N)$, and $2 \le c/c' \le 150/23$ at 45 nm")
def larger_of_both(m, d):
    attention = edge(d, FP16) / edge(d, BITNET)
    others = rest(m, d, FP16) / rest(m, d, BITNET)
    range_of_edge = ge(attention, 2) & le(23 * attention, 150)
    return le(saving(m, d), maximum(others, m * attention)) & range_of_edge


@larger_of_both.proof
def two_mediants():
    from sympy import symbols

    a, b, c, e = symbols("a b c e", positive=True)
    both, gap = (a + c) / (b + e), c / e - a / b
    yield "above a/b by e/(b+e) of the gap", both - a / b - gap * e / (b + e)
    yield "below c/e by b/(b+e) of it", c / e - both - gap * b / (b + e)
    compute, memory = CMOS_45NM.mac("FP16") / CMOS_45NM.mac("INT8"), Fraction(16, 8)
    yield "c/c' of compute and of memory", bool((compute, memory) == (Fraction(150, 23), 2))


@larger_of_both.mutant("an edge gains 10, as in Theorem 62")
def ten_on_an_edge(m, d):
    return ge(edge(d, FP16), 10 * edge(d, BITNET))


@theorem64.part("640 at N = 4096", part="640", reading="every constant 1")
def six_hundred_forty():
    return printed("640", 10 * isqrt(4096))


@six_hundred_forty.mutant("650")
def ten_more():
    return printed("650", 10 * isqrt(4096))


@theorem64.table
def at_4096():
    widths = (64, 128, 768, 4096)
    obtained = [(d, *(round(float(x), 1) for x in (*alone(64, d), saving(64, d)))) for d in widths]
    columns = ("d", "SSA alone", "BitNet alone", "both", "predicted")
    return Table(columns, tuple((*row, 640) for row in obtained), note="N = 4096, 45 nm, ρ = 2/3")
