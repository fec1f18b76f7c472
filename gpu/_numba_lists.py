"""Attention over lists of keys in Numba: a query after the other, its keys read where they are."""

import numpy as np
from numba import get_num_threads, njit, prange

from gpu._numba_exp import LOG2_E, REASSOCIATED, exp2


def attention(q, k, v, indptr, indices, scale):
    """(N, dv) attention of query i over the keys indices[indptr[i]:indptr[i + 1]]."""
    out = np.zeros((len(q), v.shape[1]), q.dtype)
    q = np.ascontiguousarray(q * q.dtype.type(scale * LOG2_E))
    k, v = np.ascontiguousarray(k), np.ascontiguousarray(v)
    indptr = np.ascontiguousarray(indptr, np.int64)
    indices = np.ascontiguousarray(indices, np.int32)
    parts = np.linspace(0, indptr[-1], 16 * get_num_threads() + 1)  # of about equal work
    cuts = np.searchsorted(indptr, parts)
    cuts[-1] = len(q)
    _attention(q, k, v, indptr, indices, cuts, out)
    return out


@njit(parallel=True, nogil=True)
def _attention(q, k, v, indptr, indices, cuts, out):
    longest = np.max(indptr[1:] - indptr[:-1])
    for part in prange(len(cuts) - 1):
        scores = np.empty(longest, q.dtype)
        for i in range(cuts[part], cuts[part + 1]):
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
        peak = max(peak, scores[e])
    total = q.dtype.type(0)
    for e in range(n):
        scores[e] = exp2(scores[e] - peak)
        total += scores[e]
    for e in range(n):
        weight, value = scores[e] / total, v[chosen[e]]
        for c in range(len(out)):
            out[c] += weight * value[c]
