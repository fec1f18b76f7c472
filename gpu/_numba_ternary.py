"""The two kernels of `gpu.ternary` on the CPU: for one vector, and for several.

Both leave loops that LLVM vectorizes to products of 16 bits added in pairs (pmaddwd).  For one
vector, codes are shifted out on the way.  Several vectors share the codes of a row, unpacked once
into a buffer that stays in the first-level cache.  The casts hold Numba to 16 and 32 bits, where it
would take 64.
"""

import numpy as np
from numba import int16, int32, njit, prange

_ROWS = 16  # rows that share a buffer, by choice: 64 KB of codes at 16,384 columns


@njit("int32[::1](uint8[:,::1], int16[:,::1], int32)", parallel=True)
def one(codes, planes, total):
    """(m,) int32 from codes (m, p), planes (4, p) and their sum."""
    m, p = codes.shape
    out = np.empty(m, np.int32)
    x0, x1, x2, x3 = planes[0], planes[1], planes[2], planes[3]
    for i in prange(m):
        row = codes[i]
        y = int32(0)
        for j in range(p):
            c = int16(row[j])
            y += int32(int32(int16(c & int16(3))) * int32(x0[j]))
            y += int32(int32(int16(int16(c >> int16(2)) & int16(3))) * int32(x1[j]))
            y += int32(int32(int16(int16(c >> int16(4)) & int16(3))) * int32(x2[j]))
            y += int32(int32(int16(c >> int16(6))) * int32(x3[j]))
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
                c = int16(codes[i, j])
                row[j] = c & int16(3)
                row[p + j] = int16(c >> int16(2)) & int16(3)
                row[2 * p + j] = int16(c >> int16(4)) & int16(3)
                row[3 * p + j] = c >> int16(6)
            for b in range(len(planes)):
                x = planes[b]
                y = int32(0)
                for j in range(4 * p):
                    y += int32(int32(row[j]) * int32(x[j]))
                out[b, i] = y - totals[b]
    return out
