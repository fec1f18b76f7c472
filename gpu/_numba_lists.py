"""Attention over lists of keys in Numba: a query after the other, its keys read where they are."""

from itertools import pairwise

import numpy as np
from numba import njit

from gpu._numba_exp import LOG2_E, REASSOCIATED, exp2
from gpu._tiles import over_tiles, processors


def attention(q, k, v, indptr, indices, scale):
    """(N, dv) attention of query i over the keys indices[indptr[i]:indptr[i + 1]]."""
    out = np.zeros((len(q), v.shape[1]), q.dtype)
    q = np.ascontiguousarray(q * q.dtype.type(scale * LOG2_E))
    k, v = np.ascontiguousarray(k), np.ascontiguousarray(v)
    indptr = np.ascontiguousarray(indptr, np.int64)
    indices = np.ascontiguousarray(indices, np.int32)
    parts = np.linspace(0, indptr[-1], 16 * processors() + 1)  # of about equal work
    cuts = np.unique(np.searchsorted(indptr, parts))
    over_tiles(lambda span: _rows(q, k, v, indptr, indices, *span, out), pairwise(cuts))
    return out


@njit(nogil=True)
def _rows(q, k, v, indptr, indices, start, stop, out):
    longest = 0
    for i in range(start, stop):
        longest = max(longest, indptr[i + 1] - indptr[i])
    scores = np.empty(longest, q.dtype)
    for i in range(start, stop):
        _row(q[i], k, v, indices[indptr[i] : indptr[i + 1]], scores, out[i])


@njit(nogil=True, fastmath=REASSOCIATED)
def _row(q, k, v, chosen, scores, out):
    n = len(chosen)
    if n == 0:
        return
    for e in range(n):
        s, key = q.dtype.type(0), k[chosen[e]]
        for c in range(len(q)):
            s += q[c] * key[c]
        scores[e] = s
    peak = scores[0]
    for e in range(n):
        peak = scores[e] if scores[e] > peak else peak
    total = q.dtype.type(0)
    for e in range(n):
        scores[e] = exp2(scores[e] - peak)
        total += scores[e]
    for e in range(n):
        weight, value = scores[e] / total, v[chosen[e]]
        for c in range(len(out)):
            out[c] += weight * value[c]
