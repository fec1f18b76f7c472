"""Theorem 62: the energy that ternary weights save.

Statement.  With rho the density of non-zero weights,

    formula   E_FP16 / E_BitNet is about e_MUL(16) / (rho e_ADD(8)) + 16/1.58
    range     for typical values this is 10 to 70

Verdict (formula): refuted.  Energies add (Definition 39): the quotient is (A + B) / (C + D), with
A, C compute and B, D memory; the formula is A/C + B/D.  A quotient of sums lies *between* the two
quotients, and their sum is beyond both.  With one multiplication a weight read, at 45 nm and
rho = 2/3, the quotient is 10.2, and the formula has 65.1.
Verdict (range): vague.  "Typical values" are not given, and published ones disagree: for rho from 1
to 2/3 the formula is 46.8 to 65.1 at 45 nm, 58.7 to 83.0 at 7 nm, and never near 10.  What does run
from 10 to about 70 is the true quotient, from one use of each weight read to a million.

Repair.  min(A/C, B/D) <= (A + B)/(C + D) <= max(A/C, B/D), with equality where the two agree; and
it is their mean with the weights C/(C + D) and D/(C + D), the shares of BitNet's own energy.

Source.  Horowitz, ISSCC 2014 (45 nm); Jouppi et al., ISCA 2021 (7 nm).
"""

from fractions import Fraction

from spectral.balls import maximum, minimum
from thermo.energy_model import TERNARY_BITS, total_energy
from thermo.hardware import CMOS_7NM, CMOS_45NM
from verify import Claim, Table, eq, ge, le
from verify.given import magnitudes, scalars

theorem62 = Claim("sequence/theorem62", "the energy that ternary weights save")

# e_MUL(16), e_ADD(8), e_DRAM a bit; density; multiplications a weight that is read
FAMILY = (scalars(0, 4), scalars(0, 4), scalars(0, 32), scalars(0, 1), magnitudes(1, 2**20))


def energies(multiply, add, dram, density, uses):
    """Of one weight in FP16 and in ternary."""
    full = total_energy([(uses, multiply)], [(1, 16)], dram_bit=dram)
    return full, total_energy([(uses * density, add)], [(1, TERNARY_BITS)], dram_bit=dram)


def quotients(*case):
    """Of compute, of memory, of both."""
    full, ternary = energies(*case)
    return (
        full.compute / ternary.compute,
        full.memory / ternary.memory,
        full.total / ternary.total,
    )


def formula(multiply, add, density):
    return multiply / (density * add) + 16 / TERNARY_BITS


@theorem62.part(
    r"E_{FP16}/E_{BitNet} \approx e_{MUL}(16)/(\rho\, e_{ADD}(8)) + 16/1.58",
    part="formula",
    given=FAMILY,
    reading="≈ within a factor of two",
    why="a quotient of sums is between the quotients, their sum beyond both",
)
def sum_of_quotients(multiply, add, dram, density, uses):
    *_, true = quotients(multiply, add, dram, density, uses)
    approximate = formula(multiply, add, density)
    return le(approximate, 2 * true) & ge(2 * approximate, true)


@sum_of_quotients.amend(
    "the saving is between that of compute and that of memory",
    equality=(Fraction(200, 79), 1, 1, Fraction(1, 4), 1),
    reference="the mediant of two fractions",
)
def mediant(multiply, add, dram, density, uses):
    compute, memory, true = quotients(multiply, add, dram, density, uses)
    return ge(true, minimum(compute, memory)) & le(true, maximum(compute, memory))


@mediant.proof
def distances_to_both():
    from sympy import symbols

    A, B, C, D = symbols("A B C D", positive=True)
    both, gap = (A + B) / (C + D), B / D - A / C
    yield "above A/C by D/(C+D) of the gap", both - A / C - gap * D / (C + D)
    yield "below B/D by C/(C+D) of it", B / D - both - gap * C / (C + D)


@mediant.mutant("at most the mean of the two")
def below_the_mean(*case):
    compute, memory, true = quotients(*case)
    return le(2 * true, compute + memory)


@sum_of_quotients.amend("it is their mean, weighted with the shares of BitNet's energy")
def weighted_mean(multiply, add, dram, density, uses):
    compute, memory, true = quotients(multiply, add, dram, density, uses)
    _, ternary = energies(multiply, add, dram, density, uses)
    return eq(true * ternary.total, compute * ternary.compute + memory * ternary.memory)


@weighted_mean.proof
def shares():
    from sympy import symbols

    A, B, C, D = symbols("A B C D", positive=True)
    share = C / (C + D)
    yield "C/(C+D) A/C + D/(C+D) B/D", share * A / C + (1 - share) * B / D - (A + B) / (C + D)


@weighted_mean.mutant("with the shares of the energy in FP16")
def shares_of_the_other(*case):
    (compute, memory, true), (full, _) = quotients(*case), energies(*case)
    return eq(true * full.total, compute * full.compute + memory * full.memory)


def published(process, density, uses):
    """The formula, and the true quotient, at the energies of a process."""
    multiply, add = process.multiply["FP16"], process.add["INT8"]
    *_, true = quotients(multiply, add, process.dram_bit, density, uses)
    return formula(multiply, add, density), true


PUBLISHED = {
    (process.name, density, uses): published(process, density, uses)
    for process in (CMOS_45NM, CMOS_7NM)
    for density in (Fraction(1), Fraction(2, 3))
    for uses in (1, 10**6)
}


@theorem62.vague(
    "for typical values this yields 10 to 70",
    part="range",
    why="Typical values are not given, and published ones lead to either answer.",
)
def typical():
    measured = {}
    for process in (CMOS_45NM, CMOS_7NM):
        pairs = [both for (name, *_), both in PUBLISHED.items() if name == process.name]
        for what, values in zip(
            ("formula", "true quotient"), zip(*pairs, strict=True), strict=True
        ):
            measured[f"{what}, {process.name}"] = (
                f"{float(min(values)):.1f} to {float(max(values)):.1f}"
            )
    return measured


@theorem62.table
def beside():
    rounded = [
        (name, str(density), uses, *(round(float(x), 1) for x in both))
        for (name, density, uses), both in PUBLISHED.items()
    ]
    return Table(("process", "ρ", "uses a weight", "formula", "true quotient"), tuple(rounded))
