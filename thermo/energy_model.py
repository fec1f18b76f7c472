r"""The energy of a layer of attention: operations and words, times what each costs.

    E = sum over operations of N_op e_op  +  sum over memory of V b e_DRAM                 (*)

`Work` holds the counts of a layer by kind, because kinds differ in price once weights are
ternary: the projections (*linear*) multiply by weights, the scores and the mixing (*attention*)
multiply two activations.  Counts and prices may be ints, Fractions or SymPy expressions; nothing
here rounds.  That counts of `dense_work` and `sparse_work` are right is shown by running the
algorithm (`thermo.counting`); `printed_ssa_work` is the sequence paper's own formula.

Reference: sequence paper, Definition 39, Propositions 41 and 42, Theorem 62.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from thermo.hardware import Process

TERNARY_BITS = Fraction("1.58")  # as printed; log2 3 = 1.58496...


@dataclass(frozen=True)
class Energy:
    """Joules, if the prices are."""

    compute: Any
    memory: Any

    @property
    def total(self):
        return self.compute + self.memory


@dataclass(frozen=True)
class Work:
    """MACs and words of a layer, by kind."""

    linear_macs: Any
    attention_macs: Any
    weight_words: Any
    token_words: Any
    attention_words: Any

    @property
    def macs(self):
        return self.linear_macs + self.attention_macs

    @property
    def words(self):
        return self.weight_words + self.token_words + self.attention_words


@dataclass(frozen=True)
class Precision:
    """What a MAC of each kind costs, and how many bits a word has."""

    linear_mac: Any
    attention_mac: Any
    weight_bits: Any
    activation_bits: Any


def total_energy(operations: Iterable[tuple], traffic: Iterable[tuple], *, dram_bit) -> Energy:
    """The energy (*), for pairs (count, energy of one) and pairs (words, bits of one)."""
    operations, traffic = list(operations), list(traffic)
    for name, pairs in {"operations": operations, "traffic": traffic}.items():
        negative = [x for pair in pairs for x in pair if (x < 0) in (True,)]
        if negative:
            raise ValueError(f"{name} must not be negative, got {negative[0]}")
    compute = sum(count * each for count, each in operations)
    return Energy(compute, sum(words * bits for words, bits in traffic) * dram_bit)


def layer_energy(work: Work, precision: Precision, *, dram_bit) -> Energy:
    """The energy (*) of a layer at a precision."""
    activations = work.token_words + work.attention_words
    return total_energy(
        [
            (work.linear_macs, precision.linear_mac),
            (work.attention_macs, precision.attention_mac),
        ],
        [(work.weight_words, precision.weight_bits), (activations, precision.activation_bits)],
        dram_bit=dram_bit,
    )


def dense_work(N, d) -> Work:
    """Dense attention: 4 N d^2 + 2 N^2 d MACs; 4 d^2 + 2 N d + N^2 words.  Proposition 41.

    The words are those of weights, x and y, and of an attention matrix that is an output.
    """
    return sparse_work(N, d, N**2)


def sparse_work(N, d, edges) -> Work:
    """Attention on some edges: 4 N d^2 + 2 edges d MACs; 4 d^2 + 2 N d + edges words."""
    return Work(4 * N * d**2, 2 * edges * d, 4 * d**2, 2 * N * d, edges)


def printed_ssa_work(m, d, C) -> Work:
    """The printed counts at N = m^2: 4 N d^2 + C N^(3/2) d MACs, 4 d^2 + 2 N d + C N^(3/2) words.

    One C in both, as in Proposition 42; with m = sqrt(N) they are exact for integers.
    """
    N, edges = m**2, C * m**3
    return Work(4 * N * d**2, edges * d, 4 * d**2, 2 * N * d, edges)


def fp16(process: Process) -> Precision:
    """FP16 throughout."""
    mac = process.mac("FP16")
    return Precision(mac, mac, 16, 16)


def bitnet(process: Process, *, density, weight_bits=TERNARY_BITS) -> Precision:
    """Ternary weights and 8-bit activations: `density` additions a weight, INT8 MACs in attention.

    Additions are priced at 8 bits, in favour of the quantizer: a sum of d of them needs
    8 + log2(d) bits.  Sequence paper, Definition 57.
    """
    if (density < 0) in (True,) or (density > 1) in (True,):
        raise ValueError(f"density must be from 0 to 1, got {density}")
    return Precision(density * process.add["INT8"], process.mac("INT8"), weight_bits, 8)
