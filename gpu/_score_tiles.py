"""Tiles of attention scores and their exponentials, and the threads that share them out."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import local

import numpy as np

SYMMETRIC = ("geometric", "max", "mean", "min")
_TILE = 512  # by trial: a float32 tile is 1 MB, and 256 to 1024 are within 10 % of each other


class ScoreTiles:
    """Tiles of the logarithms s_ij - rows_i - columns_j, and of their exponentials.

    A tile is valid until its thread asks for the next one.
    """

    def __init__(self, q, k, scale, how, causal, rows=0.0, columns=0.0):
        _check(q, k, how, causal)
        self.N, self.M, self.how, self.causal = len(q), len(k), how, causal
        self.dtype, self._rooms = q.dtype, local()
        self.fine_rows, coarse_rows = _split(rows, self.N)
        self.fine_columns, coarse_columns = _split(columns, self.M)
        self.inputs, self.scale = (q, k), scale
        left = -coarse_rows[:, None], np.ones((self.N, 1))
        right = np.ones((self.M, 1)), -coarse_columns[:, None]
        if how == "geometric":
            self.pairs = (self._pair((q, k), scale / 2, left, (k, q), right),)
        else:
            self.pairs = (self._pair((q,), scale, left, (k,), right),)
        if how in ("max", "mean", "min"):
            self.pairs += (self._pair((k,), scale, left, (q,), right),)

    def _pair(self, a, scale, left, b, right):
        """Two arrays whose rows have the shifted scores as their inner products."""
        a = (x.astype(float) * scale for x in a)
        return tuple(np.hstack([*x]).astype(self.dtype) for x in ((*a, *left), (*b, *right)))

    def row_blocks(self):
        return _blocks(self.N)

    def column_blocks(self, R):
        """The tiles of a row of tiles, without those that a causal mask leaves empty."""
        blocks = _blocks(self.M)
        empty = self.causal and self.how is None
        return [C for C in blocks if C.start < R.stop] if empty else blocks

    def upper_blocks(self, R):
        return [C for C in _blocks(self.M) if C.start >= R.start]

    def logs(self, R, C):
        """Tiles whose exponentials sum to the weights, or to twice the weights for "mean"."""
        S = self._scores(0, R, C)
        if self.how in (None, "geometric"):
            return (S,)
        T = self._scores(1, R, C)
        if self.how == "mean":
            return S, T
        return ((np.maximum if self.how == "max" else np.minimum)(S, T, out=S),)

    def weights(self, R, C):
        S, *T = self.logs(R, C)
        np.exp(S, out=S)
        for other in T:
            S += np.exp(other, out=other)
            S *= S.dtype.type(0.5)
        return S

    def bound(self):
        """At least |s_ij|, by Cauchy-Schwarz."""
        q, k = (np.sqrt(np.square(x, dtype=float).sum(axis=1).max()) for x in self.inputs)
        return abs(self.scale) * q * k

    def _scores(self, which, R, C):
        """Tile of s_ij (0, or the mean for "geometric") or s_ji (1); -inf where not seen."""
        left, right = self.pairs[which]
        S = np.matmul(left[R], right[C].T, out=self._room(which, R, C))
        if self.causal:
            unseen = _later(R, C) if which == 0 else _later(C, R).T
            if self.how == "geometric":  # an edge needs both directions
                unseen = unseen | _later(C, R).T
            S[unseen] = -np.inf
        return S

    def _room(self, which, R, C):
        """A tile of this thread's own, used again for the next one."""
        rooms = self._rooms.__dict__
        if which not in rooms:
            rooms[which] = np.empty((_TILE, _TILE), self.dtype)
        return rooms[which][: R.stop - R.start, : C.stop - C.start]

    # The rests of the shifts, at most 1/2 each, multiply in float64 outside of the tiles.
    def into_columns(self, X):
        _check_block(X, self.M)
        return (X * np.exp(-self.fine_columns)[:, None]).astype(self.dtype, copy=False)

    def into_rows(self, X):
        _check_block(X, self.N)
        return (X * np.exp(-self.fine_rows)[:, None]).astype(self.dtype, copy=False)

    def out_of_rows(self, Y):
        return Y * np.exp(-self.fine_rows)[:, None]

    def out_of_columns(self, Y):
        return Y * np.exp(-self.fine_columns)[:, None]


def _check(q, k, how, causal):
    for name, x in (("q", q), ("k", k)):
        if x.ndim != 2 or x.size == 0 or x.dtype not in (np.float32, np.float64):
            raise ValueError(
                f"{name} must be a nonempty (tokens, width) array of float32 or float64,"
                f" got shape {x.shape} of {x.dtype}"
            )
    if q.dtype != k.dtype or q.shape[1] != k.shape[1]:
        raise ValueError(
            f"q and k must have one width and one dtype, got {q.shape} of {q.dtype} and"
            f" {k.shape} of {k.dtype}"
        )
    if how is not None and how not in SYMMETRIC:
        raise ValueError(f"how must be None or one of {list(SYMMETRIC)}, got {how!r}")
    if (causal or how is not None) and len(q) != len(k):
        raise ValueError(
            f"causal or symmetric weights need as many queries as keys, got {len(q)}, {len(k)}"
        )


def _check_block(X, n):
    if X.ndim != 2 or len(X) != n:
        raise ValueError(f"X must have {n} rows and 2 axes, got shape {X.shape}")


def _split(shift, n):
    """What is left of each logarithm, at most 1/2, and the integer next to it."""
    shift = np.broadcast_to(np.asarray(shift, float), (n,))
    coarse = np.rint(shift)
    return shift - coarse, coarse


def _blocks(n):
    return [slice(i, min(i + _TILE, n)) for i in range(0, n, _TILE)]


def _later(R, C):
    """Mask of the pairs of the tile with j > i."""
    return np.arange(C.start, C.stop) > np.arange(R.start, R.stop)[:, None]


def gathered(out, parts):
    for part in parts:
        for R, values in part:
            out[R] = values
    return out


def shared(work, blocks, threads):
    """work(part of blocks) of each thread, in order."""
    threads = min(threads or os.cpu_count(), len(blocks))
    with _blas_libraries().limit(limits=1, user_api="blas"):
        if threads == 1:
            return [work(blocks)]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(work, [blocks[t::threads] for t in range(threads)]))


@cache
def _blas_libraries():
    """Found once: it takes milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
