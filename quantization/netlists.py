r"""Netlists: gates of two inputs (AND, OR, XOR, AND-NOT), counted and simulated.

A wire is an integer; a number is a list of wires, the lowest bit first.  The builders of
`quantization.adders` and `quantization.multipliers` take a netlist and wires, add gates, and return
wires; then `size` is the number of gates, `depth` the longest way, and `simulate` says what it
computes.
"""

from dataclasses import dataclass, field

import numpy as np

from quantization._checks import check_choice, check_integers

GATES_OF_TWO = {
    "and": np.logical_and,
    "or": np.logical_or,
    "xor": np.logical_xor,
    "andnot": lambda a, b: a & ~b,
}


@dataclass(eq=False)
class Netlist:
    """Gates over `inputs` input wires, which are 0, ..., inputs - 1."""

    inputs: int
    gates: list[tuple[str, int, int]] = field(default_factory=list)
    levels: list[int] = field(init=False)  # of each wire: gates on the longest way to it

    def __post_init__(self):
        self.levels = [0] * self.inputs

    @property
    def size(self) -> int:
        return len(self.gates)

    def gate(self, kind: str, a: int, b: int) -> int:
        """Add a gate on wires a and b; its wire."""
        check_choice(kind, "kind", GATES_OF_TWO)
        wires = len(self.levels)
        if not (0 <= a < wires and 0 <= b < wires):
            raise ValueError(f"a and b must be wires below {wires}, got {a} and {b}")
        self.gates.append((kind, a, b))
        self.levels.append(1 + max(self.levels[a], self.levels[b]))
        return wires

    def depth(self, wires) -> int:
        """The most gates on a way to one of the wires."""
        return max((self.levels[w] for w in wires), default=0)

    def simulate(self, bits, wires):
        """The bits on these wires for input bits (cases, inputs): (cases, len(wires))."""
        bits = check_integers(bits, "bits", (0, 1), ndim=2)
        if bits.shape[1] != self.inputs:
            raise ValueError(f"bits must be (cases, {self.inputs}), got shape {bits.shape}")
        values = list(bits.T.astype(bool))
        for kind, a, b in self.gates:
            values.append(GATES_OF_TWO[kind](values[a], values[b]))
        return np.stack([values[w] for w in wires], axis=1).astype(np.int64)


def to_bits(numbers, width: int):
    """Numbers >= 0 as bits (..., width), the lowest first."""
    return np.asarray(numbers)[..., None] >> np.arange(width) & 1


def from_bits(bits):
    """The numbers of bits (..., width)."""
    return bits @ (1 << np.arange(bits.shape[-1]))
