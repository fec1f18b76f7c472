r"""A binary head as a threshold circuit of constant depth and polynomial size.

With M = W_Q W_K^T the score of token i and key j is the quadratic form sum_ab M_ab x_ia x_jb, so

    level 1   the products x_ia AND x_jb,                                     N^2 d^2 gates
    level 2   A_ij AND x_jc = [sum_ab M_ab (x_ia AND x_jb) + K x_jc >= tau + K],  N^2 d
    level 3   Y_ih = [sum_jc (W_V)_ch (A_ij AND x_jc) >= theta],                  N d_v

where K is so large that x_jc = 0 keeps level 2 below tau + K.  The Boolean reading needs a level
before, the ORs q, k and v: depth 4.  Every weight is a sum of products of the head's own, so the
circuit of a head with weights {0, 1} is monotone: an independent proof of what
`quantization.binary` says, and of what such a head never computes.

Reference: sequence paper, Theorem 49; "threshold of thresholds of ANDs of two" is the class of
J. Hastad and M. Goldmann, On the power of small-depth threshold circuits, Comput. Complexity 1
(1991), at bottom fan-in 2.
"""

from itertools import product

import numpy as np

from quantization.binary import BinaryHead
from quantization.threshold_circuits import Gate, ThresholdCircuit, all_inputs


def attention_circuit(head: BinaryHead, N: int) -> ThresholdCircuit:
    """The circuit of a head on N tokens: N d inputs, N d_v outputs, both row by row."""
    if not isinstance(N, (int, np.integer)) or N < 1:
        raise ValueError(f"N must be a positive integer, got {N!r}")
    new = _Gates(N * head.d)
    if head.projection == "count":
        scores, values, weights = _counted(new, head, N)
    else:
        scores, values, weights = _boolean(new, head, N)
    outputs = [output for i in range(N) for output in _row(new, head, scores[i], values, weights)]
    return ThresholdCircuit(N * head.d, tuple(new.gates), tuple(outputs))


def circuit_size_bound(head: BinaryHead, N: int) -> int:
    """A polynomial that the circuit's size does not exceed.

    N^2 d^2 + N^2 d + N d_v for counts, N^2 (d_h + d_v) + 2 N (d_h + d_v) in the Boolean reading.
    """
    (d, width), d_v = head.W_Q.shape, head.W_V.shape[1]
    if head.projection == "count":
        return N**2 * d**2 + N**2 * d + N * d_v
    return N**2 * (width + d_v) + 2 * N * (width + d_v)


def circuit_differences(head: BinaryHead, N: int) -> int:
    """On how many bits the circuit and the head differ, over all inputs: 0."""
    x = all_inputs(N * head.d)
    outputs = head(x.reshape(-1, N, head.d)).reshape(len(x), -1)
    return int((attention_circuit(head, N)(x) != outputs).sum())


class _Gates:
    """Gates so far; a call adds one and gives its wire."""

    def __init__(self, inputs: int):
        self.inputs, self.gates = inputs, []

    def __call__(self, terms, threshold: int) -> int:
        """[sum of weight * wire >= threshold] over terms (wire, weight); zero weights go."""
        kept = [(wire, int(weight)) for wire, weight in terms if weight]
        wires, weights = (tuple(column) for column in zip(*kept, strict=True)) if kept else ((), ())
        self.gates.append(Gate(wires, weights, int(threshold)))
        return self.inputs + len(self.gates) - 1


def _counted(new, head, N):
    """Scores as weighted products of two inputs; values are the inputs themselves."""
    d, M = head.d, head.W_Q @ head.W_K.T
    pairs = np.argwhere(M)

    def score(i, j):
        return [(new([(i * d + a, 1), (j * d + b, 1)], 2), M[a, b]) for a, b in pairs]

    scores = [[score(i, j) for j in range(N)] for i in range(N)]
    return scores, [[j * d + c for c in range(d)] for j in range(N)], head.W_V


def _boolean(new, head, N):
    """Scores as products of two ORs; values are ORs."""

    def selected(W):
        return [
            [new([(i * head.d + a, w) for a, w in enumerate(column)], 1) for column in W.T]
            for i in range(N)
        ]

    q, k, v = (selected(W) for W in (head.W_Q, head.W_K, head.W_V))
    scores = [
        [[(new([(a, 1), (b, 1)], 2), 1) for a, b in zip(q[i], k[j], strict=True)] for j in range(N)]
        for i in range(N)
    ]
    return scores, v, np.eye(head.W_V.shape[1], dtype=np.int64)


def _row(new, head, scores, values, weights):
    """The output wires of one token: for each key the attended values, then their thresholds."""
    attended = []
    for terms, value in zip(scores, values, strict=True):
        most = sum(max(weight, 0) for _, weight in terms)
        K = max(most - head.tau + 1, 0)
        attended.append([new([*terms, (wire, K)], head.tau + K) for wire in value])
    indices = list(product(range(len(values)), range(len(weights))))
    for column in weights.T:
        yield new([(attended[j][c], column[c]) for j, c in indices], head.theta)
