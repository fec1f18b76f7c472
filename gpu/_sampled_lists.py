"""Lists of keys from clusters: those within, and those drawn from without."""

from __future__ import annotations

import numpy as np

from gpu._draws import distinct_draws
from gpu.patterns import ListPattern


class Clusters:
    """Tokens in clusters; keys by their ranks among those that take part.

    Query i sees the ranks below seen[i]; cluster c has queries[c] and the keys of ranks members[c],
    both ascending.
    """

    def __init__(self, labels, keys, causal):
        self.N, self.labels = len(labels), labels
        self.places = np.arange(self.N) if keys is None else np.flatnonzero(keys)
        everyone = np.arange(self.N)
        last = everyone if causal else np.full(self.N, self.N)
        self.seen = np.searchsorted(self.places, last, side="right")
        self.queries = _by_label(labels, labels.max() + 1)
        self.members = _by_label(labels[self.places], labels.max() + 1)

    def inner(self, c):
        """How many of its cluster's keys each query of cluster c sees: a first part of them."""
        return np.searchsorted(self.members[c], self.seen[self.queries[c]])


def _by_label(labels, count):
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.searchsorted(labels[order], np.arange(1, count)))


def within(clusters: Clusters):
    """(rows, columns) of all pairs of a query and a key of its cluster."""
    found = []
    for c, queries in enumerate(clusters.queries):
        count = clusters.inner(c)
        rank = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found.append((np.repeat(queries, count), clusters.places[clusters.members[c][rank]]))
    return _joined(found)


def uniform_draws(clusters: Clusters, count: int, rng):
    """(rows, columns, log 1 / probability): `count` distinct keys without the cluster."""
    queries = np.concatenate(clusters.queries)
    inner = np.concatenate([clusters.inner(c) for c in range(len(clusters.queries))])
    sizes = clusters.seen[queries] - inner
    row, drawn = distinct_draws(sizes, count, rng)
    share = np.log(np.maximum(sizes, 1) / np.clip(sizes, 1, max(count, 1)))
    ends = np.searchsorted(row, np.cumsum([0, *map(len, clusters.queries)]))
    ranks = [
        _outside(clusters.members[c], drawn[ends[c] : ends[c + 1]])
        for c in range(len(clusters.members))
    ]
    return queries[row], clusters.places[np.concatenate(ranks)], share[row]


def _outside(members, place):
    """Of the ranks that are not among the ascending members, those at some places."""
    return place + np.searchsorted(members - np.arange(len(members)), place, side="right")


def centroid_draws(q, k, clusters: Clusters, count: int, scale: float, rng):
    """(rows, columns, log of 1 / expected number), and how many scores that took.

    `count` draws a query: another cluster c by p_c, proportional to n_c exp(scale q mean_c), then
    one of its keys.  A key drawn more than once is listed once, with what its draws count together.
    """
    groups = [clusters.places[members] for members in clusters.members]
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
