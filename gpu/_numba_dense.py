"""Dense attention in Numba: products by BLAS, all that is done to a tile of scores in one pass."""

import numpy as np
import scipy.linalg.cython_blas  # noqa: F401  Numba's np.dot: loaded before threads are limited
from numba import njit

from gpu._numba_exp import LOG2_E, REASSOCIATED, exp2
from gpu._tiles import one_blas_thread, over_tiles, tiles

_QUERIES, _KEYS = 256, 256  # by trial


def attention(q, k, v, last, scale):
    """(N, dv) attention of N queries over the first last[i] keys each."""
    out = np.zeros((len(q), v.shape[1]), q.dtype)
    if len(k):
        q = np.ascontiguousarray(q * q.dtype.type(scale * LOG2_E))
        k, v = np.ascontiguousarray(k), np.ascontiguousarray(v)
        with one_blas_thread():  # of a single tile too
            over_tiles(lambda t: _rows(q[t], k, v, last[t], out[t]), tiles(len(q), _QUERIES))
    return out


@njit(nogil=True)
def _rows(q, k, v, last, out):
    n, dtype = len(q), q.dtype
    peak = np.full(n, -np.inf, dtype)
    total = np.zeros(n, dtype)
    fade = np.empty(n, dtype)
    for start in range(0, last[-1], _KEYS):
        stop = min(start + _KEYS, last[-1])
        S = np.dot(q, k[start:stop].T)
        for i in range(n):
            fade[i] = _weigh(S[i], max(min(last[i] - start, stop - start), 0), peak, total, i)
        more = np.dot(S, v[start:stop])
        for i in range(n):
            for c in range(more.shape[1]):
                out[i, c] = out[i, c] * fade[i] + more[i, c]
    for i in range(n):
        if total[i] > 0:
            for c in range(out.shape[1]):
                out[i, c] /= total[i]


@njit(nogil=True, fastmath=REASSOCIATED)
def _weigh(s, seen, peak, total, i):
    """Scores to weights under the running maximum, in place; by what the sums so far fade."""
    higher = peak[i]
    for j in range(seen):
        higher = s[j] if s[j] > higher else higher  # max has NaN in mind, and is slower
    weights = s.dtype.type(0)
    for j in range(seen):
        s[j] = exp2(s[j] - higher)
        weights += s[j]
    s[seen:] = 0
    fade = exp2(peak[i] - higher) if peak[i] > -np.inf else s.dtype.type(0)
    peak[i] = higher
    total[i] = total[i] * fade + weights
    return fade
