"""Attention over lists of keys on an NVIDIA GPU, by Numba: a block a query.

The keys of a list pass through shared memory, `rows` at a time, read along their width, so that
the reads of a warp are of one row.  Run so far in Numba's simulator only, and compiled to PTX for
sm_90; not yet run on a device.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numba import cuda, float32

from gpu._cuda import (
    THREADS,
    larger,
    like_input,
    number,
    on_device,
    rows_that_fit,
    same,
    smaller,
    widened,
)


def attention(q, k, v, indptr, indices, scale):
    """(N, dv) attention of query i over the keys indices[indptr[i]:indptr[i + 1]].

    q, k, v in float32, float64, or the bits of bfloat16 as int16; then the output is float32.
    """
    halves = q.dtype == np.int16
    dtype = np.dtype(np.float32 if halves else q.dtype)
    out = cuda.device_array((q.shape[0], v.shape[1]), dtype)
    arrays = (on_device(q), on_device(k), on_device(v))
    lists = (on_device(indptr, np.int64), on_device(indices, np.int32))
    kernel = _kernel(q.shape[1], v.shape[1], dtype, halves)
    kernel[q.shape[0], THREADS](*arrays, *lists, dtype.type(scale), out)
    return like_input(out, q)


@cache
def _kernel(d: int, dv: int, dtype, halves: bool):
    real = float32 if halves else number(dtype)
    read = widened if halves else same
    padded = d + 1  # so that the numbers of a column are in different banks
    rows = rows_that_fit(padded, dtype)
    owned = -(-dv // THREADS)  # columns of the output a thread sums

    @cuda.jit
    def kernel(q, k, v, indptr, indices, scale, out):
        keys = cuda.shared.array((rows, padded), real)
        query = cuda.shared.array(d, real)
        weights = cuda.shared.array(rows, real)
        sums = cuda.local.array(owned, real)
        thread, i = cuda.threadIdx.x, cuda.blockIdx.x
        for c in range(thread, d, THREADS):
            query[c] = read(q[i, c]) * scale
        for c in range(owned):
            sums[c] = 0
        peak, total = real(-math.inf), real(0)
        for start in range(indptr[i], indptr[i + 1], rows):
            n = smaller(rows, indptr[i + 1] - start)
            for e in range(thread, n * d, THREADS):
                keys[e // d, e % d] = read(k[indices[start + e // d], e % d])
            cuda.syncthreads()
            if thread < n:
                score = real(0)
                for c in range(d):
                    score += query[c] * keys[thread, c]
                weights[thread] = score
            cuda.syncthreads()
            higher = peak
            for j in range(n):
                higher = larger(higher, weights[j])
            cuda.syncthreads()
            if thread < n:
                weights[thread] = math.exp(weights[thread] - higher)
            cuda.syncthreads()
            fade = math.exp(peak - higher)
            peak = higher
            total *= fade
            for j in range(n):
                total += weights[j]
            for c in range(thread, dv, THREADS):
                part = real(0)
                for j in range(n):
                    part += weights[j] * read(v[indices[start + j], c])
                sums[c // THREADS] = sums[c // THREADS] * fade + part
            cuda.syncthreads()
        for c in range(thread, dv, THREADS):
            out[i, c] = sums[c // THREADS] / total if total > 0 else real(0)

    return kernel
