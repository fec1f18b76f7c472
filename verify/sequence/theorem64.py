"""Theorem 64: sparsity and ternary weights together.

Statement.  E_dense,FP16 / E_SSA,BitNet = O(sqrt N) O(10) = O(10 sqrt N):

    big-O      as N -> infinity, d fixed
    multiply   the savings of Theorems 43 and 62 multiply, for they are orthogonal
    640        at N = 4096 this is about 640

Verdict (big-O): holds.  The quotient is c sqrt(N) (1 + o(1)), c = (2 d e + w) / (2 d e' + w'), with
e and w joules a MAC and a word in FP16, e' and w' at 8 bits; at 45 nm below 20 sqrt(N).
Verdict (multiply): refuted.  Ternary weights make projections cheap, not Q K^T and P V, which
multiply 8-bit activations (Definition 57).  At 45 nm, N = d = 4096, sparsity alone saves 1.5,
ternary weights alone 13.8: together 48, not 20.
Verdict (640): holds.  10 * 64 = 640, with every constant 1; with those of Propositions 41 and 42
and Horowitz's energies 43 to 65, for d from 64 to 4096; in Table 2 it is 95.

Repair.  `theorem64_repair`: they multiply iff projections and attention gain alike.

Source.  Horowitz, ISSCC 2014; two thirds of the weights are not 0 (uniform trits).
"""

from fractions import Fraction
from math import isqrt

from thermo.energy_model import bitnet, fp16
from thermo.hardware import CMOS_45NM
from thermo.savings import layer_energies
from verify import Claim, Table, ge, le, printed
from verify.given import magnitudes
from verify.proofs.energy import linear_in_m

theorem64 = Claim("sequence/theorem64", "sparsity and ternary weights together")

DRAM_BIT, BOTH = CMOS_45NM.dram_bit, (fp16(CMOS_45NM), bitnet(CMOS_45NM, density=Fraction(2, 3)))
SIZES = (magnitudes(1, 2**20), magnitudes(1, 2**13))


def layer(m, d):
    """N = m^2 tokens, dense or with the N^(3/2) edges of m clusters (Proposition 42)."""
    return layer_energies(m, d, *BOTH, dram_bit=DRAM_BIT)


@theorem64.part(
    r"E_{dense,FP16}/E_{SSA,BitNet} = O(10\sqrt N)",
    part="big-O",
    given=SIZES,
    constants=(2,),
    reading="at most K 10 √N for all N = m² and d, at 45 nm",
    proofs=[linear_in_m],
)
def at_most(K, m, d):
    return le(layer(m, d).both, 10 * K * m)


@at_most.mutant("O(10 N^(1/4))")
def smaller_power(K, m, d):
    return le(layer(m, d).both ** 2, 100 * K**2 * m)


@theorem64.part(
    "the two savings multiply",
    part="multiply",
    given=SIZES,
    reading="each measured alone, at 45 nm; their product within 3/2 of the saving of both",
    why="ternary weights help the projections, sparsity helps the rest",
)
def product_of_both(m, d):
    of = layer(m, d)
    product = of.sparsity * of.precision
    return le(2 * of.both, 3 * product) & ge(3 * of.both, 2 * product)


@theorem64.part("640 at N = 4096", part="640", reading="every constant 1")
def six_hundred_forty():
    return printed("640", 10 * isqrt(4096))


@six_hundred_forty.mutant("650")
def ten_more():
    return printed("650", 10 * isqrt(4096))


@theorem64.table
def at_4096():
    found = [(d, layer(64, d)) for d in (64, 128, 768, 4096)]
    savings = [(d, of.sparsity, of.precision, of.both) for d, of in found]
    obtained = tuple((d, *(round(float(x), 1) for x in row), 640) for d, *row in savings)
    columns = ("d", "SSA alone", "BitNet alone", "both", "predicted")
    return Table(columns, obtained, note="N = 4096, 45 nm, ρ = 2/3")
