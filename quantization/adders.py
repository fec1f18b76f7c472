r"""Adders of numbers, the population count, and the comparison with a constant, gate by gate.

A full adder is 5 gates of depth 3, a half adder 2 of depth 1.  The population count of n bits is a
tree: the largest 2^k - 1 < n of them, the others but one, and this one as the carry into the adder
of both counts.  With L = floor(log2 n) + 1, the length of the result:

    gates <= 5n - 3L - 2,            equality at n = 2^k
    depth <= 6L - 3                  (bit i is there at 3 (L + i), by induction over the tree)

*Proof of the first.*  Let n = (2^k - 1) + m + 1, so L = k + 1.  2^k - 1 bits take 5 (2^k - 1 - k)
(full adders only), m bits, whose count has l <= k, at most 5m - 3l - 2 by induction, or 0 if m = 0,
and the adder 5l + 2(k - l).  The sum is 5n - 3L - 4, or 5n - 3L - 2 if m = 0.  []

Reference: sequence paper, proof of Theorem 51.
"""

from collections.abc import Sequence

from quantization.netlists import Netlist


def half_adder(net: Netlist, a: int, b: int) -> list[int]:
    """The two bits of a + b: 2 gates."""
    return [net.gate("xor", a, b), net.gate("and", a, b)]


def full_adder(net: Netlist, a: int, b: int, c: int) -> list[int]:
    """The two bits of a + b + c: 5 gates."""
    either = net.gate("xor", a, b)
    carry = net.gate("or", net.gate("and", a, b), net.gate("and", either, c))
    return [net.gate("xor", either, c), carry]


def add(net: Netlist, x: Sequence[int], y: Sequence[int], carry: int | None = None) -> list[int]:
    """x + y + carry, one bit longer than the longer of both: a full or half adder a bit."""
    short, long = sorted((list(x), list(y)), key=len)
    total = []
    for i, wire in enumerate(long):
        operands = [wire, *short[i : i + 1], *([] if carry is None else [carry])]
        if len(operands) == 1:
            total.append(wire)
            continue
        bit, carry = (half_adder if len(operands) == 2 else full_adder)(net, *operands)
        total.append(bit)
    return total if carry is None else [*total, carry]


def subtract(net: Netlist, x: Sequence[int], y: Sequence[int]) -> list[int]:
    """x - y for x >= y, y not longer than x, as long as x: 5 gates a bit, 2 where y has none."""
    difference, borrow = [], None
    for i, wire in enumerate(x):
        operands = [*y[i : i + 1], *([] if borrow is None else [borrow])]
        for operand in operands:
            bit, lent = net.gate("xor", wire, operand), net.gate("andnot", operand, wire)
            borrow = lent if operand is operands[0] else net.gate("or", borrow, lent)
            wire = bit
        difference.append(wire)
    return difference


def add_all(net: Netlist, numbers: Sequence[Sequence[int]]) -> list[int]:
    """The sum of n numbers of w bits: w + ceil(log2 n) bits, at most (5w + 2)(n - 1) gates."""
    n = len(numbers)
    if n == 1:
        return list(numbers[0])
    half = 2 ** ((n - 1).bit_length() - 1)  # the largest power of two below n
    return add(net, add_all(net, numbers[:half]), add_all(net, numbers[half:]))


def popcount(net: Netlist, bits: Sequence[int]) -> list[int]:
    """How many of the bits are 1."""
    n = len(bits)
    if n <= 1:
        return list(bits)
    half = 2 ** (n.bit_length() - 1) - 1  # the largest 2^k - 1 below n
    first, others, last = bits[:half], bits[half:-1], bits[-1]
    return add(net, popcount(net, first), popcount(net, others), last)


def at_least(net: Netlist, x: Sequence[int], constant: int) -> int:
    """[x >= constant], for a constant in 1, ..., 2^len(x) - 1: fewer gates than bits."""
    if not 1 <= constant < 2 ** len(x):
        raise ValueError(f"constant must be in 1..{2 ** len(x) - 1}, got {constant}")
    reached = None  # by the lower bits; None where their constant is 0, which is always reached
    for i, wire in enumerate(x):
        needed = constant >> i & 1
        if reached is None:
            reached = wire if needed else None
        else:
            reached = net.gate("and" if needed else "or", wire, reached)
    return reached
