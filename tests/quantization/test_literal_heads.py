"""Heads that are made for a function: quadratic thresholds, routing, circuits level by level."""

import numpy as np
import pytest
from hypothesis import given, settings

from quantization.binary import BinaryHead
from quantization.circuit_layers import circuit_layer
from quantization.layers import BinaryLayer, fetch, selection
from quantization.quadratic_heads import (
    embed,
    literals,
    quadratic_head,
    quadratic_threshold,
    single_rail,
)
from quantization.threshold_circuits import (
    Gate,
    ThresholdCircuit,
    all_inputs,
    circuit_of,
    parity,
)
from verify.given.circuits import quadratic_thresholds, threshold_circuits

few = settings(max_examples=40, deadline=None)


def by_definition(x, forms, thresholds, theta):
    letters = [*x, *(1 - bit for bit in x)]
    pairs = [(a, b) for a in range(len(letters)) for b in range(len(letters))]
    values = [sum(M[a][b] * letters[a] * letters[b] for a, b in pairs) for M in forms]
    return int(sum(v >= t for v, t in zip(values, thresholds, strict=True)) >= theta)


@few
@given(quadratic_thresholds())
def test_one_head_is_a_threshold_of_quadratic_thresholds(case):
    x = all_inputs(case[0].shape[1] // 2)
    expected = [by_definition(row, *case) for row in x.tolist()]
    np.testing.assert_array_equal(quadratic_threshold(x, *case), expected)
    head = quadratic_head(*case)
    np.testing.assert_array_equal(head(x), expected)
    assert head.head.weights == "binary"


def test_parities_of_the_gallery():
    """The first three cases are x_1 + ... + x_n mod 2."""
    for n, case in zip((1, 2, 3), quadratic_thresholds().gallery(), strict=False):
        x = all_inputs(n)
        np.testing.assert_array_equal(quadratic_head(*case)(x), x.sum(axis=1) % 2)


def test_no_cut_of_three_cylinders_sees_the_product_of_three():
    """Step (i) of the lower bound at n = 1: |E 1_S (-1)^(xyz)|^4 <= 3/4 for all 4096 such S."""
    x, y, z = np.indices((2, 2, 2)).reshape(3, 8)
    sets = all_inputs(4)  # of two bits
    without = [sets[:, 2 * a + b] for a, b in ((y, z), (x, z), (x, y))]
    cuts = np.einsum("ac,bc,dc->abdc", *without).reshape(-1, 8)
    correlation = abs(cuts @ (-1) ** (x * y * z)) / 8
    assert correlation.max() == 3 / 4  # the set of all
    assert (correlation.max() ** 4) <= 3 / 4


def test_without_complements():
    """1 - x becomes 0, x stays x."""
    falling, rising = np.zeros((2, 1, 2, 2), dtype=int)
    falling[0, 1, 1] = rising[0, 0, 0] = 1
    x = all_inputs(1)
    np.testing.assert_array_equal(quadratic_head(falling, [1], 1)(x), [1, 0])
    np.testing.assert_array_equal(single_rail(quadratic_head(falling, [1], 1))(x), [0, 0])
    np.testing.assert_array_equal(single_rail(quadratic_head(rising, [1], 1))(x), [0, 1])


@few
@given(threshold_circuits())
def test_a_layer_is_a_circuit_a_level_a_time(case):
    circuit = circuit_of(*case)
    x, layer = all_inputs(circuit.inputs), circuit_layer(circuit)
    np.testing.assert_array_equal(layer(x), circuit(x))
    np.testing.assert_array_equal(layer(x, times=circuit.depth + 2), circuit(x))  # it is kept
    assert {head.weights for head in layer.layer.heads} == {"binary"}


def test_every_level_is_needed():
    x, layer = all_inputs(3), circuit_layer(parity(3))
    assert layer.depth == 2
    assert (layer(x, times=1) != parity(3)(x)).any()


def test_repeated_sources_and_wires_as_outputs():
    """2 x_0 + x_0 >= 3 by one source twice; an input read out; no gates at all."""
    twice = ThresholdCircuit(2, (Gate((0, 0, 1), (2, 1, 3), 4),), (2, 1))
    np.testing.assert_array_equal(circuit_layer(twice)(all_inputs(2)), twice(all_inputs(2)))
    wire = ThresholdCircuit(1, (), (0,))
    np.testing.assert_array_equal(circuit_layer(wire)(all_inputs(1)), [[0], [1]])


def test_routing():
    """Tokens with names: each fetches the value of the next, on a ring."""
    names, values = np.eye(3, dtype=int), [[1], [0], [0]]
    X = np.concatenate([names, values], axis=1)
    after = fetch(4, [1, 2, 0], [0, 1, 2], [3])  # column i of j answers column i - 1 of i
    layer = BinaryLayer((fetch(4, [0, 1, 2], [0, 1, 2], [0, 1, 2]), after))
    np.testing.assert_array_equal(layer(X), np.concatenate([names, [[0], [1], [0]]], axis=1))
    assert layer.d == 4
    np.testing.assert_array_equal(selection(3, [2, [0, 1]]), [[0, 1], [0, 1], [1, 0]])


def test_patterns():
    np.testing.assert_array_equal(embed(np.array([[0, 1], [2, 3]]), [[1]]), [[[0, 1], [1, 0]]])
    np.testing.assert_array_equal(literals([[0, 1]]), [[0, 1, 1, 0]])


ONE = np.ones((1, 2, 2), dtype=int)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quadratic_head(ONE[:, :1], [1], 1), r"forms must be .* got shape \(1, 1, 2\)"),
        (lambda: quadratic_head(np.ones((1, 3, 3), int), [1], 1), r"forms must be .* \(1, 3, 3\)"),
        (lambda: quadratic_head(ONE[:0], [], 1), r"forms must be .* nonempty, got shape \(0"),
        (lambda: quadratic_head(-ONE, [1], 1), "forms must be integers >= 0, got -1"),
        (lambda: quadratic_head(ONE / 2, [1], 1), "forms must be integers >= 0, got 0.5"),
        (lambda: quadratic_head(ONE, [1, 1], 1), "thresholds must be an integer for each form"),
        (lambda: quadratic_head(ONE, [0.5], 1), "thresholds must be an integer for each form"),
        (lambda: literals([2]), "x must have entries in .* got .*2"),
        (lambda: BinaryLayer(()), r"heads must read tokens of one width d, got \[\]"),
        (
            lambda: BinaryLayer(tuple(BinaryHead(*[[[1]] * d] * 3, 1, 1) for d in (1, 2))),
            r"heads must read tokens of one width d, got \[1, 2\]",
        ),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
