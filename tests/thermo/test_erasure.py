"""Bits that maps lose."""

from fractions import Fraction
from itertools import product
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball
from thermo.erasure import erased_bits, is_one_to_one

EPS = np.finfo(float).eps
BITS = list(product((0, 1), repeat=2))
tables = st.lists(st.integers(0, 4), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("function", "lost"),
    [
        (lambda x: x, 0),
        (lambda x: 0, 2),
        (lambda x: x[0] ^ x[1], 1),
        (lambda x: x[0] & x[1], 3 / 4 * log2(3)),
        (lambda x: (x[1], x[0] ^ x[1]), 0),
    ],
    ids=["identity", "constant", "xor", "and", "controlled not"],
)
def test_known(function, lost):
    assert erased_bits(function, BITS) == pytest.approx(lost, abs=8 * EPS)
    assert is_one_to_one(function, BITS) == (lost == 0)


@settings(max_examples=40, deadline=None)
@given(tables, st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_properties(table, g):
    """Keeping the argument loses nothing; g after f loses no less than f; never over log2 n."""
    inputs = range(len(table))
    lost = erased_bits(table.__getitem__, inputs)
    assert erased_bits(lambda x: (x, table[x]), inputs) == 0
    slack = 8 * EPS * 12
    assert -slack <= lost <= log2(len(table)) + slack
    assert erased_bits(lambda x: g[table[x]], inputs) >= lost - slack
    assert is_one_to_one(table.__getitem__, inputs) == (lost == 0)


def test_arithmetics():
    assert erased_bits(lambda x: 0, range(8), like=Fraction(1)) == 3
    ball = erased_bits(lambda x: 0, range(3), like=Ball(1))
    assert isinstance(ball, Ball)
    assert ball.mid == pytest.approx(log2(3), rel=4 * EPS)
    with pytest.raises(TypeError):
        erased_bits(lambda x: 0, range(3), like=Fraction(1))
    assert erased_bits(lambda x: x, ["only"]) == 0


def test_bad_input():
    with pytest.raises(ValueError, match="inputs must be nonempty"):
        erased_bits(lambda x: x, [])
