"""Quotients of energies: known numbers, and where a quotient of sums lies."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thermo.energy_model import Energy, Precision, bitnet, dense_work, fp16
from thermo.hardware import CMOS_45NM
from thermo.savings import (
    edge_energy,
    energy_without_edges,
    flat_energy,
    layer_energies,
    printed_ssa_saving,
    saving,
    weight_energies,
)

FP16, BITNET = fp16(CMOS_45NM), bitnet(CMOS_45NM, density=Fraction(2, 3))
POSITIVE = st.fractions(min_value=Fraction(1, 8), max_value=64, max_denominator=64)


def test_parts_and_total():
    found = saving(Energy(6, 1), Energy(2, 2))
    assert (found.compute, found.memory, found.total) == (3, Fraction(1, 2), Fraction(7, 4))


def test_a_weight_by_hand():
    """Two uses at 3, words at 1/16 a bit, against half an addition a use at 1."""
    both = weight_energies(3, 1, dram_bit=Fraction(1, 16), density=Fraction(1, 2), uses=2)
    assert (both.full.compute, both.full.memory) == (6, 1)
    assert (both.ternary.compute, both.ternary.memory) == (1, Fraction("1.58") / 16)
    assert both.saving.total == 7 / (1 + Fraction("1.58") / 16)


def test_a_negative_price_is_refused():
    with pytest.raises(ValueError, match="operations must not be negative, got -1"):
        weight_energies(-1, 1, dram_bit=1, density=1, uses=1)


def test_one_token_of_width_one():
    """4 + 2 MACs and 4 + 2 + 1 words, dense; 4 + C and 4 + 2 + C as printed for SSA."""
    assert printed_ssa_saving(1, 1, 2, mac=1, word=0) == 1
    assert printed_ssa_saving(1, 1, 1, mac=Fraction(1), word=0) == Fraction(6, 5)
    assert printed_ssa_saving(1, 1, 2, mac=0, word=Fraction(1)) == Fraction(7, 8)


@pytest.mark.parametrize(("d", "expected"), [(64, 65), (4096, 48)])
def test_both_savings_at_45_nm(d, expected):
    """Docstring of `verify.sequence.theorem64`."""
    found = layer_energies(64, d, FP16, BITNET, dram_bit=CMOS_45NM.dram_bit)
    assert round(float(found.both)) == expected


@settings(max_examples=30)
@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_between_the_two_quotients(a, b, c, d):
    found = saving(Energy(a, b), Energy(c, d))
    assert min(found.compute, found.memory) <= found.total <= max(found.compute, found.memory)


@settings(max_examples=20)
@given(st.integers(1, 9), st.integers(1, 9), POSITIVE, POSITIVE)
def test_a_layer_is_its_edges_and_the_rest(m, d, mac, word):
    precision, wide = Precision(mac, mac, 1, 1), Precision(2 * mac, 2 * mac, 2, 2)
    found = layer_energies(m, d, wide, precision, dram_bit=word)
    rest = energy_without_edges(m, d, precision, dram_bit=word)
    edge = edge_energy(d, precision, dram_bit=word)
    assert found.dense_reduced == rest + m**4 * edge
    assert found.sparse_reduced == rest + m**3 * edge
    assert found.precision == 2
    assert found.both == 2 * found.sparsity


@settings(max_examples=20)
@given(st.integers(1, 9), st.integers(1, 9), POSITIVE, POSITIVE)
def test_one_precision_for_all_is_a_flat_price(m, d, mac, word):
    flat = Precision(mac, mac, 1, 1)
    found = layer_energies(m, d, flat, flat, dram_bit=word)
    assert found.dense_full == flat_energy(dense_work(m**2, d), mac=mac, word=word)
    assert found.precision == 1
