"""Softmax in NumPy, of scores that are there, and over lists of keys with weights of their own."""

from __future__ import annotations

import numpy as np

from gpu._tiles import tiles

_ENTRIES = 2**18  # scores in a tile: 1 MB in float32, a share of L2.  By trial: 2^17 .. 2^20 alike
_GATHERED = 2**15  # keys gathered in a tile: 8 MB of 64 float32.  By trial too


def row_tiles(rows: int, columns: int) -> list[slice]:
    """Slices of rows with about `_ENTRIES` entries."""
    return tiles(rows, max(_ENTRIES // max(columns, 1), 1))


def softmax(scores) -> np.ndarray:
    """Of each row, which is shifted by its largest score first; in place."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def listed_average(q, k, v, lists, scale, log_weights=None) -> np.ndarray:
    """(N, dv) sum_j w_ij v_j / sum_j w_ij over a `ListPattern`, w = exp(scale q k + log_weights).

    A query with an empty list gets zeros.
    """
    output = np.zeros((len(q), v.shape[1]), q.dtype)
    for rows in _list_tiles(lists.indptr):
        part = slice(lists.indptr[rows.start], lists.indptr[rows.stop])
        extra = None if log_weights is None else log_weights[part]
        output[rows] = _tile(q[rows], k, v, _within(lists, rows), scale, extra)
    return output


def _within(lists, rows):
    """indptr and indices of some rows."""
    indptr = lists.indptr[rows.start : rows.stop + 1]
    return indptr - indptr[0], lists.indices[indptr[0] : indptr[-1]]


def _list_tiles(indptr):
    """Slices of rows that list about `_GATHERED` keys together, at least one row each."""
    start, rows = 0, len(indptr) - 1
    while start < rows:
        stop = int(np.searchsorted(indptr, indptr[start] + _GATHERED, side="right")) - 1
        stop = min(max(stop, start + 1), rows)
        yield slice(start, stop)
        start = stop


def _tile(q, k, v, lists, scale, log_weights):
    from scipy.sparse import csr_array

    indptr, indices = lists
    lengths = np.diff(indptr)
    rows = np.repeat(np.arange(len(q)), lengths)
    scores = np.einsum("ed,ed->e", q[rows], k[indices]) * q.dtype.type(scale)
    if log_weights is not None:
        scores += log_weights.astype(q.dtype)
    full = np.flatnonzero(lengths)
    largest = np.zeros(len(q), q.dtype)
    if full.size:
        largest[full] = np.maximum.reduceat(scores, indptr[full])
    weights = np.exp(scores - largest[rows])
    table = csr_array((weights, indices, indptr), shape=(len(q), len(k)))
    totals = table @ np.ones(len(k), q.dtype)
    return (table @ v) / np.where(lengths > 0, totals, 1)[:, None]
