"""Joules of a layer: against hand calculation, against counts, and as symbols."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thermo.counting import KEEPABLE, counted_attention
from thermo.energy_model import (
    Precision,
    bitnet,
    dense_work,
    fp16,
    layer_energy,
    printed_ssa_work,
    sparse_work,
    total_energy,
)
from thermo.hardware import CMOS_7NM, CMOS_45NM, H100, PICO, scaling_exponent

EPS = np.finfo(float).eps


def test_definition_39():
    """Two MACs of 3 J and one of 5, ten words of 2 bits at 1/2 J a bit."""
    energy = total_energy([(2, 3), (1, 5)], [(10, 2)], dram_bit=Fraction(1, 2))
    assert (energy.compute, energy.memory, energy.total) == (11, 10, 21)
    assert total_energy([], [], dram_bit=1).total == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 6), st.integers(1, 4))
def test_counts_are_those_of_a_run(N, d):
    x, W = np.ones((N, d)), np.ones((4, d, d))
    run = counted_attention(x, W, on_chip=KEEPABLE, return_weights=True)
    work = dense_work(N, d)
    assert (work.macs, work.words) == (run.macs, run.words)
    mask = np.tri(N, dtype=bool)
    run = counted_attention(x, W, mask=mask, on_chip=KEEPABLE, return_weights=True)
    work = sparse_work(N, d, int(mask.sum()))
    assert (work.macs, work.words) == (run.macs, run.words)


def test_printed():
    """Proposition 42 at N = 9, d = 2, C = 5: 144 + 270 MACs, 16 + 36 + 135 words."""
    work = printed_ssa_work(3, 2, 5)
    assert (work.macs, work.words) == (144 + 270, 16 + 36 + 135)


def test_layer():
    """One token of width one at 45 nm: 4 + 2 MACs; 4 + 2 + 1 words."""
    work, dram = dense_work(1, 1), CMOS_45NM.dram_bit
    energy = layer_energy(work, fp16(CMOS_45NM), dram_bit=dram)
    assert energy.compute == 6 * Fraction("1.5") * PICO
    assert energy.memory == 7 * 16 * Fraction(1300, 64) * PICO
    ternary = layer_energy(work, bitnet(CMOS_45NM, density=Fraction(2, 3)), dram_bit=dram)
    assert ternary.compute == (4 * Fraction("0.02") + 2 * Fraction("0.23")) * PICO
    assert ternary.memory == (4 * Fraction("1.58") + 3 * 8) * Fraction(1300, 64) * PICO


def test_symbols():
    from sympy import expand, symbols

    N, d, e, w = symbols("N d e w", positive=True)
    dense = layer_energy(dense_work(N, d), Precision(e, e, w, w), dram_bit=1)
    printed = (4 * N * d**2 + 2 * N**2 * d) * e + (4 * d**2 + 2 * N * d + N**2) * w
    assert expand(dense.total - printed) == 0


def test_hardware():
    """Ma et al. (arXiv:2402.17764) print 71.4 for FP16 MACs over INT8 additions at 7 nm."""
    assert CMOS_7NM.mac("FP16") / CMOS_7NM.add["INT8"] == pytest.approx(71.4, abs=0.05)
    assert CMOS_45NM.mac("FP32") == Fraction("4.6") * PICO
    assert CMOS_45NM.dram_bit * 64 == Fraction("1.3e-9")
    assert float(H100.mac / PICO) == pytest.approx(1.415, abs=0.0005)
    with pytest.raises(TypeError):
        CMOS_45NM.add["INT8"] = 0


@pytest.mark.parametrize(
    ("small", "large", "bits", "gamma"), [(1, 16, (8, 32), 2), (3, 3, (1, 2), 0)]
)
def test_scaling_exponent(small, large, bits, gamma):
    assert scaling_exponent(small, large, bits=bits) == pytest.approx(gamma, abs=4 * EPS)


def test_bad_input():
    with pytest.raises(ValueError, match="operations must not be negative, got -1"):
        total_energy([(1, -1)], [], dram_bit=1)
    with pytest.raises(ValueError, match="traffic must not be negative, got -2"):
        total_energy([], [(-2, 1)], dram_bit=1)
    with pytest.raises(ValueError, match="density must be from 0 to 1, got 2"):
        bitnet(CMOS_45NM, density=2)
    with pytest.raises(ValueError, match="got -1"):
        bitnet(CMOS_45NM, density=-1)
    with pytest.raises(ValueError, match=r"form must be one of .*, got 'FP8'"):
        CMOS_45NM.mac("FP8")
    with pytest.raises(ValueError, match="energies must be positive, got 0 and 1"):
        scaling_exponent(0, 1, bits=(8, 32))
    with pytest.raises(ValueError, match="bits must be positive and increase"):
        scaling_exponent(1, 2, bits=(32, 8))
