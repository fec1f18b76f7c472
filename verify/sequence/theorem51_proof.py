"""Theorem 51, the proof's own steps: Karatsuba and the population count.

Holds.  At most 39 * 3^k gates at b = 2^k bits; 5d gates, and depth 6 log2(2d).  1.58 is log2 3 =
1.58496... to two decimals; taken as exact it is too small, as 3^k / 2^(1.58k) has no bound.
Karatsuba pays from 128 bits on: at 16 it takes 2,229 gates, the schoolbook 1,408.

Source.  Karatsuba and Ofman, Soviet Physics Doklady 7 (1963).
"""

from fractions import Fraction

from quantization.bit_complexity import karatsuba_gates, popcount_depth, popcount_gates
from verify import le, lt
from verify.given import counts
from verify.proofs.gates import closed_form
from verify.sequence.theorem51 import theorem51


@theorem51.part(
    r"Karatsuba: O(b^{1.58}); popcount: O(d) gates, O(\log d) depth",
    part="proof",
    given=(counts(0, 200), counts(1, 400)),
    reading="1.58 is log2 3 to two decimals; 39·3^k at b = 2^k; 5d gates, depth 6 log2(2d)",
    proofs=[closed_form],
)
def steps(k, d):
    digits = le(Fraction(2**1575, 3**1000), 1) & lt(Fraction(3**1000, 2**1585), 1)
    karatsuba = le(Fraction(karatsuba_gates(k), 3**k), 39)
    return (
        digits
        & karatsuba
        & le(popcount_gates(d), 5 * d)
        & le(popcount_depth(d), 6 * d.bit_length())
    )


@steps.mutant("the exponent 1.58 itself, in place of log2 3")
def rounded_down(k, d):
    return le(Fraction(karatsuba_gates(k) ** 50, 39**50 * 2 ** (79 * k)), 1)


@steps.mutant("4d gates of population count")
def fewer_to_count(k, d):
    return le(popcount_gates(d), 4 * d)
