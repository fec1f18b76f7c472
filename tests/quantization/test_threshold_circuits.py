"""Threshold circuits: known functions, negations moved to the inputs, heads as circuits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantization.attention_circuits import (
    attention_circuit,
    circuit_differences,
    circuit_size_bound,
)
from quantization.binary import ALPHABETS, PROJECTIONS, BinaryHead
from quantization.quadratic_heads import literals
from quantization.threshold_circuits import (
    Gate,
    ThresholdCircuit,
    all_inputs,
    circuit_of,
    majority,
    on_literals,
    parity,
)

few = settings(max_examples=60, deadline=None)
NOT = ThresholdCircuit(1, (Gate((0,), (-1,), 0),), (1,))


@st.composite
def circuits(draw):
    n, gates = draw(st.integers(1, 3)), []
    for k in range(draw(st.integers(0, 4))):
        sources = draw(st.lists(st.integers(0, n + k - 1), max_size=3))
        weights = draw(st.tuples(*[st.integers(-2, 2)] * len(sources)))
        gates.append(Gate(tuple(sources), weights, draw(st.integers(-2, 3))))
    wires = st.integers(0, n + len(gates) - 1)
    return ThresholdCircuit(n, tuple(gates), tuple(draw(st.lists(wires, min_size=1, max_size=2))))


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_known_functions(n):
    x = all_inputs(n)
    ones = x.sum(axis=1)
    np.testing.assert_array_equal(parity(n)(x)[:, 0], ones % 2)
    np.testing.assert_array_equal(majority(n)(x)[:, 0], 2 * ones > n)
    assert (parity(n).depth, parity(n).size, parity(n).weight) == (2, n + 1, n)
    assert (majority(n).depth, majority(n).size) == (1, 1)
    assert majority(n).is_monotone
    assert parity(n).is_monotone == (n == 1)


def test_inputs_are_counted_in_binary():
    np.testing.assert_array_equal(all_inputs(2), [[0, 0], [0, 1], [1, 0], [1, 1]])
    assert all_inputs(0).shape == (1, 0)


def test_gates_one_by_one():
    """Constants, a wire as output, and levels of gates that nothing reads."""
    gates = (Gate((), (), 0), Gate((), (), 1), Gate((0, 1), (2, -1), 1), Gate((4,), (1,), 1))
    circuit = ThresholdCircuit(2, gates, (2, 3, 4, 0))
    np.testing.assert_array_equal(circuit([[0, 1], [1, 1]]), [[1, 0, 0, 0], [1, 0, 1, 1]])
    assert circuit.levels == (0, 0, 1, 1, 1, 2)
    assert circuit.depth == 1
    assert ThresholdCircuit(1, (), (0,)).depth == 0 == ThresholdCircuit(1, (), ()).weight


@few
@given(circuits())
def test_negations_move_to_the_inputs(circuit):
    x, positive = all_inputs(circuit.inputs), on_literals(circuit)
    np.testing.assert_array_equal(positive(literals(x)), circuit(x))
    assert positive.is_monotone
    assert (positive.depth, positive.size) == (circuit.depth, 2 * circuit.size)


def test_circuits_of_weights():
    """x_0 - x_1 >= 1, then twice that gate less x_0 >= 0; no inputs at all."""
    made = circuit_of([[1, -1, 0, 0], [-1, 0, 2, 0]], [1, 0])
    assert made.gates == (Gate((0, 1), (1, -1), 1), Gate((0, 2), (-1, 2), 0))
    np.testing.assert_array_equal(made(all_inputs(2))[:, 0], [1, 1, 1, 0])
    assert circuit_of([[0]], [0]) == ThresholdCircuit(0, (Gate((), (), 0),), (0,))


def test_not_is_the_complement():
    np.testing.assert_array_equal(on_literals(NOT)(literals([[0], [1]])), [[1], [0]])
    assert not NOT.is_monotone


@st.composite
def heads(draw):
    """A head and a number of tokens, so that all inputs can be tried."""
    d, N = draw(st.sampled_from([(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2), (4, 1)]))
    weights, width = draw(st.sampled_from(sorted(ALPHABETS))), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    W = [rng.choice(ALPHABETS[weights], (d, k)) for k in (width, width, draw(st.integers(1, 2)))]
    tau, theta = draw(st.integers(-2, 5)), draw(st.integers(-2, 4))
    return BinaryHead(*W, tau, theta, weights, draw(st.sampled_from(PROJECTIONS))), N


@few
@given(heads())
def test_heads_are_circuits(case):
    head, N = case
    circuit = attention_circuit(head, N)
    assert circuit_differences(head, N) == 0
    assert circuit.depth <= (3 if head.projection == "count" else 4)
    assert circuit.size <= circuit_size_bound(head, N)
    assert circuit.is_monotone or head.weights != "binary"


def test_the_bounds_are_attained():
    """All weights 1: no product and no value is missing."""
    ones = np.ones((2, 3), int)
    head = BinaryHead(ones, ones, ones, tau=2, theta=2)
    for N in (1, 2, 3):
        assert (
            attention_circuit(head, N).size
            == circuit_size_bound(head, N)
            == 8 * N**2 - 2 * N**2 + 3 * N
        )
        assert attention_circuit(head, N).depth == 3
    boolean = replace(head, projection="boolean")
    assert attention_circuit(boolean, 2).size == circuit_size_bound(boolean, 2) == 4 * 6 + 4 * 6
    assert attention_circuit(boolean, 2).depth == 4


def test_differences_are_counted():
    """A head that is not the circuit's: AND in place of OR differs on 2 of 4 inputs."""
    ones = np.ones((2, 1), int)
    either, both = (BinaryHead(ones, ones, ones, tau=t, theta=1) for t in (1, 4))
    x = all_inputs(2)
    differ = attention_circuit(either, 1)(x) != both(x[:, None])[:, 0]
    assert differ.sum() == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ThresholdCircuit(1, (Gate((0,), (), 1),), ()), r"gates\[0\] must have a weight"),
        (lambda: ThresholdCircuit(1, (Gate((1,), (1,), 1),), ()), r"gates\[0\] must read earlier"),
        (
            lambda: ThresholdCircuit(1, (), (1,)),
            r"outputs must be wires of the circuit, got \(1,\)",
        ),
        (lambda: circuit_of([[1, 1]], [0]), r"earlier gates only, got \[\[1\]\]"),
        (lambda: circuit_of([[1, 0]], [0, 1]), r"weights and thresholds must be .* \(1, 2\) and"),
        (lambda: circuit_of([[0], [0]], [0, 1]), r"weights and thresholds must be .* \(2, 1\)"),
        (lambda: NOT([[0, 1]]), r"x must be \(..., 1\) bits, got shape \(1, 2\)"),
        (lambda: NOT([[2]]), "x must have entries in .* got .*2"),
        (lambda: NOT(0), r"x must be \(..., 1\) bits, got shape \(\)"),
        (lambda: attention_circuit(BinaryHead([[1]], [[1]], [[1]], 1, 1), 0), "N must be .* got 0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
