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
Verdict (proof): holds.  At most 39 * 3^k gates at b = 2^k bits; 5d gates, and depth 6 log2(2d).
1.58 is log2 3 = 1.58496... to two decimals; taken as exact it is too small, as 3^k / 2^(1.58k) has
no bound.  Karatsuba pays from 128 bits on: at 16 it takes 2,229 gates, the schoolbook 1,408.

What is counted, as in the printed proof: products and exact sums of scores and values.  Words are
16-bit integers (a product of FP16 multiplies 11 bits, 638 gates).  Softmax is a fixed number of
operations on words a score, and projections are Nd^2 ORs, within the bounds if d <= N.  The ratio
of dense FP16 to binary is 268 at N = 1024, d = 64, near the 16^2 that the bounds suggest.

Proof.  The counts of `quantization.bit_complexity` are the sizes of circuits that are built and
simulated: b^2 ANDs and 5 or 2 gates an adder; the population count n -> 2^k - 1, m and a carry.

Source.  Karatsuba and Ofman, Soviet Physics Doklady 7 (1963); adders as in any textbook.
"""

from fractions import Fraction

from quantization.bit_complexity import (
    binary_attention_gates,
    karatsuba_gates,
    popcount_depth,
    popcount_gates,
    word_attention_gates,
)
from verify import Claim, le, lt
from verify.given import counts, sparse_degrees

theorem51 = Claim("sequence/theorem51", "the bit-complexity of attention")


@theorem51.part(
    r"dense FP16 attention: O(N^2 d \cdot 16^2) gates",
    part="1",
    given=(counts(1, 64), counts(1, 64)),
    reading="at most 14 N²d·16²",
)
def words(N, d):
    return le(word_attention_gates(N, d, 16), 14 * N**2 * d * 16**2)


@words.proof
def products_and_sums():
    from sympy import symbols

    b, w, n, m, k, j = symbols("b w n m k j")
    yield (
        "b^2 ANDs, b - 1 rows of adders",
        b**2 + 5 * b - 6 + (b - 2) * (5 * b - 3) - 6 * b**2 + 8 * b,
    )
    # n = 2^k + m numbers of w bits; the sums of the parts have w + k and w + j bits, j <= k.
    adder = 5 * (w + j) - 3 + 2 * (k - j)
    total = (5 * w + 2) * (n - 1) - 5 * k + (5 * w + 2) * (m - 1) + adder
    yield (
        "sums: (5w + 2)(n + m - 1) - 5 - 3(k - j)",
        total - (5 * w + 2) * (n + m - 1) + 5 + 3 * (k - j),
    )
    yield "2 (6 b^2 + 2b + 2) <= 14 b^2 at b = 16", 2 * (6 * 16**2 + 2 * 16 + 2) <= 14 * 16**2


@words.mutant("12 in place of 14")
def fewer_for_words(N, d):
    return le(word_attention_gates(N, d, 16), 12 * N**2 * d * 16**2)


@theorem51.part(
    "dense binary attention: O(N^2 d) gates",
    part="2",
    given=(counts(1, 64), counts(1, 64)),
    reading="at most 12 N²d",
)
def dense(N, d):
    return le(binary_attention_gates([N] * N, d), 12 * N**2 * d)


@dense.proof
def counting_bits():
    from sympy import symbols

    n, m, k, j = symbols("n m k j")  # n = 2^k - 1 and m bits and a carry; counts of k and j bits
    parts = 5 * (n - k) + (5 * m - 3 * j - 2) + 5 * j + 2 * (k - j)
    yield "popcount: 5(n + m + 1) - 3(k + 1) - 4", parts - (5 * (n + m + 1) - 3 * (k + 1) - 4)
    alone = 5 * (n - k) + 2 * k
    yield "for m = 0: 5(n + 1) - 3(k + 1) - 2", alone - (5 * (n + 1) - 3 * (k + 1) - 2)
    yield (
        "AND, count, compare: 6n - 2L - 3",
        n + (5 * n - 3 * k - 2) + (k - 1) - (6 * n - 2 * k - 3),
    )


@dense.mutant("11 in place of 12")
def fewer_for_bits(N, d):
    return le(binary_attention_gates([N] * N, d), 11 * N**2 * d)


@theorem51.part(
    "sparse binary attention: O(N^{3/2} d) gates",
    part="3",
    given=(sparse_degrees(), counts(1, 64)),
    reading="at most 12 N^{3/2}d on at most N^{3/2} given edges",
)
def sparse(degrees, d):
    gates = binary_attention_gates(degrees.tolist(), d)
    return le(gates**2, 144 * len(degrees) ** 3 * d**2)


sparse.proof(counting_bits)


@sparse.mutant("O(N d)")
def linear(degrees, d):
    return le(binary_attention_gates(degrees.tolist(), d), 12 * len(degrees) * d)


@theorem51.part(
    r"Karatsuba: O(b^{1.58}); popcount: O(d) gates, O(\log d) depth",
    part="proof",
    given=(counts(0, 200), counts(1, 400)),
    reading="1.58 is log2 3 to two decimals; 39·3^k at b = 2^k; 5d gates, depth 6 log2(2d)",
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


@steps.proof
def closed_form():
    from sympy import symbols

    h, t = symbols("h t")  # t = 3^(k-1), h = 2^k; a step turns them into 3t and 2h

    def gates(t, h):
        return (229 * t - 108 * h + 3) / 2

    yield "K(2h) = 3 K(h) + 54 h - 3", gates(3 * t, 2 * h) - 3 * gates(t, h) - 54 * h + 3
    yield "K(2) = 8, and 229/6 < 39", gates(1, 2) == 8 and 229 < 6 * 39
    L, i = symbols("L i")
    yield (
        "bit i of a count of L bits at 3(L + i); an adder, depth 3",
        3 * (L + i) + 3 - 3 * (L + 1 + i),
    )


@steps.mutant("the exponent 1.58 itself, in place of log2 3")
def rounded_down(k, d):
    return le(Fraction(karatsuba_gates(k) ** 50, 39**50 * 2 ** (79 * k)), 1)


@steps.mutant("4d gates of population count")
def fewer_to_count(k, d):
    return le(popcount_gates(d), 4 * d)
