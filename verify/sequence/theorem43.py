"""Theorem 43: sparse attention saves a factor of order sqrt(N).

Statement.  E_dense / E_SSA = Theta(sqrt N) as N -> infinity, with the attention computation
dominating (Propositions 41 and 42 as printed; d, b and the energies fixed).

Verdict: holds.  eta / sqrt(N) tends to (2 d e + w) / (C (d e + w)), e the energy of a MAC and w
that of a word: between 1/C and 2/C.  More precisely, where the attention terms of SSA are at least
its other terms, and sqrt(N) >= C/2,

    sqrt(N) / (2C)  <=  eta  <=  2 sqrt(N) / C.

The hypothesis is needed, and far off for a wide layer: without memory it is N >= (4d/C)^2, 4.2
million tokens at d = 1024, C = 2.  The shipped heads do not meet it.  At N = 4096 and 45 nm eta is
18.0 at d = 64, and 3.4 at d = 768 (C = 2).  k-means is in C (Proposition 42).

Proof.  A + D over A + S, with A the other terms and D, S the attention terms: D / S is between
m / C and 2 m / C, where m = sqrt N; A <= S bounds it from below by D / (2S), and a quotient of sums
lies between the quotients, 1 and D / S.

Source.  Horowitz, ISSCC 2014, for the numbers at 45 nm.
"""

from math import isqrt

from thermo.energy_model import printed_ssa_work
from thermo.hardware import CMOS_45NM
from thermo.savings import flat_energy, printed_ssa_saving
from verify import Claim, ge, le
from verify.given import magnitudes, scalars
from verify.proofs.energy import limit_of_eta

theorem43 = Claim("sequence/theorem43", "the savings of sparse attention")

# sqrt(N), d, C, and the energies of a MAC and of a word
FAMILY = (*(magnitudes(1, 2**power) for power in (20, 12, 6)), scalars(0, 8), scalars(0, 512))


def attention_dominates(m, d, C, e, w):
    all_of_it, rest = (flat_energy(printed_ssa_work(m, d, c), mac=e, word=w) for c in (C, 0))
    return ge(all_of_it, 2 * rest)


def long_enough(m, d, C, e, w):
    return ge(2 * m, C)


def of_head(head):
    """The nearest square of its length, at 45 nm and C = 2; energies in picojoules."""
    mac, word = (float(x * 10**12) for x in (CMOS_45NM.mac("FP16"), 16 * CMOS_45NM.dram_bit))
    return isqrt(head.N), head.d, 2, mac, word


@theorem43.part(
    r"E_{dense}/E_{SSA} = \Theta(\sqrt N)",
    given=FAMILY,
    where=(attention_dominates, long_enough),
    on=of_head,
    reading="N = m²; between √N/(2C) and 2√N/C where attention dominates",
    proofs=[limit_of_eta],
)
def savings(m, d, C, e, w):
    eta = printed_ssa_saving(m, d, C, mac=e, word=w)
    return ge(2 * C * eta, m) & le(C * eta, 2 * m)


@savings.mutant("attention need not dominate", where=long_enough)
def wide_layers(m, d, C, e, w):
    return savings(m, d, C, e, w)


@savings.mutant("Theta(N^(3/4))")
def larger_power(m, d, C, e, w):
    return ge(16 * C**2 * printed_ssa_saving(m, d, C, mac=e, word=w) ** 2, m**3)
