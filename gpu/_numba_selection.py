"""The largest scores of each query in Numba: products by BLAS, and of each query a list that is
cut to the largest whenever it is full."""

import numpy as np
import scipy.linalg.cython_blas  # noqa: F401  Numba's np.dot: loaded before threads are limited
from numba import njit

from gpu._numba_exp import REASSOCIATED
from gpu._tiles import one_blas_thread, over_tiles, tiles

_QUERIES, _KEYS = 64, 512  # by trial
_LOOK = 16  # scores looked at together: few are among the largest


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
    budget = ranks.shape[1]
    size = 2 * budget + _LOOK
    found = np.empty((len(q), size), q.dtype)
    places = np.empty((len(q), size), np.int32)
    least = np.full(len(q), -np.inf, q.dtype)
    count = np.zeros(len(q), np.int64)
    for start in range(0, limits[-1, 2], _KEYS):
        stop = min(start + _KEYS, limits[-1, 2])
        S = np.dot(q, k[start:stop].T)
        for i in range(len(q)):
            low, high, last = limits[i] - start
            S[i, : max(anchors - start, 0)] = np.inf
            S[i, max(low, 0) : max(high, 0)] = np.inf
            _collect(S[i, : max(last, 0)], start, budget, found[i], places[i], least, count, i)
    for i in range(len(q)):
        if count[i] > budget:
            _put_largest_first(found[i], places[i], count[i], budget)
            count[i] = budget
        ranks[i, : count[i]] = places[i, : count[i]]


@njit(nogil=True)
def _collect(s, start, budget, found, places, least, count, i):
    """Scores above the least that may matter, into a list; cut to the largest when it is full."""
    n, bar = count[i], least[i]
    for chunk in range(0, len(s), _LOOK):
        few = s[chunk : chunk + _LOOK]
        if _largest(few) > bar:
            if n + _LOOK > len(found):
                _put_largest_first(found, places, n, budget)
                n, bar = budget, found[budget - 1]
            for j in range(len(few)):  # without a branch that nobody can foresee
                found[n], places[n] = few[j], start + chunk + j
                n += few[j] > bar
    count[i], least[i] = n, bar


@njit(nogil=True, fastmath=REASSOCIATED)
def _largest(s):
    largest = s[0]
    for j in range(1, len(s)):
        largest = s[j] if s[j] > largest else largest  # max has NaN in mind, and is slower
    return largest


@njit(nogil=True)
def _put_largest_first(found, places, n, budget):
    """Of the first n, the `budget` largest to the front, the least of them last: Hoare's FIND."""
    low, high = 0, n - 1
    while low < high:
        pivot, i, j = found[(low + high) // 2], low, high
        while i <= j:
            while found[i] > pivot:
                i += 1
            while found[j] < pivot:
                j -= 1
            if i <= j:
                found[i], found[j] = found[j], found[i]
                places[i], places[j] = places[j], places[i]
                i, j = i + 1, j - 1
        if budget - 1 <= j:
            high = j
        elif budget - 1 >= i:
            low = i
        else:
            break
