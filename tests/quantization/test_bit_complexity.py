"""Circuits compute what they should, and their sizes are the formulas."""

import numpy as np
import pytest

from quantization.adders import (
    add,
    add_all,
    at_least,
    full_adder,
    half_adder,
    popcount,
    subtract,
)
from quantization.attention_netlists import attention_netlist
from quantization.bit_complexity import (
    binary_attention_gates,
    karatsuba_gates,
    popcount_depth,
    popcount_gates,
    reached_gates,
    schoolbook_gates,
    sum_gates,
    word_attention_gates,
)
from quantization.multipliers import karatsuba, schoolbook
from quantization.netlists import Netlist, from_bits, to_bits


def built(width, make):
    """A netlist of so many inputs, and what it computes of all of them, as numbers."""
    net = Netlist(width)
    wires = make(net, list(range(width)))
    return net, from_bits(net.simulate(to_bits(np.arange(2**width), width), wires)), wires


def test_one_gate_each():
    for kind, table in {
        "and": [0, 0, 0, 1],
        "or": [0, 1, 1, 1],
        "xor": [0, 1, 1, 0],
        "andnot": [0, 1, 0, 0],
    }.items():
        _, found, _ = built(2, lambda net, x, kind=kind: [net.gate(kind, *x)])
        assert found.tolist() == table


def test_half_and_full_adder():
    net, found, wires = built(2, lambda net, x: half_adder(net, *x))
    assert (net.size, net.depth(wires), found.tolist()) == (2, 1, [0, 1, 1, 2])
    net, found, wires = built(3, lambda net, x: full_adder(net, *x))
    assert (net.size, net.depth(wires), found.tolist()) == (5, 3, [0, 1, 1, 2, 1, 2, 2, 3])


@pytest.mark.parametrize(("long", "short"), [(1, 1), (3, 3), (4, 2), (3, 0)])
@pytest.mark.parametrize("carry", [0, 1])
def test_add(long, short, carry):
    def make(net, x):
        return add(net, x[:long], x[long : long + short], x[-1] if carry else None)

    width = long + short + carry
    net, found, _ = built(width, make)
    n = np.arange(2**width)
    extra = n >> (width - 1) if carry else 0
    np.testing.assert_array_equal(found, n % 2**long + (n >> long) % 2**short + extra)
    if short:
        expected = 5 * short + 2 * (long - short) if carry else 5 * short - 3 + 2 * (long - short)
        assert net.size == expected


@pytest.mark.parametrize(("long", "short"), [(1, 1), (3, 3), (4, 2), (3, 1)])
def test_subtract(long, short):
    net, found, _ = built(long + short, lambda net, x: subtract(net, x[:long], x[long:]))
    n = np.arange(2 ** (long + short))
    x, y = n % 2**long, n >> long
    np.testing.assert_array_equal(found[x >= y], (x - y)[x >= y])
    assert net.size == 5 * short - 3 + 2 * (long - short)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 7, 8, 11, 12])
def test_popcount(n):
    net, found, wires = built(n, popcount)
    np.testing.assert_array_equal(found, to_bits(np.arange(2**n), n).sum(axis=1))
    assert len(wires) == n.bit_length()
    assert (net.size, net.depth(wires)) == (popcount_gates(n), popcount_depth(n))


def test_popcount_bounds():
    """5n - 3L - 2, attained at powers of two, and depth at most 6L - 3."""
    for n in range(1, 400):
        length = n.bit_length()
        assert popcount_gates(n) <= 5 * n - 3 * length - 2
        assert popcount_depth(n) <= 6 * length - 3
        assert reached_gates(n) <= 6 * n
    assert all(popcount_gates(2**k) == 5 * 2**k - 3 * (k + 1) - 2 for k in range(12))


@pytest.mark.parametrize("width", [1, 2, 4])
def test_comparison_with_a_constant(width):
    for constant in range(1, 2**width):
        make = lambda net, x, c=constant: [at_least(net, x, c)]  # noqa: E731
        net, found, _ = built(width, make)
        np.testing.assert_array_equal(found, np.arange(2**width) >= constant)
        assert net.size < width


@pytest.mark.parametrize("b", [1, 2, 3, 4, 5])
def test_schoolbook(b):
    net, found, _ = built(2 * b, lambda net, x: schoolbook(net, x[:b], x[b:]))
    n = np.arange(4**b)
    np.testing.assert_array_equal(found, (n % 2**b) * (n >> b))
    assert net.size == schoolbook_gates(b)
    assert sum(kind == "and" for kind, *_ in net.gates) >= b * b


