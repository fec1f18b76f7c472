"""Theorem 62: the energy that ternary weights save.

Statement.  With rho the density of non-zero weights,

    formula   E_FP16 / E_BitNet is about e_MUL(16) / (rho e_ADD(8)) + 16/1.58
    range     for typical values this is 10 to 70

Verdict (formula): refuted.  Energies add (Definition 39): the quotient is (A + B) / (C + D), with
A, C compute and B, D memory, and lies *between* A/C and B/D; the formula, A/C + B/D, is beyond
both.  At 45 nm, rho = 2/3 and one use of a weight read they are 10.2 and 65.1.
Verdict (range): vague.  "Typical" values are not given: `theorem62_typical` measures.

Repair.  min(A/C, B/D) <= (A + B)/(C + D) <= max(A/C, B/D), with equality where the two agree; and
it is their mean with the weights C/(C + D) and D/(C + D), the shares of BitNet's own energy.

Source.  Horowitz, ISSCC 2014, for the energies at 45 nm.
"""

from fractions import Fraction

from spectral.balls import maximum, minimum
from thermo.energy_model import TERNARY_BITS
from thermo.savings import weight_energies
from verify import Claim, eq, ge, le
from verify.given import magnitudes, scalars
from verify.proofs.energy import distances_to_both, shares

theorem62 = Claim("sequence/theorem62", "the energy that ternary weights save")

# e_MUL(16), e_ADD(8), e_DRAM a bit; density; multiplications a weight that is read
FAMILY = (scalars(0, 4), scalars(0, 4), scalars(0, 32), scalars(0, 1), magnitudes(1, 2**20))


def weight(multiply, add, dram, density, uses):
    return weight_energies(multiply, add, dram_bit=dram, density=density, uses=uses)


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
    true = weight(multiply, add, dram, density, uses).saving.total
    approximate = formula(multiply, add, density)
    return le(approximate, 2 * true) & ge(2 * approximate, true)


@sum_of_quotients.amend(
    "the saving is between that of compute and that of memory",
    equality=(Fraction(200, 79), 1, 1, Fraction(1, 4), 1),
    reference="the mediant of two fractions",
    proofs=[distances_to_both],
)
def mediant(multiply, add, dram, density, uses):
    of = weight(multiply, add, dram, density, uses).saving
    between = ge(of.total, minimum(of.compute, of.memory))
    return between & le(of.total, maximum(of.compute, of.memory))


@mediant.mutant("at most the mean of the two")
def below_the_mean(*case):
    of = weight(*case).saving
    return le(2 * of.total, of.compute + of.memory)


@sum_of_quotients.amend(
    "it is their mean, weighted with the shares of BitNet's energy", proofs=[shares]
)
def weighted_mean(multiply, add, dram, density, uses):
    both = weight(multiply, add, dram, density, uses)
    return _mean_weighted_with(both.ternary, both.saving)


@weighted_mean.mutant("with the shares of the energy in FP16")
def shares_of_the_other(*case):
    return _mean_weighted_with(weight(*case).full, weight(*case).saving)


def _mean_weighted_with(energy, of):
    return eq(of.total * energy.total, of.compute * energy.compute + of.memory * energy.memory)
