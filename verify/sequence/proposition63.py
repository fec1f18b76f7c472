"""Proposition 63 and Table 4: bandwidth and memory of ternary weights.

Statement.  P parameters, f tokens a second: BW_FP16 / BW_BitNet = 16/1.58, about 10.
Table 4: 7B: 14 GB -> 1.4 GB (10x); 13B: 26 -> 2.6 (10x); 70B: 140 -> 13.8 (10.1x).

Verdict (proposition63): holds.  P and f cancel; 16/1.58 = 10.13, and 16/log2(3) = 10.09: of the
weights only, all ternary, each read once a token.  Files reach 10 (five trits a byte) or 8 (two
bits a trit).
Verdict (table4): holds.  All nine cells are 2 P bytes, 1.58/8 P bytes and 16/1.58, rounded, with
GB = 10^9 bytes.  With log2(3) in place of 1.58 the last memory would be 13.9.  Ma et al. report a
factor of 7.16 at 70B, for embeddings stay in higher precision.

Source.  Ma et al. (2024), arXiv:2402.17764, for the measured 7.16.
"""

from fractions import Fraction
from itertools import chain

from quantization.packing import LAYOUTS
from quantization.ternary import trit_capacity
from spectral.balls import Ball
from thermo.energy_model import TERNARY_BITS
from thermo.weight_traffic import GIGA, weight_bandwidth, weight_bytes
from verify import Claim, Table, eq, printed, rows
from verify.given import magnitudes
from verify.proofs.energy import parameters_and_tokens_cancel

proposition63 = Claim("sequence/proposition63", "the bandwidth that ternary weights save")
table4 = Claim("sequence/table4", "the memory of ternary models")


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


#        billions  FP16   BitNet  compression   as printed
TABLE = [
    (7, "14", "1.4", "10"),
    (13, "26", "2.6", "10"),
    (70, "140", "13.8", "10.1"),
]


def gigabytes(billions, bits):
    return weight_bytes(billions * GIGA, bits) / GIGA


@table4.part("14, 26, 140 GB are 1.4, 2.6, 13.8 GB: 10, 10, 10.1 times less", given=rows(TABLE))
def cells(billions, full, ternary, compression, bits=TERNARY_BITS):
    return (
        printed(full, gigabytes(billions, 16))
        & printed(ternary, gigabytes(billions, bits))
        & printed(compression, 16 / bits)
    )


@cells.mutant("log2(3) bits a weight in place of 1.58")
def capacity(billions, full, ternary, compression):
    return cells(billions, full, ternary, compression, bits=trit_capacity(like=Ball(1)))


@cells.mutant("five trits a byte")
def packed(billions, full, ternary, compression):
    return cells(billions, full, ternary, compression, bits=Fraction(8, LAYOUTS["base3"].per_byte))


@cells.mutant("GB of 2^30 bytes", given=rows([(7, "14", "1.4", "10")]))
def binary_gigabytes(billions, full, ternary, compression):
    return printed(full, weight_bytes(billions * GIGA, 16) / 2**30)


@table4.table
def beside():
    columns = ("model", "FP16", "obtained", "BitNet", "obtained", "compression", "obtained")
    found = []
    for billions, *texts in TABLE:
        sizes = (gigabytes(billions, bits) for bits in (16, TERNARY_BITS))
        obtained = (round(float(x), 4) for x in (*sizes, 16 / TERNARY_BITS))
        found.append((f"{billions}B", *chain(*zip(texts, obtained, strict=True))))
    return Table(columns, tuple(found), note="GB = 10^9 bytes; 1.58 bits a weight")
