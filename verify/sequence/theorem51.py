"""Theorem 51: the bit-complexity of attention.

Statement.  Gate operations of attention on N tokens of width d:

    1       dense, FP16 words:                            O(N^2 d 16^2)
    2       dense, binary:                                O(N^2 d)
    3       sparse, binary, on O(N^(3/2)) given edges:    O(N^(3/2) d)
    proof   b-bit products: O(b^1.58) by Karatsuba; the population count of d bits: O(d) gates,
            O(log d) depth

Verdict (1): holds.  At most 14 N^2 d 16^2 gates, and 12.25 of the 14 are used at N = 1024, d = 64:
1,408 for a product, the rest for the sums.
Verdict (2): holds.  At most 12 N^2 d: an AND and 5 gates of counting for each bit, twice.
Verdict (3): holds.  At most 12 d for each edge.  The edges are given: finding them is not counted.
Verdict (proof): holds.  See `theorem51_proof`.

What is counted, as in the printed proof: products and exact sums of scores and values.  Words are
16-bit integers (a product of FP16 multiplies 11 bits, 638 gates).  Softmax is a fixed number of
operations on words a score, and projections are Nd^2 ORs, within the bounds if d <= N.  The ratio
of dense FP16 to binary is 268 at N = 1024, d = 64, near the 16^2 that the bounds suggest.

Proof.  The counts of `quantization.bit_complexity` are the sizes of circuits that are built and
simulated: b^2 ANDs and 5 or 2 gates an adder; the population count n -> 2^k - 1, m and a carry.

Source.  Karatsuba and Ofman, Soviet Physics Doklady 7 (1963); adders as in any textbook.
"""

from quantization.bit_complexity import (
    binary_attention_gates,
    word_attention_gates,
)
from verify import Claim, le
from verify.given import counts, sparse_degrees
from verify.proofs.gates import counting_bits, products_and_sums

theorem51 = Claim("sequence/theorem51", "the bit-complexity of attention")


@theorem51.part(
    r"dense FP16 attention: O(N^2 d \cdot 16^2) gates",
    part="1",
    given=(counts(1, 64), counts(1, 64)),
    reading="at most 14 N²d·16²",
    proofs=[products_and_sums],
)
def words(N, d):
    return le(word_attention_gates(N, d, 16), 14 * N**2 * d * 16**2)


@words.mutant("12 in place of 14")
def fewer_for_words(N, d):
    return le(word_attention_gates(N, d, 16), 12 * N**2 * d * 16**2)


@theorem51.part(
    "dense binary attention: O(N^2 d) gates",
    part="2",
    given=(counts(1, 64), counts(1, 64)),
    reading="at most 12 N²d",
    proofs=[counting_bits],
)
def dense(N, d):
    return le(binary_attention_gates([N] * N, d), 12 * N**2 * d)


@dense.mutant("11 in place of 12")
def fewer_for_bits(N, d):
    return le(binary_attention_gates([N] * N, d), 11 * N**2 * d)


@theorem51.part(
    "sparse binary attention: O(N^{3/2} d) gates",
    part="3",
    given=(sparse_degrees(), counts(1, 64)),
    reading="at most 12 N^{3/2}d on at most N^{3/2} given edges",
    proofs=[counting_bits],
)
def sparse(degrees, d):
    gates = binary_attention_gates(degrees.tolist(), d)
    return le(gates**2, 144 * len(degrees) ** 3 * d**2)


@sparse.mutant("O(N d)")
def linear(degrees, d):
    return le(binary_attention_gates(degrees.tolist(), d), 12 * len(degrees) * d)
