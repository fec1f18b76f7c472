"""What sparse attention and ternary weights save: quotients of energies.

A quotient of sums (A + B) / (C + D) lies between A / C and B / D, and is their mean with the
weights C / (C + D) and D / (C + D); savings therefore neither add nor, in general, multiply.
Everything is exact for ints, Fractions and SymPy expressions, as in `thermo.energy_model`.

Reference: sequence paper, Theorems 43, 62 and 64.
"""

from dataclasses import dataclass
from typing import Any

from thermo.energy_model import (
    TERNARY_BITS,
    Energy,
    Precision,
    Work,
    dense_work,
    layer_energy,
    printed_ssa_work,
    sparse_work,
    total_energy,
)


@dataclass(frozen=True)
class Saving:
    """By what factor one energy exceeds another: in compute, in memory, and in all."""

    compute: Any
    memory: Any
    total: Any


def saving(full: Energy, reduced: Energy) -> Saving:
    """full / reduced, part by part and in all; no part of `reduced` may be 0."""
    return Saving(
        full.compute / reduced.compute, full.memory / reduced.memory, full.total / reduced.total
    )


@dataclass(frozen=True)
class WeightEnergies:
    """Of one weight that is read once and used several times."""

    full: Energy
    ternary: Energy

    @property
    def saving(self) -> Saving:
        return saving(self.full, self.ternary)


def weight_energies(multiply, add, *, dram_bit, density, uses) -> WeightEnergies:
    """In FP16 (a multiplication a use) and in ternary (`density` additions a use).

    Words of 16 and of 1.58 bits.  Sequence paper, Theorem 62.
    """
    full = total_energy([(uses, multiply)], [(1, 16)], dram_bit=dram_bit)
    ternary = total_energy([(uses * density, add)], [(1, TERNARY_BITS)], dram_bit=dram_bit)
    return WeightEnergies(full, ternary)


def flat_energy(work: Work, *, mac, word):
    """The energy of a layer at one price a MAC and one a word."""
    return layer_energy(work, Precision(mac, mac, 1, 1), dram_bit=word).total


def printed_ssa_saving(m, d, C, *, mac, word):
    """E_dense / E_SSA with the printed counts at N = m^2.  Sequence paper, Theorem 43."""
    dense = flat_energy(dense_work(m**2, d), mac=mac, word=word)
    return dense / flat_energy(printed_ssa_work(m, d, C), mac=mac, word=word)


@dataclass(frozen=True)
class LayerEnergies:
    """Of a layer at N = m^2: dense or on the N^(3/2) edges of m clusters, full or reduced."""

    dense_full: Any
    dense_reduced: Any
    sparse_full: Any
    sparse_reduced: Any

    @property
    def both(self):
        """Saved by sparsity and reduced precision together."""
        return self.dense_full / self.sparse_reduced

    @property
    def sparsity(self):
        """Saved by sparsity alone, at full precision."""
        return self.dense_full / self.sparse_full

    @property
    def precision(self):
        """Saved by reduced precision alone, in dense attention."""
        return self.dense_full / self.dense_reduced


def layer_energies(m, d, full: Precision, reduced: Precision, *, dram_bit) -> LayerEnergies:
    """The four energies whose quotients are the savings of the sequence paper's Theorem 64."""
    works = dense_work(m**2, d), sparse_work(m**2, d, m**3)
    found = [layer_energy(w, p, dram_bit=dram_bit).total for w in works for p in (full, reduced)]
    return LayerEnergies(*found)


def edge_energy(d, precision: Precision, *, dram_bit):
    """One edge of attention: its score, its share of the mix, its word."""
    return layer_energy(Work(0, 2 * d, 0, 0, 1), precision, dram_bit=dram_bit).total


def energy_without_edges(m, d, precision: Precision, *, dram_bit):
    """All of a layer but its attention, at N = m^2."""
    return layer_energy(sparse_work(m**2, d, 0), precision, dram_bit=dram_bit).total
