r"""Product with ternary weights of two bits each: int8 activations in, exact int32 sums out.

Row i of the codes holds the weights of output i, four a byte, first weight in the lowest bits, as
t + 1 in {0, 1, 2}.  So

    y_bi = sum_j t_ij x_bj = sum_j code_ij x_bj - sum_j x_bj,

which needs no sign: a kernel shifts four planes of codes out of a vector of bytes, and plane k
meets x_k, x_{k+4}, x_{k+8}, ... in order.  A term is at most 3 * 128, and 2^22 of them fit 32 bits:
nothing rounds, nothing wraps.

A float32 matrix-vector product waits for its matrix, four bytes a weight; this one reads a
sixteenth of that and is bound by arithmetic.
"""

from __future__ import annotations

import numpy as np

from gpu.backend import require

PER_BYTE = 4
LONGEST = 2**22  # terms of at most 3 * 128 whose sum is below 2^31
_TILE = 256  # rows unpacked at a time by NumPy: a choice, 4 MB of integers at 4,096 columns


def ternary_product(codes, x, *, backend: str = "numpy") -> np.ndarray:
    """(batch, m) int32: sum_j t_ij x_bj, exact, the same on every backend.

    Parameters
    ----------
    codes : (m, ceil(d / 4)) uint8
        Weights t_ij + 1, two bits each; a row whose d is no multiple of 4 is filled up with t = 0.
    x : (batch, d) int8
    backend : "numpy", the plain reference, or "numba", which runs in parallel on the CPU.

    *Raises* ValueError for other types and shapes and for d > 2^22, `gpu.backend.MissingBackend`
    where Numba is not there.  Codes of 3 are not looked for: they count as t = 2.
    """
    codes, x = _checked(codes, x)
    if backend not in _PRODUCTS:
        raise ValueError(f"backend must be one of {sorted(_PRODUCTS)}, got {backend!r}")
    require(backend)
    filled = np.zeros((len(x), PER_BYTE * codes.shape[1]), np.int8)
    filled[:, : x.shape[1]] = x
    return _PRODUCTS[backend](codes, filled)


def _by_numpy(codes, x):
    """Codes unpacked, a tile of rows at a time, and multiplied as integers."""
    shifts = np.arange(0, 8, 2, dtype=np.uint8)
    out = np.empty((len(x), len(codes)), np.int32)
    for start in range(0, len(codes), _TILE):
        tile = codes[start : start + _TILE, :, None] >> shifts & np.uint8(3)
        trits = tile.reshape(len(tile), x.shape[1]).astype(np.int32) - 1
        out[:, start : start + _TILE] = x.astype(np.int32) @ trits.T
    return out


def _by_numba(codes, x):
    from gpu import _numba_ternary

    # Plane k: x_k, x_{k+4}, ...
    planes = x.reshape(len(x), codes.shape[1], PER_BYTE).transpose(0, 2, 1).astype(np.int16, "C")
    sums = x.sum(axis=1, dtype=np.int32)
    if len(x) == 1:
        return _numba_ternary.one(codes, planes[0], sums[0])[None, :]
    return _numba_ternary.many(codes, planes.reshape(x.shape), sums)


_PRODUCTS = {"numpy": _by_numpy, "numba": _by_numba}


def _checked(codes, x):
    codes, x = np.asarray(codes), np.asarray(x)
    if codes.ndim != 2 or codes.dtype != np.uint8:
        raise ValueError(f"codes must be uint8 with 2 axes, got {codes.dtype}, {codes.shape}")
    if x.ndim != 2 or x.dtype != np.int8:
        raise ValueError(f"x must be int8 with 2 axes, got {x.dtype}, {x.shape}")
    if x.shape[1] > LONGEST:
        raise ValueError(f"x must have at most {LONGEST} columns, got {x.shape[1]}")
    if codes.shape[1] != -(-x.shape[1] // PER_BYTE):
        raise ValueError(f"codes must have {PER_BYTE} columns of x a byte, got {codes.shape[1]}")
    return np.ascontiguousarray(codes), x
