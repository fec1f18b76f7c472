r"""Ternary weights kept in two bits, and the layer of BitNet b1.58 computed from them.

    Y = (X~ T) gamma Q_b / 127,    X~ int8,  T trits,  X~ T exact in int32,

with both scales applied at the end.  The same layer as `bitlinear`, from a sixteenth of the
memory of float32 weights.  The integer kernels are those of `gpu.ternary`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gpu.ternary import PER_BYTE
from gpu.ternary import ternary_product as _integer_product
from quantization._checks import check_integers, check_weights
from quantization.packing import pack_trits, unpack_trits
from quantization.ternary import TRITS, absmean, ternarize
from quantization.ternary_layer import activation_step, quantized_activations

_ACTIVATIONS = range(-128, 128)
_FILLING = {1: 0b010101, 2: 0b0101, 3: 0b01}  # what a last byte holds after 1, 2, 3 weights


@dataclass(frozen=True)
class PackedTernary:
    """gamma T for trits T (d, m): four to a byte, the d weights of an output side by side.

    *Raises* ValueError for bytes that no packing writes.
    """

    codes: np.ndarray  # (m, ceil(d / 4)) uint8, each row "2bit" of `quantization.packing`
    shape: tuple[int, int]  # (d, m)
    gamma: float

    def __post_init__(self):
        (d, m), codes = self.shape, self.codes
        expected = (m, -(-d // PER_BYTE))
        if codes.dtype != np.uint8 or codes.shape != expected:
            found = f"{codes.dtype} of shape {codes.shape}"
            raise ValueError(f"codes must be uint8 of shape {expected}, got {found}")
        if (codes & (codes >> 1) & 0b01010101).any():
            raise ValueError("codes must hold trits only, got the code 3")
        if d % PER_BYTE and (codes[:, -1] >> 2 * (d % PER_BYTE) != _FILLING[d % PER_BYTE]).any():
            raise ValueError("codes must be filled up with trits 0 at the end of each row")

    def trits(self) -> np.ndarray:
        """(d, m) int64 T."""
        d, m = self.shape
        shape = (m, PER_BYTE * self.codes.shape[1])
        return unpack_trits(self.codes.ravel(), shape, layout="2bit")[:, :d].T


def pack_ternary(T, *, gamma: float = 1.0) -> PackedTernary:
    """gamma T in two bits a weight, for trits T (d, m)."""
    T = check_integers(T, "T", TRITS, ndim=2)
    filling = np.zeros((T.shape[1], -T.shape[0] % PER_BYTE), np.int64)
    rows = np.hstack([T.T, filling])
    codes = pack_trits(rows, layout="2bit").reshape(len(rows), rows.shape[1] // PER_BYTE)
    return PackedTernary(codes, T.shape, gamma)


def pack_weights(W, *, eps=0) -> PackedTernary:
    """gamma Q(W) of float weights W (d, m), the quantizer of `ternarize`."""
    W = check_weights(W)
    if W.ndim != 2 or W.dtype == object:
        raise ValueError(f"W must be float64 with 2 axes, got {W.dtype}, {W.shape}")
    return pack_ternary(ternarize(W, eps=eps), gamma=float(absmean(W)))


def packed_product(packed: PackedTernary, x, *, backend: str = "numpy") -> np.ndarray:
    """T^T x for integers x (d,) or (d, batch) in -128 .. 127: (m,) or (m, batch) int32, exact.

    The numbers of `ternary_product`.  `backend`: "numpy", or "numba" (extra `numba`), parallel on
    the CPU.  *Raises* `gpu.backend.MissingBackend`, a ValueError, where it is not installed.
    """
    x = np.asarray(x)
    if x.ndim not in (1, 2) or len(x) != packed.shape[0]:
        raise ValueError(f"x must have {packed.shape[0]} rows like T, got shape {x.shape}")
    if x.dtype != np.int8:
        x = check_integers(x, "x", _ACTIVATIONS).astype(np.int8)
    tokens = x[None, :] if x.ndim == 1 else x.T
    y = _integer_product(packed.codes, tokens, backend=backend)
    return y[0] if x.ndim == 1 else y.T


def packed_bitlinear(
    X, packed: PackedTernary, *, per_token: bool = True, backend: str = "numpy"
) -> np.ndarray:
    """`bitlinear` of tokens X (n, d) from packed weights (d, m): (n, m) float64.

    The integers are exact, so it differs from `bitlinear(X, W)` by the rounding of two products.
    """
    X = check_weights(X, "X")
    if X.ndim != 2 or X.dtype == object or X.shape[1] != packed.shape[0]:
        want = f"(n, {packed.shape[0]})"
        raise ValueError(f"X must be float64 of shape {want}, got {X.dtype}, {X.shape}")
    integers = quantized_activations(X, per_token=per_token).T
    Y = packed_product(packed, integers, backend=backend).T
    return Y * (activation_step(X, per_token=per_token) * packed.gamma)
