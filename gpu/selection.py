r"""Keys chosen by their exact scores: the k largest of each query, with anchors and a window.

The `cupy` backend is the lines of the `numpy` one on CuPy arrays: run on NumPy, on no device yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gpu._heads import namespace, per_head
from gpu._key_lists import of_candidates, places_of_queries
from gpu._options import check_count
from gpu._tiles import over_tiles, tiles
from gpu._visible import Visible, visible
from gpu.attended import Attended
from gpu.lists import attend_lists
from gpu.patterns import FullPattern

_SCORES = 2**19  # numbers of a tile of scores on the CPU, by trial
_SCORES_GPU = 2**26  # not yet tried on a device


@per_head("numpy", "numba", "cuda", "cupy")
def topk(q, k, v, *, budget: int, causal, scale, keys, backend) -> Attended:
    r"""Attended: each query sees the `budget` keys of the largest scores, exactly; as `reference`.

    Of equal scores at the edge any may be taken.  No list of as many keys leaves out less of the
    weight of softmax; that what it leaves out is small is a matter of the input.

    *Cost*: one score a query and key that may be seen, all counted in `scores`; the pattern has
    the chosen ones alone.  So it saves the exponentials and the product by v, not the scores.
    *Exact* where `budget` is at least the number of keys that may be seen.
    """
    return anchor_topk.__wrapped__(
        q, k, v, budget=budget, anchors=0, width=0,
        causal=causal, scale=scale, keys=keys, backend=backend,
    )  # fmt: skip


@per_head("numpy", "numba", "cuda", "cupy")
def anchor_topk(
    q,
    k,
    v,
    *,
    budget: int = 97,
    anchors: int = 4,
    width: int = 32,
    causal,
    scale,
    keys,
    backend,
) -> Attended:
    r"""Attended: anchors, a window, and of the other keys those of the largest scores.

    The first tokens take up what attention has nowhere to put ("attention sinks": Xiao et al.
    2023, StreamingLLM, whose 4 are the default here); the window is where most weight lies.

    Parameters
    ----------
    budget : int
        Keys a query, all together: the largest scores fill what anchors and window leave.
    anchors : int
        First keys that take part, always seen.
    width : int
        Keys around the place of the query, as in `gpu.window`, always seen.

    *Cost*: as `topk`, all scores that may be seen.  *Raises* ValueError for
    anchors + width > budget.
    """
    always = check_count(anchors, "anchors", 0) + check_count(width, "width", 0)
    if check_count(budget, "budget", 1) < always:
        raise ValueError(f"budget must be at least anchors + width = {always}, got {budget}")
    seen = visible(q, k, v, causal, keys)
    wanted = _wanted(seen, len(q), len(k), budget, anchors, width, causal)
    ranks = _SELECTIONS[backend](q * q.dtype.type(scale), seen.k, wanted)
    candidates = np.where(ranks < 0, -1, np.append(seen.places, -1)[ranks])
    done = attend_lists(q, k, v, of_candidates(candidates, len(k)), scale, backend)
    scores = FullPattern((len(q), len(k)), causal, keys).count()
    return Attended(done.output, scores, done.pattern, backend)


@dataclass(frozen=True, eq=False)
class Wanted:
    """What to choose for query i, by ranks among the keys that take part."""

    budget: int
    anchors: int  # ranks 0 ... anchors - 1 always
    low: np.ndarray  # (N,) ranks low[i] ... high[i] - 1 always
    high: np.ndarray
    last: np.ndarray  # (N,) ranks last[i] and after never


def _wanted(seen: Visible, N, M, budget, anchors, width, causal) -> Wanted:
    first = places_of_queries(N, M) - (width - 1 if causal else width // 2)
    low = np.searchsorted(seen.places, first)
    high = np.minimum(np.searchsorted(seen.places, first + width), seen.last)
    return Wanted(budget, anchors, low, high, seen.last)


def _by_partition(q, k, wanted: Wanted) -> np.ndarray:
    """(N, budget) ranks of the keys chosen, -1 where there are no more."""
    xp = namespace(q)
    m = len(k)
    if m == 0:
        return np.full((len(q), wanted.budget), -1)
    chosen = min(wanted.budget, m)
    ranks = np.empty((len(q), chosen), np.int64)
    rank = xp.arange(m)

    def select(rows):
        S = q[rows] @ k.T
        last, low, high = (
            xp.asarray(x[rows])[:, None] for x in (wanted.last, wanted.low, wanted.high)
        )
        S[((rank >= low) & (rank < high)) | (rank < wanted.anchors)] = np.inf
        S[rank >= last] = -np.inf
        best = xp.argpartition(S, m - chosen, axis=1)[:, m - chosen :]
        best = xp.where(best < last, best, -1)
        ranks[rows] = best if xp is np else best.get()

    size = max((_SCORES if xp is np else _SCORES_GPU) // m, 1)
    if xp is np:
        over_tiles(select, tiles(len(q), size))
    else:
        for rows in tiles(len(q), size):
            select(rows)
    return ranks


def _numba(q, k, wanted: Wanted) -> np.ndarray:
    from gpu._numba_selection import selection

    return selection(q, k, wanted)


def _cuda(q, k, wanted: Wanted) -> np.ndarray:
    from gpu._cuda_selection import selection

    return selection(q, k, wanted)


_SELECTIONS = {"numpy": _by_partition, "cupy": _by_partition, "numba": _numba, "cuda": _cuda}
