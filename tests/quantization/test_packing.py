"""Packing is a bijection onto the bytes it writes, and refuses all others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from quantization.packing import LAYOUTS, pack_trits, unpack_trits

few = settings(max_examples=60, deadline=None)
trits = arrays(
    np.int8, array_shapes(min_dims=1, max_dims=3, min_side=0), elements=st.integers(-1, 1)
)


@few
@given(trits, st.sampled_from(sorted(LAYOUTS)))
def test_round_trip(T, layout):
    packed = pack_trits(T, layout=layout)
    per_byte = LAYOUTS[layout].per_byte
    assert packed.dtype == np.uint8
    assert packed.shape == (-(-T.size // per_byte),)
    back = unpack_trits(packed, T.shape, layout=layout)
    assert back.dtype == np.int64
    np.testing.assert_array_equal(back, T)


def test_every_byte():
    """All 256 bytes: 243 are five trits, and come back; 13 are refused."""
    for byte in range(256):
        packed = np.array([byte], dtype=np.uint8)
        if byte < 243:
            np.testing.assert_array_equal(pack_trits(unpack_trits(packed, 5)), packed)
        else:
            with pytest.raises(
                ValueError, match=f"packed must hold trits only, got the byte {byte}"
            ):
                unpack_trits(packed, 5)


def test_known():
    np.testing.assert_array_equal(pack_trits([-1, -1, -1, -1, -1]), [0])
    np.testing.assert_array_equal(pack_trits([1, 1, 1, 1, 1]), [242])
    np.testing.assert_array_equal(pack_trits([1]), [2 + 3 + 9 + 27 + 81])  # filled up with zeros
    np.testing.assert_array_equal(pack_trits([1, 0, -1, 0], layout="2bit"), [2 + 4 + 0 + 64])
    assert pack_trits(np.zeros((0, 3))).shape == (0,)
    assert (LAYOUTS["base3"].bits_per_trit, LAYOUTS["2bit"].bits_per_trit) == (1.6, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pack_trits([2]), "T must have entries in .* got .*2"),
        (lambda: pack_trits([0], layout="3bit"), r"layout must be one of \['2bit', 'base3'\]"),
        (lambda: unpack_trits(np.array([0]), 5), "packed must be uint8 .* got int64"),
        (lambda: unpack_trits(np.array([0], np.uint8), 6), r"packed must be .*\(2,\), got"),
        (lambda: unpack_trits(np.array([0], np.uint8), 4), "packed must be filled up with trits 0"),
        (lambda: unpack_trits(np.array([3], np.uint8), 4, layout="2bit"), "got the byte 3"),
        (lambda: unpack_trits(np.array([192], np.uint8), 4, layout="2bit"), "got the byte 192"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
