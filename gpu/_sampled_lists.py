"""Lists of keys from clusters: those within, and those drawn from without."""

from __future__ import annotations

import numpy as np

from gpu._draws import distinct_draws
from gpu.patterns import ListPattern


class Clusters:
    """Tokens in clusters; which keys take part, and up to which a query sees them."""

    def __init__(self, labels, keys, causal):
        self.N, self.labels, self.causal = len(labels), labels, causal
        self.present = np.ones(self.N, bool) if keys is None else keys

    def groups(self):
        """(queries, keys within, keys without) of each cluster, all ascending."""
        for c in range(self.labels.max() + 1):
            own = self.labels == c
            within = np.flatnonzero(own & self.present)
            yield np.flatnonzero(own), within, np.flatnonzero(~own & self.present)

    def seen(self, queries, keys):
        """How many of the ascending `keys` each query may see: a first part of them."""
        if not self.causal:
            return np.full(len(queries), len(keys))
        return np.searchsorted(keys, queries, side="right")


def within(clusters: Clusters):
    """(rows, columns) of all pairs of a query and a key of its cluster."""
    found = []
    for queries, keys, _ in clusters.groups():
        count = clusters.seen(queries, keys)
        place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found.append((np.repeat(queries, count), keys[place]))
    return _joined(found)


def uniform_draws(clusters: Clusters, count: int, rng):
    """(rows, columns, log 1 / probability): `count` distinct keys without the cluster."""
    found = []
    for queries, _, keys in clusters.groups():
        sizes = clusters.seen(queries, keys)
        row, place = distinct_draws(sizes, count, rng)
        share = np.maximum(sizes, 1) / np.clip(sizes, 1, max(count, 1))
        found.append((queries[row], keys[place], np.log(share)[row]))
    return _joined(found)


def centroid_draws(q, k, clusters: Clusters, count: int, scale: float, rng):
    """(rows, columns, log of 1 / expected number), and how many scores that took.

    `count` draws a query: another cluster c by p_c, proportional to n_c exp(scale q mean_c), then
    one of its keys.  A key drawn more than once is listed once, with what its draws count together.
    """
    groups = [keys for _, keys, _ in clusters.groups()]
    filled = np.array([c for c, keys in enumerate(groups) if keys.size], dtype=np.intp)
    sizes = np.array([groups[c].size for c in filled])
    if count == 0 or len(filled) < 2:
        return (*(np.empty(0, np.intp),) * 2, np.empty(0)), 0
    means = np.array([k[groups[c]].mean(axis=0) for c in filled])
    logs = (q @ means.T).astype(float) * scale + np.log(sizes)
    logs[clusters.labels[:, None] == filled] = -np.inf
    chance = np.exp(logs - logs.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    row = np.repeat(np.arange(len(q)), count)
    limits = np.cumsum(chance, axis=1)
    at = rng.random((len(q), count)) * limits[:, -1:]
    drawn = np.concatenate(
        [np.searchsorted(a, b, side="right") for a, b in zip(limits, at, strict=True)]
    )
    starts = np.cumsum(sizes) - sizes
    column = np.concatenate([groups[c] for c in filled])[starts[drawn] + rng.integers(sizes[drawn])]
    code, once, times = np.unique(row * clusters.N + column, return_index=True, return_counts=True)
    each = np.log(sizes[drawn] / (count * chance[row, drawn]))
    return (code // clusters.N, code % clusters.N, each[once] + np.log(times)), logs.size


def by_query(shape, rows, columns, *more):
    """The `ListPattern` of pairs in any order, and arrays beside them in its order."""
    order = np.argsort(rows, kind="stable")
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return (ListPattern(shape, indptr, columns[order]), *(x[order] for x in more))


def _joined(parts):
    return tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))
