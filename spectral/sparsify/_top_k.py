"""The K largest weights of each row."""

from __future__ import annotations

import numpy as np

from spectral._checks import check_count, check_nonnegative, check_square
from spectral.sparsify._graph import SparseGraph, edges_of


def top_k(W, K: int) -> SparseGraph:
    """The graph that keeps the K heaviest edges out of each token; all, where there are fewer.

    *Ties*: of equal weights the lower column goes first.  Balls: `Undecided` where two weights
    of a row overlap, even far from the K-th.
    """
    W = check_nonnegative(check_square(W, "W"), "W")
    K = check_count(K, "K", 1, len(W))
    mask = np.zeros(W.shape, bool)
    np.put_along_axis(mask, _descending(W)[:, :K], True, axis=1)
    mask = mask & edges_of(W)
    return SparseGraph(W * mask, mask)


def _descending(W):
    """(N, N) the columns of each row by falling weight, ties by rising column."""
    if W.dtype != object:
        return np.argsort(-W, axis=1, kind="stable")
    # Python's stable sort, not NumPy's, lets an exception of a comparison through at once.
    return np.array([sorted(range(len(row)), key=lambda j, row=row: -row[j]) for row in W])
