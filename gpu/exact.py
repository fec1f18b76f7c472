r"""Attention, exactly, in tiles: no array of N x M is ever made.

The `cupy` backend is the lines of the `numpy` one on CuPy arrays: run on NumPy, on no device yet.
"""

from __future__ import annotations

import numpy as np

from gpu._heads import namespace, per_head
from gpu._tiles import over_tiles, tiles
from gpu._visible import Visible, visible
from gpu.attended import Attended
from gpu.patterns import FullPattern

# By trial: a float32 tile of scores is 512 KB on the CPU, a second-level cache.
_CPU_TILE = (256, 512)
_GPU_TILE = (4096, 4096)  # not yet tried on a device


@per_head("numpy", "numba", "cuda", "cupy")
def dense(q, k, v, *, causal, scale, keys, backend) -> Attended:
    r"""Attended: softmax(scale q k^T) v, exactly, with O(N tile) memory; shapes of `reference`.

    Of each tile of scores only three numbers a query are kept, so that the tile can be forgotten:

        m' = max(m, max_j s_j),   l' = l e^(m - m') + sum_j e^(s_j - m'),
        o' = o e^(m - m') + sum_j e^(s_j - m') v_j,               and o / l at the end.

    The relative error of a weight is about eps (d + |s|), from the scores; float32 stays float32.
    *Cost*: one score a query and key that may be seen; whole tiles after the last are left out.

    Running softmax: Milakov and Gimelshein (2018), Algorithm 3; in tiles of keys with the product
    by v: Rabe and Staats (2021), Algorithm of section 3; Dao et al. (2022), Algorithm 1.
    """
    seen = visible(q, k, v, causal, keys)
    pattern = FullPattern((len(q), len(k)), causal, keys)
    output = _KERNELS[backend](q, seen, scale)
    return Attended(output, pattern.count(), pattern, backend)


def average(q, k, v, scale: float):
    """(N, dv) of all queries over all keys, for arrays that were checked before."""
    return _in_tiles(q, visible(q, k, v, False, None), scale)


def _in_tiles(q, seen: Visible, scale: float):
    """The products by BLAS: on the CPU each thread takes tiles of queries, on a GPU one does."""
    xp = namespace(q)
    output = xp.zeros((len(q), seen.v.shape[1]), q.dtype)

    def attend(rows):
        output[rows] = _rows(xp, q[rows] * q.dtype.type(scale), seen, seen.last[rows])

    if xp is np:
        over_tiles(attend, tiles(len(q), _CPU_TILE[0]))
    else:
        for rows in tiles(len(q), _GPU_TILE[0]):
            attend(rows)
    return output


def _rows(xp, q, seen: Visible, last):
    """(n, dv) output of a tile of queries, q scaled already, by the running maximum."""
    total, out = xp.zeros((len(q), 1), q.dtype), xp.zeros((len(q), seen.v.shape[1]), q.dtype)
    peak = xp.full((len(q), 1), xp.finfo(q.dtype).min, q.dtype)
    for J in tiles(int(last[-1]), _CPU_TILE[1] if xp is np else _GPU_TILE[1]):
        S = q @ seen.k[J].T
        if J.stop > last[0]:
            S[xp.arange(J.start, J.stop) >= xp.asarray(last)[:, None]] = -np.inf
        higher = xp.maximum(peak, S.max(axis=1, keepdims=True))
        S -= higher
        xp.exp(S, out=S)
        fade, peak = xp.exp(peak - higher), higher
        total = total * fade + S.sum(axis=1, keepdims=True)
        out = out * fade + S @ seen.v[J]
    return out / xp.where(total == 0, 1, total)


def _numba(q, seen: Visible, scale: float):
    from gpu._numba_dense import attention

    return attention(q, seen.k, seen.v, seen.last, scale)


def _cuda(q, seen: Visible, scale: float):
    from gpu._cuda_dense import attention

    return attention(q, seen.k, seen.v, seen.last, scale)


_KERNELS = {"numpy": _in_tiles, "cupy": _in_tiles, "numba": _numba, "cuda": _cuda}
