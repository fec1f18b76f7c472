r"""Threshold circuits: gates [sum_k w_k x_k >= t] with integer weights, and their depth.

The functions that circuits of constant depth and polynomial size compute form TC^0 (weights
of polynomial size, which costs no power: repeated wires).  A circuit is *monotone* if no weight
is negative; then no output falls as inputs are raised.  On *literals*, the inputs together with
their complements, negative weights are not needed: `on_literals`.

References: Siu, Roychowdhury and Kailath, Discrete Neural Computation (1995), chapters 2, 3;
sequence paper, Theorem 49.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quantization._checks import check_integers


@dataclass(frozen=True)
class Gate:
    """[sum_k weights_k x(sources_k) >= threshold]; a constant if it has no sources."""

    sources: tuple[int, ...]
    weights: tuple[int, ...]
    threshold: int


@dataclass(frozen=True)
class ThresholdCircuit:
    """Gates in order; wires 0, ..., n - 1 are the inputs, wire n + k is gate k's output."""

    inputs: int
    gates: tuple[Gate, ...]
    outputs: tuple[int, ...]

    def __post_init__(self):
        for k, gate in enumerate(self.gates):
            if len(gate.sources) != len(gate.weights):
                raise ValueError(f"gates[{k}] must have a weight for each source, got {gate}")
            if any(not 0 <= s < self.inputs + k for s in gate.sources):
                raise ValueError(f"gates[{k}] must read earlier wires only, got {gate.sources}")
        if any(not 0 <= w < self.inputs + self.size for w in self.outputs):
            raise ValueError(f"outputs must be wires of the circuit, got {self.outputs}")

    @property
    def size(self) -> int:
        """How many gates."""
        return len(self.gates)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """Of each wire, how many gates the longest way to it passes, itself included."""
        levels = [0] * self.inputs
        for gate in self.gates:
            levels.append(1 + max((levels[s] for s in gate.sources), default=0))
        return tuple(levels)

    @property
    def depth(self) -> int:
        """The most gates on a way to an output."""
        return max((self.levels[w] for w in self.outputs), default=0)

    @property
    def weight(self) -> int:
        """The largest sum of |w_k| at a gate: its fan-in when weights are repeated wires."""
        return max((sum(map(abs, gate.weights)) for gate in self.gates), default=0)

    @property
    def is_monotone(self) -> bool:
        """Whether no weight is negative."""
        return all(w >= 0 for gate in self.gates for w in gate.weights)

    def __call__(self, x):
        """The outputs (..., len(outputs)) for input bits x (..., inputs)."""
        x = check_integers(x, "x", (0, 1))
        if x.ndim == 0 or x.shape[-1] != self.inputs:
            raise ValueError(f"x must be (..., {self.inputs}) bits, got shape {x.shape}")
        wires = list(np.moveaxis(x, -1, 0))
        for gate in self.gates:
            terms = (w * wires[s] for s, w in zip(gate.sources, gate.weights, strict=True))
            total = sum(terms, np.zeros(x.shape[:-1], dtype=np.int64))
            wires.append((total >= gate.threshold).astype(np.int64))
        return np.stack([wires[w] for w in self.outputs], axis=-1)


def on_literals(circuit: ThresholdCircuit) -> ThresholdCircuit:
    """The same function of the 2n inputs (x, 1 - x), monotone, of the same depth, twice the size.

    Each gate is built beside its complement.  A weight w < 0 moves to the complement of its
    source, w u = |w| (1 - u) - |w|, and 1 - [sum w u >= t] = [sum w (1 - u) >= sum w - t + 1].
    """
    n = circuit.inputs
    wire = {True: list(range(n)), False: list(range(n, 2 * n))}  # of each wire and its complement
    gates = []
    for gate in circuit.gates:
        signed = list(zip(gate.sources, gate.weights, strict=True))
        weights = tuple(abs(w) for _, w in signed)
        threshold = gate.threshold - sum(w for _, w in signed if w < 0)
        for side, t in ((True, threshold), (False, sum(weights) - threshold + 1)):
            sources = tuple(wire[side == (w >= 0)][s] for s, w in signed)
            gates.append(Gate(sources, weights, t))
        wire[True].append(2 * n + len(gates) - 2)
        wire[False].append(2 * n + len(gates) - 1)
    return ThresholdCircuit(2 * n, tuple(gates), tuple(wire[True][w] for w in circuit.outputs))


def circuit_of(weights, thresholds) -> ThresholdCircuit:
    """The circuit with one output, its last gate, of a weight matrix (s, n + s).

    Row k holds gate k's weights of the n inputs and of the s gates, 0 from gate k itself on.
    """
    weights, thresholds = np.asarray(weights), np.asarray(thresholds)
    s, n = len(weights), weights.shape[-1] - len(weights)
    if weights.ndim != 2 or thresholds.shape != (s,) or n < 0 or s < 1:
        shapes = f"{weights.shape} and {thresholds.shape}"
        raise ValueError(f"weights and thresholds must be (s, n + s) and (s,), got {shapes}")
    if np.triu(weights[:, n:]).any():
        raise ValueError(f"weights must read earlier gates only, got {weights[:, n:].tolist()}")
    gates = []
    for row, threshold in zip(weights.tolist(), thresholds.tolist(), strict=True):
        sources = tuple(wire for wire, weight in enumerate(row) if weight)
        gates.append(Gate(sources, tuple(row[wire] for wire in sources), threshold))
    return ThresholdCircuit(n, tuple(gates), (n + s - 1,))


def majority(n: int) -> ThresholdCircuit:
    """[x_1 + ... + x_n > n/2]: one gate."""
    return ThresholdCircuit(n, (Gate(tuple(range(n)), (1,) * n, n // 2 + 1),), (n,))


def parity(n: int) -> ThresholdCircuit:
    """x_1 + ... + x_n mod 2, at depth 2 with n + 1 gates: [sum_k (-1)^(k+1) [|x| >= k] >= 1]."""
    counters = tuple(Gate(tuple(range(n)), (1,) * n, k) for k in range(1, n + 1))
    signs = tuple((-1) ** k for k in range(n))
    top = Gate(tuple(range(n, 2 * n)), signs, 1)
    return ThresholdCircuit(n, (*counters, top), (2 * n,))


def all_inputs(n: int) -> np.ndarray:
    """Every input of n bits: (2^n, n), the first bit the highest."""
    return np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1
