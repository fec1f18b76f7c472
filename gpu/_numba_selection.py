"""The largest scores of each query in Numba: products by BLAS, and a heap a query."""

import numpy as np
import scipy.linalg.cython_blas  # noqa: F401  Numba's np.dot: loaded before threads are limited
from numba import njit

from gpu._numba_exp import REASSOCIATED
from gpu._tiles import one_blas_thread, over_tiles, tiles

_QUERIES, _KEYS = 64, 512  # by trial
_LOOK = 32  # scores looked at together: few are among the largest


def selection(q, k, wanted) -> np.ndarray:
    """(N, budget) ranks of the keys chosen, -1 where there are no more; `wanted` of selection."""
    ranks = np.full((len(q), wanted.budget), -1, np.int64)
    if len(k):
        limits = np.stack([wanted.low, wanted.high, wanted.last], axis=1).astype(np.int64)
        q, k = np.ascontiguousarray(q), np.ascontiguousarray(k)
        parts = [(q[t], k, limits[t], wanted.anchors, ranks[t]) for t in tiles(len(q), _QUERIES)]
        with one_blas_thread():  # of a single tile too
            over_tiles(lambda part: _rows(*part), parts)
    return ranks


@njit(nogil=True)
def _rows(q, k, limits, anchors, ranks):
    heaps = np.full(ranks.shape, -np.inf, q.dtype)
    for start in range(0, limits[-1, 2], _KEYS):
        stop = min(start + _KEYS, limits[-1, 2])
        S = np.dot(q, k[start:stop].T)
        for i in range(len(q)):
            low, high, last = limits[i] - start
            S[i, : max(anchors - start, 0)] = np.inf
            S[i, max(low, 0) : max(high, 0)] = np.inf
            _keep_largest(S[i, : max(last, 0)], start, heaps[i], ranks[i])


@njit(nogil=True)
def _keep_largest(s, start, heap, ranks):
    """Each score that is larger than the least one kept takes its place."""
    for chunk in range(0, len(s), _LOOK):
        few = s[chunk : chunk + _LOOK]
        if _largest(few) > heap[0]:
            for j in range(len(few)):
                if few[j] > heap[0]:
                    _replace_least(heap, ranks, few[j], start + chunk + j)


@njit(nogil=True, fastmath=REASSOCIATED)
def _largest(s):
    largest = s[0]
    for j in range(1, len(s)):
        largest = max(largest, s[j])
    return largest


@njit(nogil=True)
def _replace_least(heap, ranks, score, rank):
    """A binary heap with its least at the root: the root goes, the new one sinks to its place."""
    at, n = 0, len(heap)
    while 2 * at + 1 < n:
        child = 2 * at + 1
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= score:
            break
        heap[at], ranks[at] = heap[child], ranks[child]
        at = child
    heap[at], ranks[at] = score, rank
