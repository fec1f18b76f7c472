r"""Attention over lists of keys: as many scores as the lists are long.

The `cupy` backend is the lines of the `numpy` one on CuPy arrays: run on NumPy, on no device yet.
"""

from __future__ import annotations

import numpy as np

from gpu._heads import namespace, per_head
from gpu._key_lists import narrowed
from gpu._tiles import over_tiles
from gpu.attended import Attended
from gpu.patterns import ListPattern

_GATHERED = 2**18  # numbers of k that a tile copies, on the CPU: 1 MB in float32, by trial
_GATHERED_GPU = 2**26  # not yet tried on a device


@per_head("numpy", "numba", "cuda", "cupy")
def listed(q, k, v, *, pattern: ListPattern, causal, scale, keys, backend) -> Attended:
    r"""Attended: softmax of each query over its listed keys alone; shapes of `reference`.

    `pattern` is a `ListPattern` of shape (N, M), one for all heads; `causal` and `keys` take
    pairs out of it, and the pattern that is returned is what is left.

    *Cost*: one score a pair; about 2 d numbers are read for it, so that memory sets the pace.
    *Exact* where the list of a query has all keys that it may see.
    *Raises* ValueError for a pattern of another shape, indices outside of 0 ... M - 1, or repeats.
    """
    _check_pattern(pattern, (len(q), len(k)))
    return attend_lists(q, k, v, narrowed(pattern, causal, keys), scale, backend)


def attend_lists(q, k, v, pattern: ListPattern, scale: float, backend: str) -> Attended:
    """Attended over a pattern that is known to be good."""
    output = _KERNELS[backend](q, k, v, pattern, scale)
    return Attended(output, pattern.count(), pattern, backend)


def _gathered(q, k, v, pattern: ListPattern, scale: float):
    """Queries with lists of about one length together: their keys, copied, are a 3-d array."""
    xp = namespace(q)
    output = xp.zeros((len(q), v.shape[1]), q.dtype)
    lengths = np.diff(pattern.indptr)
    by_length = np.argsort(lengths, kind="stable")[np.count_nonzero(lengths == 0) :]

    def attend(rows):
        output[xp.asarray(rows)] = _rows(xp, q, k, v, pattern, rows, q.dtype.type(scale))

    most = (_GATHERED if xp is np else _GATHERED_GPU) // k.shape[1]
    cuts = _groups(lengths[by_length], most)
    if xp is np:
        over_tiles(attend, cuts and np.split(by_length, cuts[1:]))
    else:
        for rows in cuts and np.split(by_length, cuts[1:]):
            attend(rows)
    return output


def _groups(lengths, most: int) -> list[int]:
    """Where groups of ascending lengths start, if (queries) (longest) stays under `most`."""
    starts, at = [], 0
    while at < len(lengths):
        starts.append(at)
        longest = lengths[min(at + most // lengths[at], len(lengths)) - 1]
        at += max(int(most // longest), 1)
    return starts


def _rows(xp, q, k, v, pattern, rows, scale):
    """(n, dv) output of the queries `rows`, their lists filled up to the longest."""
    start, length = pattern.indptr[rows], pattern.indptr[rows + 1] - pattern.indptr[rows]
    place = np.arange(length[-1])
    inside = place < length[:, None]
    chosen = pattern.indices[np.where(inside, start[:, None] + place, start[:, None])]
    rows, inside, chosen = xp.asarray(rows), xp.asarray(inside), xp.asarray(chosen)
    S = xp.matmul(k.take(chosen, axis=0), (q[rows] * scale)[:, :, None])[:, :, 0]
    S = xp.where(inside, S, -np.inf)
    weights = xp.exp(S - S.max(axis=1, keepdims=True))
    return xp.matmul(weights[:, None], v.take(chosen, axis=0))[:, 0] / weights.sum(
        axis=1, keepdims=True
    )


def _numba(q, k, v, pattern, scale):
    from gpu._numba_lists import attention

    return attention(q, k, v, pattern.indptr, pattern.indices, scale)


def _cuda(q, k, v, pattern, scale):
    from gpu._cuda_lists import attention

    return attention(q, k, v, pattern.indptr, pattern.indices, scale)


_KERNELS = {"numpy": _gathered, "cupy": _gathered, "numba": _numba, "cuda": _cuda}


def _check_pattern(pattern, shape):
    if not isinstance(pattern, ListPattern):
        raise ValueError(f"pattern must be a ListPattern, got {type(pattern).__name__}")
    if pattern.shape != shape:
        raise ValueError(f"pattern must have shape (N, M) = {shape}, got {pattern.shape}")
    indptr, indices = pattern.indptr, pattern.indices
    if len(indptr) != shape[0] + 1 or indptr[0] != 0 or indptr[-1] != len(indices):
        raise ValueError(
            f"indptr must go from 0 to {len(indices)} in {shape[0]} steps, got "
            f"{indptr[0]} to {indptr[-1]} in {len(indptr) - 1}"
        )
    if (np.diff(indptr) < 0).any():
        raise ValueError(f"indptr must ascend, got a step of {np.diff(indptr).min()}")
    if len(indices) and not (indices.min() >= 0 and indices.max() < shape[1]):
        raise ValueError(
            f"indices must be in 0 ... {shape[1] - 1}, got {indices.min()} to {indices.max()}"
        )
    pairs = np.repeat(np.arange(shape[0]), np.diff(indptr)) * shape[1] + indices
    pairs = np.sort(pairs, kind="stable")  # in linear time where lists ascend already
    repeated = np.flatnonzero(pairs[1:] == pairs[:-1])
    if len(repeated):
        i, j = divmod(int(pairs[repeated[0]]), shape[1])
        raise ValueError(f"a list must not repeat a key, got key {j} twice for query {i}")
