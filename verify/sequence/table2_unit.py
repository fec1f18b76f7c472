"""Table 2, the unit: nanojoules.

Refuted.  At N = 4096, 6.49 nJ over 2 N^2 MACs (Proposition 41, d >= 1) is 0.19 fJ a MAC even at
d = 1; an H100 at 700 W and 989 TFLOP/s spends 1.4 pJ, 7,000 times as much.

Repair.  In *milli*joules the dense column is 2 N^2 d MACs of 1 to 5 pJ each at d = 64.

Source.  Horowitz, ISSCC 2014 (45 nm: FP16 multiply 1.1 pJ, add 0.4 pJ); NVIDIA H100 SXM data sheet
(989.4 TFLOP/s dense FP16, 700 W).
"""

from fractions import Fraction

from verify import ge, le, rows
from verify.sequence.table2 import TABLE, high, low, table2

FEMTO, PICO, NANO, MICRO, MILLI = (Fraction(1, 10**e) for e in (15, 12, 9, 6, 3))


@table2.part(
    "the energies are in nanojoules",
    part="unit",
    given=rows([(N, dense) for N, dense, *_ in TABLE]),
    reading="Dense pays for 2N²d MACs (Prop. 41), d ≥ 1, of at least 1 fJ each",
    why="6.49 nJ over 2N² MACs is 0.19 fJ a MAC even at d = 1; an H100 spends 1.4 pJ",
)
def nanojoules(N, dense):
    return ge(high(dense) * NANO, 2 * N**2 * FEMTO)


@nanojoules.amend(
    "in millijoules: 2N²d MACs of 1 to 5 pJ at d = 64",
    reference="Horowitz, ISSCC 2014: FP16 multiply and add 1.5 pJ at 45 nm",
)
def millijoules(N, dense):
    macs = 2 * N**2 * 64
    return ge(low(dense) * MILLI, macs * PICO) & le(high(dense) * MILLI, macs * 5 * PICO)


@millijoules.mutant("microjoules")
def microjoules(N, dense):
    return ge(high(dense) * MICRO, 2 * N**2 * 64 * PICO)
