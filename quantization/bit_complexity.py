r"""How many gates attention takes, counted exactly: binary, sparse, and with words of b bits.

Gates have two inputs.  Counted are the products of the scores and of the values, and their sums, as
in the printed proof; not the projections (for binary heads at most N d^2 ORs each, no more than
N^2 d if d <= N), and not softmax, a fixed number of operations on words a score.

    thresholded sum of n products of bits    n ANDs, a population count, a comparison: <= 6n
    binary attention with E edges            sum over edges and rows: <= 12 E d; dense: E = N^2
    words of b bits, N tokens                2 N^2 d products (6 b^2 - 8b) and the adders of their
                                             exact sums: <= 2 N^2 d (6 b^2 + 2b + 2)

Every formula is the size of a circuit that `quantization.adders`, `quantization.multipliers` and
`quantization.attention_netlists` build, and the tests compare the two.

Reference: sequence paper, Theorem 51.
"""

from collections.abc import Sequence
from functools import cache

from quantization.adders import popcount
from quantization.netlists import Netlist


@cache
def popcount_gates(n: int) -> int:
    """Gates of the population count of n bits: at most 5n - 3L - 2, L = floor(log2 n) + 1."""
    _check_positive(n, "n")
    if n == 1:
        return 0
    length = n.bit_length()
    others = n - 2 ** (length - 1)
    rest = others.bit_length()
    below = popcount_gates(others) if others else 0
    return 5 * (2 ** (length - 1) - length) + below + 5 * rest + 2 * (length - 1 - rest)


@cache
def popcount_depth(n: int) -> int:
    """Depth of the population count of n bits, of the circuit itself: at most 6L - 3."""
    _check_positive(n, "n")
    net = Netlist(n)
    return net.depth(popcount(net, range(n)))


def reached_gates(n: int) -> int:
    """Gates of [x_1 y_1 + ... + x_n y_n >= constant] for bits; the dearest constant."""
    return n + popcount_gates(n) + n.bit_length() - 1


def binary_attention_gates(degrees: Sequence[int], d: int) -> int:
    """Gates of binary attention in which token i looks at degrees[i] >= 1 keys, of d bits."""
    scores = sum(degrees) * reached_gates(d)
    return scores + d * sum(reached_gates(degree) for degree in degrees)


def schoolbook_gates(bits: int) -> int:
    """Gates of the schoolbook product of two numbers of so many bits: 6 b^2 - 8b, 1 if b = 1."""
    _check_positive(bits, "bits")
    return 6 * bits**2 - 8 * bits if bits > 1 else 1


@cache
def karatsuba_gates(k: int) -> int:
    """Gates of Karatsuba's product of two numbers of 2^k bits."""
    if k <= 1:
        return schoolbook_gates(2**k)
    return 3 * karatsuba_gates(k - 1) + 54 * 2 ** (k - 1) - 3


def sum_gates(n: int, width: int) -> int:
    """Gates of the exact sum of n numbers of `width` bits: at most (5 width + 2)(n - 1)."""
    _check_positive(n, "n")
    total = 0
    while n > 1:
        k = (n - 1).bit_length() - 1  # the tree adds the first 2^k to the others
        n -= 2**k
        long, short = width + k, width + (n - 1).bit_length()
        total += (5 * width + 2) * (2**k - 1) - 5 * k + 5 * short - 3 + 2 * (long - short)
    return total


def word_attention_gates(N: int, d: int, bits: int) -> int:
    """Gates of the scores and values of dense attention on words of so many bits, sums exact."""
    products = 2 * N**2 * d * schoolbook_gates(bits)
    return products + N**2 * sum_gates(d, 2 * bits) + N * d * sum_gates(N, 2 * bits)


def _check_positive(n, name):
    if n < 1:
        raise ValueError(f"{name} must be at least 1, got {n}")
