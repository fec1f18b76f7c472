"""Bytes and bandwidth of weights."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thermo.weight_traffic import GIGA, weight_bandwidth, weight_bytes


def test_known():
    """Seven billion parameters: 14 GB in FP16, 1.3825 GB at 1.58 bits, 1.4 at five trits a byte."""
    assert weight_bytes(7 * GIGA, 16) == 14 * GIGA
    assert weight_bytes(7 * GIGA, Fraction("1.58")) == Fraction("1.3825") * GIGA
    assert weight_bytes(7 * GIGA, Fraction(8, 5)) == Fraction("1.4") * GIGA
    assert weight_bandwidth(3, 16, tokens_per_second=10) == 480


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 10**12), st.integers(1, 10**4), st.fractions(1, 16))
def test_ratio_is_that_of_the_bits(parameters, f, bits):
    high = weight_bandwidth(parameters, 16, tokens_per_second=f)
    low = weight_bandwidth(parameters, bits, tokens_per_second=f)
    assert Fraction(high) / low == Fraction(16) / bits
    assert weight_bytes(parameters, 16) * 8 * f == high


@pytest.mark.parametrize("name", ["parameters", "bits", "tokens_per_second"])
def test_bad_input(name):
    arguments = {"parameters": 1, "bits": 1, "tokens_per_second": 1, name: 0}
    with pytest.raises(ValueError, match=f"{name} must be positive, got 0"):
        weight_bandwidth(**arguments)
    with pytest.raises(ValueError, match="bits must be positive, got -1"):
        weight_bytes(1, -1)
