"""Theorem 64, repaired: when the savings of sparsity and of ternary weights multiply.

With a, a' the energies of all but attention, c, c' those of an edge (FP16, BitNet), and d, s for
dense and sparse: E_s E'_d - E_d E'_s = (N^2 - |E|)(a c' - c a'), which is 0, so that the savings
multiply, iff a/a' = c/c'.  The saving is at most max(a/a', c/c' sqrt N), and c/c' lies between 2
(memory) and 6.5 (compute) at 45 nm; it is never 10.
"""

from spectral.balls import maximum
from thermo.savings import edge_energy, energy_without_edges
from verify import eq, ge, le
from verify.proofs.energy import expanded, two_mediants
from verify.sequence.theorem64 import BOTH, DRAM_BIT, layer, product_of_both


def rest(m, d):
    return (energy_without_edges(m, d, precision, dram_bit=DRAM_BIT) for precision in BOTH)


def edge(d):
    return (edge_energy(d, precision, dram_bit=DRAM_BIT) for precision in BOTH)


@product_of_both.amend(
    r"$E_s E'_d - E_d E'_s = (N^2 - |E|)(ac' - ca')$: they multiply iff a/a' = c/c'",
    equality=(1, 1),
    proofs=[expanded],
)
def cross_difference(m, d):
    return _cross_difference_is(m, d, m**4 - m**3)


@cross_difference.mutant("N^2 in place of N^2 - |E|")
def all_edges(m, d):
    return _cross_difference_is(m, d, m**4)


def _cross_difference_is(m, d, edges):
    of, (a, a_reduced), (c, c_reduced) = layer(m, d), rest(m, d), edge(d)
    joint = of.sparse_full * of.dense_reduced
    gain = a * c_reduced - c * a_reduced
    return eq(joint - of.dense_full * of.sparse_reduced, edges * gain, scale=joint)


@product_of_both.amend(
    r"at most $\max(a/a', (c/c')\sqrt N)$, and $2 \le c/c' \le 150/23$ at 45 nm",
    proofs=[two_mediants],
)
def larger_of_both(m, d):
    (a, a_reduced), (c, c_reduced) = rest(m, d), edge(d)
    range_of_edge = ge(c / c_reduced, 2) & le(23 * (c / c_reduced), 150)
    return le(layer(m, d).both, maximum(a / a_reduced, m * (c / c_reduced))) & range_of_edge


@larger_of_both.mutant("an edge gains 10, as in Theorem 62")
def ten_on_an_edge(m, d):
    full, reduced = edge(d)
    return ge(full, 10 * reduced)
