"""The keys of the largest scores on an NVIDIA GPU, by Numba: all scores of some queries, then a
selection by digits, a block a query.

Scores become integers of the same order; from the highest byte down, a histogram of those that
still share the bytes found says which byte the k-th largest has (radix selection: Alabi et al.
2012).  Keys above it are taken, and of those equal to it as many as are missing: any of them.
Run so far in Numba's simulator only, and compiled to PTX for sm_90; not yet run on a device.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numba import cuda, int32, int64

from gpu._cuda import SIMULATED, THREADS, like_input, number, on_device, smaller
from gpu._tiles import tiles

_SIDE = 4 if SIMULATED else 16  # of a tile of scores
_PADDED = _SIDE + 1  # so that the numbers of a column are in different banks
_SCORES = 2**26  # numbers of scores on the device at once: 256 MB in float32


def selection(q, k, wanted):
    """(N, budget) ranks of the keys chosen, -1 where there are no more; `wanted` of selection."""
    N, m, dtype = q.shape[0], k.shape[0], np.dtype(q.dtype)
    ranks = cuda.to_device(np.full((N, wanted.budget), -1, np.int32))
    if m:
        limits = on_device(np.stack([wanted.low, wanted.high, wanted.last], axis=1), np.int64)
        q, k = on_device(q), on_device(k)
        height = max(min(_SCORES // m, N), 1)
        bits = cuda.device_array((height, m), f"int{8 * dtype.itemsize}")
        for t in tiles(N, height):
            grid = (-(-m // _SIDE), -(-(t.stop - t.start) // _SIDE))
            _scores(dtype)[grid, (_SIDE, _SIDE)](
                q[t], k, limits[t], wanted.anchors, bits.view(dtype)
            )
            _largest(dtype.itemsize)[t.stop - t.start, THREADS](bits, limits[t], ranks[t])
    return like_input(ranks, q)


@cache
def _scores(dtype):
    real = number(dtype)

    @cuda.jit
    def kernel(q, k, limits, anchors, out):
        queries = cuda.shared.array((_SIDE, _SIDE), real)
        keys = cuda.shared.array((_SIDE, _PADDED), real)
        x, y = cuda.threadIdx.x, cuda.threadIdx.y
        j, i = cuda.grid(2)
        first = cuda.blockIdx.x * _SIDE
        score = real(0)
        for start in range(0, q.shape[1], _SIDE):
            c = start + x
            queries[y, x] = q[i, c] if i < q.shape[0] and c < q.shape[1] else real(0)
            keys[y, x] = k[first + y, c] if first + y < k.shape[0] and c < q.shape[1] else real(0)
            cuda.syncthreads()
            for c in range(_SIDE):
                score += queries[y, c] * keys[x, c]
            cuda.syncthreads()
        if i < q.shape[0] and j < k.shape[0]:
            if j < anchors or (limits[i, 0] <= j and j < limits[i, 1]):
                score = real(math.inf)
            out[i, j] = score

    return kernel


@cuda.jit(device=True)
def _ordered(bits, most):
    """Bits of a float as an integer that grows with it: those of a negative one, but the sign,
    turned; `most` is all bits but the sign."""
    return int64(bits) if bits >= 0 else int64(bits) ^ int64(most)


@cache
def _largest(size: int):
    width, most = 8 * size, 2 ** (8 * size - 1) - 1

    @cuda.jit
    def kernel(bits, limits, ranks):
        counts = cuda.shared.array(256, int32)
        found = cuda.shared.array(2, int64)  # the bytes so far; how many are missing below them
        taken = cuda.shared.array(2, int32)  # in all; of those equal to the k-th
        thread, i = cuda.threadIdx.x, cuda.blockIdx.x
        last = limits[i, 2]
        if thread == 0:
            found[0], found[1] = 0, smaller(ranks.shape[1], last)
            taken[0], taken[1] = 0, 0
        for shift in range(width - 8, -1, -8):
            for c in range(thread, 256, THREADS):
                counts[c] = 0
            cuda.syncthreads()
            for j in range(thread, last, THREADS):
                value = _ordered(bits[i, j], most) >> int64(shift)
                if shift == width - 8:
                    cuda.atomic.add(counts, value + 128, 1)
                elif value >> int64(8) == found[0]:
                    cuda.atomic.add(counts, value & int64(255), 1)
            cuda.syncthreads()
            if thread == 0 and found[1] > 0:
                byte = 255
                while counts[byte] < found[1]:
                    found[1] -= counts[byte]
                    byte -= 1
                if shift == width - 8:
                    found[0] = byte - 128
                else:
                    found[0] = found[0] * 256 + byte
            cuda.syncthreads()
        for j in range(thread, last, THREADS):
            value = _ordered(bits[i, j], most)
            wanted = value > found[0]
            if value == found[0]:
                wanted = cuda.atomic.add(taken, 1, 1) < found[1]
            if wanted:
                ranks[i, cuda.atomic.add(taken, 0, 1)] = j

    return kernel
