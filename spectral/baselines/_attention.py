"""Attention of each query to keys of its own, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from gpu import ListPattern, listed
from spectral._checks import check_array, check_count


@dataclass(frozen=True, eq=False)
class Attention:
    """The outputs of an attention method, with the operations it took.

    Operations are counted, not timed: they are the same on every machine.
    """

    output: np.ndarray  # (M, d_v), one row for each query asked
    scores: int  # inner products of a query with a key
    pairs: int  # M N: the scores that dense attention computes
    multiply_adds: int  # of scores, averages and preparation; without exponentials

    @property
    def share(self) -> float:
        """scores / pairs, the share of the scores computed."""
        return self.scores / self.pairs


def attend(
    q, k, v, keys: Callable[[int], np.ndarray], *, queries=None, preparation: int = 0
) -> Attention:
    """Softmax attention of query i to the keys with indices keys(i), for all i: (N, d_v).

    Only the scores that are counted are computed.

    Parameters
    ----------
    q, k, v : (N, d), (N, d), (N, d_v) arrays
        One row a token.
    keys : function
        The distinct indices of the keys that token i sees, at least one.
    queries : iterable of int, optional
        The tokens whose outputs are computed, all by default.
    preparation : int
        Multiply-adds spent before the first score.
    """
    q, k, v = check_tokens(q, k, v)
    if q.shape[1] != k.shape[1]:
        raise ValueError(f"q and k must have one width, got shapes {q.shape} and {k.shape}")
    chosen = check_queries(queries, len(q))
    lists = [np.asarray(keys(i), dtype=np.int64) for i in chosen]
    starts = np.cumsum([0, *map(len, lists)])
    pattern = ListPattern((len(chosen), len(k)), starts, np.concatenate(lists))
    done = listed(*check_scores(q[chosen], k), v, pattern=pattern)
    each = k.shape[1] + v.shape[1]  # a score, and its share of the average
    pairs = len(chosen) * len(k)
    return Attention(done.output, done.scores, pairs, done.scores * each + preparation)


def check_scores(q, k):
    """q and k, if no score of theirs leaves float64: |q| |k| bounds them all."""
    with np.errstate(over="ignore"):
        largest = np.linalg.norm(q, axis=1).max() * np.linalg.norm(k, axis=1).max()
    if not largest < np.finfo(float).max:
        raise ValueError(f"q and k must have finite scores, got |q| |k| up to {largest:.2e}")
    return q, k


def check_tokens(q, k, v):
    """q, k and v of one sequence: float64, one row a token."""
    q, k, v = (check_array(x, name, ndim=2) for x, name in ((q, "q"), (k, "k"), (v, "v")))
    if not len(q) == len(k) == len(v):
        raise ValueError(f"q, k and v must have one row a token, got {len(q)}, {len(k)}, {len(v)}")
    return q, k, v


def check_queries(queries: Iterable[int] | None, N: int) -> list[int]:
    """Indices of tokens, at least one."""
    chosen = (
        list(range(N))
        if queries is None
        else [check_count(i, "queries", 0, N - 1) for i in queries]
    )
    if not chosen:
        raise ValueError("queries must name at least one token, got none")
    return chosen