def test_karatsuba():
    rng = np.random.default_rng(0)
    for k in range(5):
        b = 2**k
        net = Netlist(2 * b)
        wires = karatsuba(net, range(b), range(b, 2 * b))
        x, y = np.concatenate([rng.integers(0, 2**b, (2, 300)), [[0, 2**b - 1], [0, 2**b - 1]]], 1)
        bits = np.concatenate([to_bits(x, b), to_bits(y, b)], axis=1)
        np.testing.assert_array_equal(from_bits(net.simulate(bits, wires)), x * y)
        assert net.size == karatsuba_gates(k)
        assert k == 0 or 2 * net.size == 229 * 3 ** (k - 1) - 108 * 2**k + 3


def test_numbers_of_the_docstring():
    assert (karatsuba_gates(4), schoolbook_gates(16)) == (2229, 1408)
    cheaper = [k for k in range(1, 12) if karatsuba_gates(k) < schoolbook_gates(2**k)]
    assert cheaper[0] == 7


@pytest.mark.parametrize(("n", "width"), [(1, 2), (2, 3), (3, 2), (5, 2), (6, 1), (7, 2)])
def test_sum(n, width):
    def make(net, x):
        return add_all(net, np.reshape(x, (n, width)).tolist())

    net, found, wires = built(n * width, make)
    numbers = from_bits(to_bits(np.arange(2 ** (n * width)), n * width).reshape(-1, n, width))
    np.testing.assert_array_equal(found, numbers.sum(axis=1))
    assert net.size == sum_gates(n, width) <= (5 * width + 2) * (n - 1)
    assert len(wires) == width + (n - 1).bit_length()


def test_sum_bound():
    for width in (1, 7, 32):
        assert all(sum_gates(n, width) <= (5 * width + 2) * (n - 1) for n in range(1, 300))
    assert sum_gates(8, 4) == 22 * 7 - 5 * 3


@pytest.mark.parametrize(
    "edges",
    [np.ones((1, 1), int), np.ones((3, 3), int), [[1, 0, 1], [0, 1, 0], [1, 1, 1]], np.eye(2)],
)
@pytest.mark.parametrize("d", [1, 2, 4])
def test_binary_attention(edges, d):
    rng, edges = np.random.default_rng(0), np.asarray(edges)
    q, k, v = rng.integers(0, 2, (3, 64, len(edges), d))
    gates = binary_attention_gates(edges.sum(axis=1).astype(int).tolist(), d)
    for tau, theta in [(1, 1), (d, 2), ((d + 1) // 2, 3)]:
        circuit = attention_netlist(edges, d, tau, theta)
        A = (q @ k.swapaxes(1, 2) >= tau) & (edges == 1)
        np.testing.assert_array_equal(circuit(q, k, v), A.astype(int) @ v >= theta)
        assert circuit.net.size <= gates <= 12 * edges.sum() * d


def test_the_dearest_thresholds_attain_the_formula():
    """Odd thresholds: no comparison ends early."""
    circuit = attention_netlist(np.ones((3, 3), int), 3, 3, 3)
    assert circuit.net.size == binary_attention_gates([3] * 3, 3)


def test_words():
    assert word_attention_gates(1, 1, 16) == 2 * 1408
    assert word_attention_gates(2, 1, 2) == 8 * 8 + 2 * sum_gates(2, 4)
    ratio = word_attention_gates(1024, 64, 16) / binary_attention_gates([1024] * 1024, 64)
    assert round(ratio) == 268


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Netlist(2).gate("nor", 0, 1), r"kind must be one of .* got 'nor'"),
        (lambda: Netlist(2).gate("and", 0, 2), "a and b must be wires below 2, got 0 and 2"),
        (lambda: Netlist(2).simulate([[0]], [0]), r"bits must be \(cases, 2\), got shape \(1, 1\)"),
        (lambda: Netlist(1).simulate([[2]], [0]), "bits must have entries in .* got .*2"),
        (lambda: at_least(Netlist(2), [0, 1], 4), r"constant must be in 1\.\.3, got 4"),
        (lambda: at_least(Netlist(2), [0, 1], 0), r"constant must be in 1\.\.3, got 0"),
        (lambda: schoolbook(Netlist(3), [0, 1], [2]), "x and y must have one length, .* 2 and 1"),
        (lambda: schoolbook(Netlist(1), [], []), "at least 1, got 0 and 0"),
        (lambda: karatsuba(Netlist(6), [0, 1, 2], [3, 4, 5]), "power of two of bits, got 3"),
        (lambda: popcount_gates(0), "n must be at least 1, got 0"),
        (lambda: popcount_depth(0), "n must be at least 1, got 0"),
        (lambda: sum_gates(0, 3), "n must be at least 1, got 0"),
        (lambda: schoolbook_gates(0), "bits must be at least 1, got 0"),
        (lambda: attention_netlist([[1, 0], [0, 0]], 1, 1, 1), "with an edge in each row"),
        (lambda: attention_netlist([[1, 1]], 1, 1, 1), r"edges must be \(N, N\)"),
        (lambda: attention_netlist([[1]], 2, 3, 1), r"thresholds must be in 1\.\.2 .* got 3 and 1"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
