"""Groups of queries against groups of keys: near keys apart, the rest of a group as one term."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gpu._tiles import over_tiles, tiles
from gpu.grouping import Groups

# Entries (query group, key) from which the threshold of nearness is found: all of them up to 4,096
# tokens; above, the number of near keys strays by some 3 % from what is asked.
_SAMPLE = 2**18
# Scores of a tile: 2**17 float32 entries are half a megabyte.
_TILE = 2**17
# Of the interval of log shares, some 100 wide: down to 1e-5 of it, less than one near key.
_HALVINGS = 24


@dataclass(frozen=True, eq=False)
class FarField:
    """What the keys are to each group of queries.

    Attributes
    ----------
    near : the near keys of group a are near[near_starts[a] : near_starts[a + 1]]
    near_starts : (query groups + 1,)
    log_mass : (query groups, key groups) log sum exp(score of the group's mean), far keys only
    mean_keys : (query groups, key groups, d) of the far keys, weighted by that exp
    mean_values : (query groups, key groups, dv) likewise
    """

    near: np.ndarray
    near_starts: np.ndarray
    log_mass: np.ndarray
    mean_keys: np.ndarray
    mean_values: np.ndarray


def far_field_of(q, k, v, queries: Groups, keys: Groups, near: int, scale) -> FarField:
    """FarField of the groups, with at most `near` near keys a query on average.

    Key j is near to group a where (share of j in the attention of the group's mean) x (spread of
    the group) x (distance of j from the mean of its group) is largest: to first order, how far
    the output moves if j is not.
    """
    means = queries.centers * q.dtype.type(scale)
    spread, distance = logs_of_spreads(q, k, queries, keys)
    threshold = threshold_of(means, k, spread, distance, queries, near)
    A, C = len(queries), len(keys)
    joined, distance = np.concatenate([k, v], axis=1)[keys.order], distance[keys.order]
    log_mass = np.empty((A, C), q.dtype)
    mean = np.empty((C, A, joined.shape[1]), q.dtype)

    def terms(clusters):
        """Fill some columns of both; return their near pairs (groups of queries, keys)."""
        rows, bounds = keys.run(clusters)
        starts, values = bounds[:-1], joined[rows]
        scores = means @ values[:, : k.shape[1]].T
        nearest = scores + distance[rows] > threshold
        a, j = np.divmod(np.flatnonzero(nearest), nearest.shape[1])
        scores[a, j] = -np.inf
        top = np.maximum.reduceat(scores, starts, axis=1)
        top[np.isneginf(top)] = 0
        scores -= np.repeat(top, np.diff(bounds), axis=1)
        np.exp(scores, out=scores)
        mass = np.add.reduceat(scores, starts, axis=1)
        for c, (start, stop) in enumerate(pairwise(bounds), clusters.start):
            np.matmul(scores[:, start:stop], values[start:stop], out=mean[c])
        mean[clusters] /= np.where(mass > 0, mass, 1).T[:, :, None]
        with np.errstate(divide="ignore"):  # a group all of whose keys are near has no far term
            log_mass[:, clusters] = top + np.log(mass)
        return a, keys.order[rows][j]

    pairs = over_tiles(terms, tiles(C, max(_TILE * C // (A * len(k)), 1)))
    near_keys, near_starts = near_lists(pairs, A)
    mean = mean.transpose(1, 0, 2)
    d = k.shape[1]
    return FarField(near_keys, near_starts, log_mass, mean[:, :, :d], mean[:, :, d:])


def near_lists(pairs, groups: int):
    """Pairs (groups of queries, keys), in pieces, as keys group after group; where each starts."""
    a, j = (np.concatenate(x) for x in zip(*pairs, strict=True))
    order = np.argsort(a, kind="stable")
    return j[order], np.concatenate([[0], np.cumsum(np.bincount(a, minlength=groups))])


def logs_of_spreads(q, k, queries: Groups, keys: Groups, *, compiled: bool = False):
    """Logarithms of the spread of each group of queries, its root mean square distance from its
    mean, and of the distance of each key from the mean of its group."""
    from_queries, from_keys = _distances(q, queries, compiled), _distances(k, keys, compiled)
    sums = np.bincount(queries.labels, from_queries.astype(float) ** 2, minlength=len(queries))
    spread = np.sqrt(sums / np.diff(queries.starts)).astype(q.dtype)
    with np.errstate(divide="ignore"):  # no spread, no distance: the far field is exact there
        return np.log(spread), np.log(from_keys)


def _distances(x, groups: Groups, compiled: bool) -> np.ndarray:
    """(N,) distance of points from the mean of their group."""
    if not compiled:
        return np.sqrt(((x - groups.centers[groups.labels]) ** 2).sum(axis=1))
    from gpu._numba_far import spreads

    distance = np.empty(len(x), x.dtype)
    spreads(x, groups.labels, groups.centers, distance)
    return distance


def threshold_of(means, k, spread, distance, queries: Groups, near: int, *, compiled=False):
    """(query groups, 1) what score + log distance must exceed for `near` near keys a query."""
    M, sizes = len(k), np.diff(queries.starts)
    if near >= M:
        return np.full((len(means), 1), -np.inf, k.dtype)
    some = slice(None, None, max(1, len(means) * M // _SAMPLE))
    scores = means @ k[some].T
    top = scores.max(axis=1)
    log_sum = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    shift = (log_sum - spread)[:, None]  # infinite for queries that are equal: nothing is near
    scores += distance[some]
    scores -= shift
    budget = near * sizes.sum() * scores.shape[1] / M
    cut = _weighted_cut(scores, sizes, budget, compiled)
    return np.where(np.isposinf(shift), np.inf, cut + np.where(np.isposinf(shift), 0, shift))


def _weighted_cut(x, weights, budget, compiled) -> float:
    """A t for which the weights[a] of all entries x[a, j] > t sum to the budget, or just less."""
    finite = x[np.isfinite(x)]
    if not finite.size or weights @ np.count_nonzero(x > -np.inf, axis=1) <= budget:
        return -np.inf
    low, high = float(finite.min()), float(finite.max())
    if compiled:
        from gpu._numba_far import cut

        return cut(x, weights, budget, low, high, _HALVINGS)
    for _ in range(_HALVINGS):
        t = (low + high) / 2
        if weights @ np.count_nonzero(x > x.dtype.type(t), axis=1) <= budget:
            high = t
        else:
            low = t
    return high
