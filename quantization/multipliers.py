r"""Multipliers of two b-bit numbers, gate by gate: schoolbook, and Karatsuba down to two bits.

    schoolbook    6 b^2 - 8b gates (b >= 2), of them b^2 ANDs
    Karatsuba     K(2h) = 3 K(h) + 54h - 3, K(2) = 8, so that at b = 2^k, k >= 1,
                  K = (229 * 3^(k-1) - 108 * 2^k + 3) / 2,  of the order b^(log2 3) = b^1.58496...

Karatsuba's constants are large: at 16 bits it takes 2,229 gates, the schoolbook 1,408; of the
powers of two, 128 is the first where it is the cheaper one.

References: A. Karatsuba and Y. Ofman, Soviet Physics Doklady 7 (1963); sequence paper, Theorem 51.
"""

from collections.abc import Sequence

from quantization.adders import add, subtract
from quantization.netlists import Netlist


def schoolbook(net: Netlist, x: Sequence[int], y: Sequence[int]) -> list[int]:
    """x y for two numbers of b bits: 2b bits (1 if b = 1)."""
    _check_lengths(x, y)
    rows = [[net.gate("and", a, b) for a in x] for b in y]
    product, upper = rows[0][:1], rows[0][1:]
    for row in rows[1:]:
        total = add(net, upper, row)
        product, upper = [*product, total[0]], total[1:]
    return [*product, *upper]


def karatsuba(net: Netlist, x: Sequence[int], y: Sequence[int]) -> list[int]:
    """x y for two numbers of b = 2^k bits, by three products of b/2: 2b bits (1 if b = 1)."""
    b = _check_lengths(x, y)
    if b & (b - 1):
        raise ValueError(f"x and y must have a power of two of bits, got {b}")
    if b <= 2:
        return schoolbook(net, x, y)
    h = b // 2
    low, high = karatsuba(net, x[:h], y[:h]), karatsuba(net, x[h:], y[h:])
    sums = _product_of_sums(net, add(net, x[:h], x[h:]), add(net, y[:h], y[h:]))
    middle = subtract(net, subtract(net, sums, low), high)[: 2 * h + 1]
    return low[:h] + add(net, [*low[h:], *high], middle)[: 3 * h]


def _product_of_sums(net, s, t):
    """s t for numbers of h + 1 bits, by one product of h bits: 2h + 2 bits."""
    h = len(s) - 1
    product = karatsuba(net, s[:h], t[:h])
    crossed = add(
        net,
        [net.gate("and", s[h], bit) for bit in t[:h]],
        [net.gate("and", t[h], bit) for bit in s[:h]],
    )
    top = add(net, crossed[h:], [net.gate("and", s[h], t[h])])
    upper = add(net, product[h:], [*crossed[:h], *top])
    return [*product[:h], *upper][: 2 * h + 2]


def _check_lengths(x, y) -> int:
    if len(x) != len(y) or not len(x):
        raise ValueError(f"x and y must have one length, at least 1, got {len(x)} and {len(y)}")
    return len(x)
