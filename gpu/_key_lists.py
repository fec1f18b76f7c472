"""Lists of keys, made: of candidates a query, of rows and columns that are full, narrowed."""

from __future__ import annotations

import numpy as np

from gpu._draws import distinct_draws
from gpu.patterns import ListPattern

INDEX = np.int32  # 2^31 keys are more than fit


def of_candidates(candidates, M: int) -> ListPattern:
    """ListPattern of an (N, w) array of keys; repeats, and numbers outside of 0 ... M - 1, drop."""
    candidates = np.sort(candidates, axis=1)
    good = (candidates >= 0) & (candidates < M)
    good[:, 1:] &= candidates[:, 1:] != candidates[:, :-1]
    return _of_mask(candidates, good, M)


def _of_mask(candidates, good, M):
    indptr = np.concatenate([[0], np.cumsum(good.sum(axis=1, dtype=np.int64))])
    return ListPattern((len(candidates), M), indptr, candidates[good].astype(INDEX))


def with_full_rows(pattern: ListPattern, rows) -> ListPattern:
    """The pattern, but the queries `rows` see all M keys."""
    N, M = pattern.shape
    lengths = np.diff(pattern.indptr)
    full = np.zeros(N, bool)
    full[rows] = True
    kept = pattern.indices[np.repeat(~full, lengths)]
    lengths[full] = M
    of_full = np.repeat(full, lengths)
    indices = np.empty(len(of_full), INDEX)
    indices[~of_full] = kept
    indices[of_full] = np.tile(np.arange(M, dtype=INDEX), np.count_nonzero(full))
    return ListPattern((N, M), np.concatenate([[0], np.cumsum(lengths)]), indices)


def narrowed(pattern: ListPattern, causal: bool, keys) -> ListPattern:
    """The pattern without the keys after a query (causal), and without those not in `keys`."""
    if not causal and keys is None:
        return pattern
    N, M = pattern.shape
    rows = np.repeat(np.arange(N, dtype=np.int64), np.diff(pattern.indptr))
    good = np.ones(len(rows), bool)
    if causal:
        good &= pattern.indices <= rows + (M - N)
    if keys is not None:
        good &= keys[pattern.indices]
    lengths = np.bincount(rows[good], minlength=N)
    return ListPattern((N, M), np.concatenate([[0], np.cumsum(lengths)]), pattern.indices[good])


def places_of_queries(N: int, M: int) -> np.ndarray:
    """(N,) places among the keys: the last query is at the last key, as for a causal mask."""
    return np.arange(N) + (M - N)


def drawn(rng: np.random.Generator, sizes, count: int) -> np.ndarray:
    """(n, count) distinct integers below sizes[i], ascending; -1 where it has fewer."""
    rows, numbers = distinct_draws(sizes, count, rng)
    starts = np.searchsorted(rows, np.arange(len(sizes)))
    table = np.full((len(sizes), count), -1)
    table[rows, np.arange(len(rows)) - starts[rows]] = numbers
    return table
