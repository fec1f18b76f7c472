"""Proposition 63: the bandwidth that ternary weights save.

Statement.  P parameters, f tokens a second: BW_FP16 / BW_BitNet = 16/1.58, about 10.

Verdict: holds.  P and f cancel; 16/1.58 = 10.13, and 16/log2(3) = 10.09: of the
weights only, all ternary, each read once a token.  Files reach 10 (five trits a byte) or 8 (two
bits a trit).

Source.  Section 11.5; Ma et al. (2024), arXiv:2402.17764, for ternary models.
"""

from fractions import Fraction

from quantization.packing import LAYOUTS
from thermo.energy_model import TERNARY_BITS
from thermo.weight_traffic import weight_bandwidth
from verify import Claim, eq, printed
from verify.given import magnitudes
from verify.proofs.energy import parameters_and_tokens_cancel

proposition63 = Claim("sequence/proposition63", "the bandwidth that ternary weights save")


def saved(bits, parameters=1, f=1):
    full, ternary = (weight_bandwidth(parameters, b, tokens_per_second=f) for b in (16, bits))
    return full / ternary


@proposition63.part(
    r"BW_{FP16}/BW_{BitNet} = 16/1.58 \approx 10",
    given=(magnitudes(1, 2**40), magnitudes(1, 2**20)),
    reading="weights only, each read once a token; 10 as printed, to the unit",
    proofs=[parameters_and_tokens_cancel],
)
def bandwidth(P, f):
    ratio = saved(TERNARY_BITS, P, f)
    return eq(ratio, 16 / TERNARY_BITS) & printed("10", ratio)


@bandwidth.mutant("two bits a trit")
def two_bits(P, f):
    return printed("10", saved(Fraction(LAYOUTS["2bit"].bits_per_trit), P, f))


@bandwidth.mutant("about 11")
def eleven(P, f):
    return printed("11", saved(TERNARY_BITS, P, f))
