r"""One layer of two binary heads whose D-th power is a given threshold circuit of depth D.

Every wire of the circuit is a token: its value in column 0, and constant columns, its own name
(one-hot) and the names of the tokens it reads.  The first head is

    Y_t = [ sum of the values that token t reads >= theta ],

the second keeps the constants.  Inputs, which stand beside their complements, read themselves,
so that after t applications every gate of a level <= t has its value and holds it.  Weights are
{0, 1}: a weight w is w copies of a token, and a threshold below the common theta is made up by
reading tokens that hold 1.  So constantly many layers of polynomial size are TC^0, on a dual
rail; by `quantization.attention_circuits` they are no more.

Reference: sequence paper, Theorem 49.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from quantization.binary import BinaryHead
from quantization.layers import BinaryLayer, fetch, selection
from quantization.quadratic_heads import embed
from quantization.threshold_circuits import ThresholdCircuit, on_literals


@dataclass(frozen=True, eq=False)
class CircuitLayer:
    """A layer, the tokens it starts from, and how often it is to be applied."""

    layer: BinaryLayer
    pattern: np.ndarray  # (N, d): which of (0, 1, x, 1 - x) each bit of the first tokens is
    depth: int
    outputs: tuple[int, ...]  # the tokens whose values are the outputs

    def __call__(self, x, *, times: int | None = None):
        """The outputs (..., len(outputs)) after `times` applications (if not said, the depth)."""
        X = embed(self.pattern, x)
        for _ in range(self.depth if times is None else times):
            X = self.layer(X)
        return X[..., list(self.outputs), 0]


def circuit_layer(circuit: ThresholdCircuit) -> CircuitLayer:
    """The layer of a circuit, which may have negative weights (see `on_literals`)."""
    circuit = on_literals(circuit)
    demands = [Counter() for _ in range(circuit.inputs)] + [_demand(g) for g in circuit.gates]
    copies = [max([1, *(demand[wire] for demand in demands)]) for wire in range(len(demands))]
    first = np.concatenate([[0], np.cumsum(copies)])
    theta = max([1, *(gate.threshold for gate in circuit.gates)])
    reads = np.zeros((first[-1] + theta, first[-1] + theta), dtype=np.int64)
    reads[first[-1] :, first[-1] :] = 1  # the last theta tokens hold 1, and read each other
    values = np.repeat([0] * first[-1] + [1], [1] * first[-1] + [theta])
    for wire, demand in enumerate(demands):
        own = slice(first[wire], first[wire + 1])
        threshold = 1
        if wire < circuit.inputs:
            values[own], demand = 2 + wire, {wire: 1}
        else:
            threshold = max(circuit.gates[wire - circuit.inputs].threshold, 0)
        for source, weight in demand.items():
            reads[own, first[source] : first[source] + weight] = 1
        reads[own, first[-1] : first[-1] + theta - threshold] = 1
    names = np.eye(len(reads), dtype=np.int64)
    pattern = np.concatenate([values[:, None], names, reads], axis=1)
    outputs = tuple(int(first[wire]) for wire in circuit.outputs)
    return CircuitLayer(_layer(len(reads), theta), pattern, circuit.depth, outputs)


def _layer(N, theta):
    """The head that sums what is read, and the head that keeps names and reading lists."""
    d, names, reads = 2 * N + 1, range(1, N + 1), range(N + 1, 2 * N + 1)
    summing = BinaryHead(selection(d, reads), selection(d, names), selection(d, [0]), 1, theta)
    return BinaryLayer((summing, fetch(d, names, names, [*names, *reads])))


def _demand(gate) -> Counter:
    """How many copies of each wire a gate reads."""
    demand = Counter()
    for source, weight in zip(gate.sources, gate.weights, strict=True):
        demand[source] += weight
    return demand
