"""Dense attention on an NVIDIA GPU, by Numba: keys and values pass through shared memory in tiles.

A thread has a query, its running maximum, sum and output in registers; a block of them reads each
tile of keys once.  Products are those of the ordinary cores, not of the tensor cores.
Run so far in Numba's simulator only, against the definition, and compiled to PTX for sm_90: all is
in registers.  Not yet run on a device.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numba import cuda

from gpu._cuda import THREADS, like_input, number, on_device, rows_that_fit, smaller


def attention(q, k, v, last, scale):
    """(N, dv) attention of N queries over the first last[i] keys each (`last` ascends)."""
    out = cuda.device_array((q.shape[0], v.shape[1]), q.dtype)
    blocks = -(-q.shape[0] // THREADS)
    kernel = _kernel(q.shape[1], v.shape[1], np.dtype(q.dtype))
    arrays = (on_device(q), on_device(k), on_device(v), on_device(last, np.int64))
    kernel[blocks, THREADS](*arrays, q.dtype.type(scale), out)
    return like_input(out, q)


@cache
def _kernel(d: int, dv: int, dtype):
    real = number(dtype)
    rows = rows_that_fit(d + dv, dtype)

    @cuda.jit
    def kernel(q, k, v, last, scale, out):
        keys = cuda.shared.array((rows, d), real)
        values = cuda.shared.array((rows, dv), real)
        query = cuda.local.array(d, real)
        sums = cuda.local.array(dv, real)
        thread, i = cuda.threadIdx.x, cuda.grid(1)
        seen = last[i] if i < q.shape[0] else 0
        for c in range(d):
            query[c] = q[i, c] * scale if i < q.shape[0] else real(0)
        for c in range(dv):
            sums[c] = 0
        peak, total = real(-math.inf), real(0)
        longest = last[smaller((cuda.blockIdx.x + 1) * THREADS, q.shape[0]) - 1]
        for start in range(0, longest, rows):
            for e in range(thread, smaller(rows, longest - start) * d, THREADS):
                keys[e // d, e % d] = k[start + e // d, e % d]
            for e in range(thread, smaller(rows, longest - start) * dv, THREADS):
                values[e // dv, e % dv] = v[start + e // dv, e % dv]
            cuda.syncthreads()
            for j in range(smaller(rows, seen - start)):
                score = real(0)
                for c in range(d):
                    score += query[c] * keys[j, c]
                if score > peak:  # seldom after the first tiles
                    fade = math.exp(peak - score)
                    total *= fade
                    for c in range(dv):
                        sums[c] *= fade
                    peak = score
                weight = math.exp(score - peak)
                total += weight
                for c in range(dv):
                    sums[c] += weight * values[j, c]
            cuda.syncthreads()
        if i < q.shape[0]:
            for c in range(dv):
                out[i, c] = sums[c] / total if total > 0 else real(0)

    return kernel
