"""Table 4: the memory of ternary models.

Statement.  7B: 14 GB -> 1.4 GB (10x); 13B: 26 -> 2.6 (10x); 70B: 140 -> 13.8 (10.1x).

Verdict: holds.  All nine cells are 2 P bytes, 1.58/8 P bytes and 16/1.58, rounded, with GB = 10^9
bytes.  With log2(3) in place of 1.58 the last memory would be 13.9.  Ma et al. report a factor of
7.16 at 70B, for embeddings stay in higher precision.

Source.  Proposition 63; Ma et al. (2024), arXiv:2402.17764, for the measured 7.16.
"""

from fractions import Fraction
from itertools import chain

from quantization.packing import LAYOUTS
from quantization.ternary import trit_capacity
from spectral.balls import Ball
from thermo.energy_model import TERNARY_BITS
from thermo.weight_traffic import GIGA, weight_bytes
from verify import Claim, Table, printed, rows

table4 = Claim("sequence/table4", "the memory of ternary models")

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
