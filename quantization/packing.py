r"""Trits in bytes: five in base 3 (1.6 bits each), or four of two bits.

Five, because 3^5 = 243 <= 256: with log2 3 = 1.585 bits a trit the loss is 1 %.  A byte holds
sum_i (t_i + 1) b^i, first trit lowest, b = 3 or 4.  Trits are taken in C order whatever the
shape, and the last byte is filled up with trits 0; the shape is not stored.

What no packing can have written is refused on the way back: bytes 243 to 255 in base 3, the
code 3 in two bits, a filling that is not 0.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from quantization._checks import check_choice, check_integers
from quantization.ternary import TRITS


@dataclass(frozen=True)
class Layout:
    """How trits lie in a byte."""

    per_byte: int
    base: int

    @property
    def bits_per_trit(self) -> float:
        return 8 / self.per_byte


LAYOUTS = {"base3": Layout(per_byte=5, base=3), "2bit": Layout(per_byte=4, base=4)}


def pack_trits(T, *, layout: str = "base3"):
    """Bytes of the trits T, any shape: (ceil(T.size / 5),) uint8, or / 4 with layout "2bit"."""
    chosen = LAYOUTS[check_choice(layout, "layout", LAYOUTS)]
    digits = check_integers(T, "T", TRITS).ravel() + 1
    filling = np.ones(-digits.size % chosen.per_byte, dtype=np.int64)
    rows = np.concatenate([digits, filling]).reshape(-1, chosen.per_byte)
    return (rows @ _powers(chosen)).astype(np.uint8)


def unpack_trits(packed, shape, *, layout: str = "base3"):
    """The trits of that shape that `pack_trits` put into these bytes: int64.

    *Raises* ValueError for a wrong number of bytes, and for bytes that no packing writes.
    """
    chosen = LAYOUTS[check_choice(layout, "layout", LAYOUTS)]
    shape = (shape,) if isinstance(shape, (int, np.integer)) else tuple(shape)
    size = prod(shape)
    packed = _bytes(packed, -(-size // chosen.per_byte))
    digits = packed[:, None] // _powers(chosen) % chosen.base
    wrong = (packed >= chosen.base**chosen.per_byte) | (digits > 2).any(axis=1)
    if wrong.any():
        raise ValueError(f"packed must hold trits only, got the byte {packed[wrong][0]}")
    trits = digits.ravel() - 1
    if trits[size:].any():
        raise ValueError(f"packed must be filled up with trits 0, got {trits[size:]}")
    return trits[:size].reshape(shape)


def _powers(layout):
    return layout.base ** np.arange(layout.per_byte)


def _bytes(packed, expected):
    packed = np.asarray(packed)
    if packed.shape != (expected,) or packed.dtype != np.uint8:
        found = f"{packed.dtype} of shape {packed.shape}"
        raise ValueError(f"packed must be uint8 of shape ({expected},), got {found}")
    return packed.astype(np.int64)
