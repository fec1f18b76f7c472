"""The two kernels of `gpu.ternary` on the CPU: for one vector, and for several.

Both leave loops that LLVM vectorizes.  For one vector, codes are shifted out and multiplied in 16
bits.  Several share the codes of a row, unpacked once into a buffer of 16 bits that stays in the
first-level cache.
"""

import numpy as np
from numba import njit, prange, uint8

_ROWS = 16  # rows that share a buffer, by trial: 4 to 64 are alike
_3 = uint8(3)


@njit("int32[::1](uint8[:,::1], int8[:,::1], int32)", parallel=True)
def one(codes, planes, total):
    """(m,) int32 from codes (m, p), planes (4, p) and their sum."""
    m, p = codes.shape
    out = np.empty(m, np.int32)
    x0, x1, x2, x3 = planes[0], planes[1], planes[2], planes[3]
    for i in prange(m):
        row = codes[i]
        y = np.int32(0)
        for j in range(p):
            c = row[j]
            # The casts hold Numba to 16 bits, where it would take 64.
            s = np.int16(np.int16(c & _3) * np.int16(x0[j]))
            s = np.int16(s + np.int16(np.int16((c >> uint8(2)) & _3) * np.int16(x1[j])))
            s = np.int16(s + np.int16(np.int16((c >> uint8(4)) & _3) * np.int16(x2[j])))
            s = np.int16(s + np.int16(np.int16(c >> uint8(6)) * np.int16(x3[j])))
            y += np.int32(s)
        out[i] = y - total
    return out


@njit("int32[:,::1](uint8[:,::1], int16[:,::1], int32[::1])", parallel=True)
def many(codes, planes, totals):
    """(batch, m) int32 from codes (m, p), planes (batch, 4 p), one after another, and sums."""
    m, p = codes.shape
    out = np.empty((len(planes), m), np.int32)
    for block in prange((m + _ROWS - 1) // _ROWS):
        row = np.empty(4 * p, np.int16)
        for i in range(block * _ROWS, min(m, (block + 1) * _ROWS)):
            for j in range(p):
                c = codes[i, j]
                row[j] = np.int16(c & _3)
                row[p + j] = np.int16((c >> uint8(2)) & _3)
                row[2 * p + j] = np.int16((c >> uint8(4)) & _3)
                row[3 * p + j] = np.int16(c >> uint8(6))
            for b in range(len(planes)):
                x = planes[b]
                y = np.int32(0)
                for j in range(4 * p):
                    y += np.int32(np.int32(row[j]) * np.int32(x[j]))
                out[b, i] = y - totals[b]
    return out
