r"""Binary attention gate by gate: an AND for each product, a population count, a comparison.

The circuit of Definition 47 behind its projections: from the bits of q, k and v (N tokens, d bits
each) to Y, on a given set of edges (i, j),

    A_ij = [popcount(q_i AND k_j) >= tau],      Y_ih = [popcount of the A_ij AND v_jh >= theta].

The numbers of gates are in `quantization.bit_complexity`.  Reference: sequence paper, Theorem 51.
"""

from dataclasses import dataclass

import numpy as np

from quantization._checks import check_integers
from quantization.adders import at_least, popcount
from quantization.netlists import Netlist


@dataclass(frozen=True, eq=False)
class AttentionNetlist:
    """A netlist whose inputs are q, k and v, row by row, and whose outputs are Y."""

    net: Netlist
    outputs: tuple[int, ...]
    shape: tuple[int, int]  # (N, d)

    def __call__(self, q, k, v):
        """Y (cases, N, d) for bits q, k, v (cases, N, d)."""
        inputs = np.concatenate([np.reshape(x, (len(x), -1)) for x in (q, k, v)], axis=1)
        return self.net.simulate(inputs, self.outputs).reshape(-1, *self.shape)


def attention_netlist(edges, d: int, tau: int, theta: int) -> AttentionNetlist:
    """The circuit of binary attention on a set of edges.

    Parameters
    ----------
    edges : (N, N) bits: token i looks at key j.  All ones is dense attention.
    d : bits of q, k and v.
    tau, theta : the thresholds, tau in 1, ..., d and theta >= 1; a row of fewer than theta
        edges gives 0.
    """
    edges = check_integers(edges, "edges", (0, 1), ndim=2)
    if edges.shape[0] != edges.shape[1] or not edges.any(axis=1).all():
        raise ValueError(f"edges must be (N, N) with an edge in each row, got {edges.tolist()}")
    if not 1 <= tau <= d or theta < 1:
        raise ValueError(f"thresholds must be in 1..{d} and at least 1, got {tau} and {theta}")
    N = len(edges)
    net = Netlist(3 * N * d)
    q, k, v = np.arange(3 * N * d).reshape(3, N, d).tolist()
    outputs = []
    for i, row in enumerate(edges):
        keys = np.flatnonzero(row)
        attended = [_count_reaches(net, q[i], k[j], tau) for j in keys]
        for h in range(d):
            values = [v[j][h] for j in keys]
            outputs.append(_count_reaches(net, attended, values, theta))
    return AttentionNetlist(net, tuple(outputs), (N, d))


def _count_reaches(net, x, y, threshold):
    """[popcount(x AND y) >= threshold]."""
    if threshold > len(x):
        return net.gate("andnot", x[0], x[0])  # a constant 0
    products = [net.gate("and", a, b) for a, b in zip(x, y, strict=True)]
    return at_least(net, popcount(net, products), threshold)
