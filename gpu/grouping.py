"""k-means at the size of attention: good seeds from a sample, a few passes, in matrix products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gpu._softmax import row_tiles
from gpu._tiles import over_tiles

# Found by trial on planted clusters: below 16 points a group seeds go missing, above 24 nothing
# is gained.  The residual of a sample stands for that of all only to a few percent, which 2 passes
# reach; where all points are in the sample (they are few) it falls for 4 and more.
_SAMPLE_PER_GROUP = 24
_PASSES, _PASSES_OF_ALL = 2, 4
_SEED_POINTS = 8  # a group, of the sample, that seeds are taken from: 24 find hardly better ones
# Candidates that are drawn at once, how many of them at most become seeds, and of how many groups
# on more than one does: found by trial.
_CANDIDATES, _TAKEN, _FEW = 64, 8, 16


@dataclass(frozen=True, eq=False)
class Groups:
    """A partition of points by nearest center, sorted by group.

    Attributes
    ----------
    labels : (N,) of each point, 0 ... groups - 1, none of them empty
    order : (N,) points, group after group
    starts : (groups + 1,) where each begins in `order`
    centers : (groups, d) means of the groups
    """

    labels: np.ndarray
    order: np.ndarray
    starts: np.ndarray
    centers: np.ndarray

    def __len__(self) -> int:
        return len(self.centers)

    def members(self, group: int) -> np.ndarray:
        """The points of a group."""
        return self.order[self.starts[group] : self.starts[group + 1]]

    def run(self, some: slice) -> tuple[slice, np.ndarray]:
        """Of successive groups: their rows in `order`, and where each begins among these."""
        bounds = self.starts[some.start : some.stop + 1]
        return slice(bounds[0], bounds[-1]), bounds - bounds[0]


def group(
    x: np.ndarray,
    groups: int,
    *,
    rng: np.random.Generator,
    least_gain: float = 0,
    compiled: bool = False,
) -> Groups:
    """Groups: at most `groups` of them, by k-means on (N, d) points.

    least_gain: no more groups are made once a further one lowers the sum of squared distances by
    less than this share of what it would on average, were all of it explained by `groups` groups.
    compiled: by Numba, to rounding the same groups.

    Seeds are taken by greedy k-means++ (Arthur and Vassilvitskii 2007) from a sample of the points
    and moved by Lloyd's passes on the sample; then each point goes to the nearest.  A group that
    is left empty is left out.  Equal points are in one group.  O(N groups d).
    """
    if not 1 <= groups:
        raise ValueError(f"groups must be at least 1, got {groups}")
    size = min(len(x), _SAMPLE_PER_GROUP * groups)
    sample = x if size == len(x) else x[np.sort(rng.choice(len(x), size, replace=False))]
    few = sample[:: max(len(sample) // (_SEED_POINTS * groups), 1)]
    centers = _seeds(few, groups, rng, least_gain, compiled)
    for _ in range(_PASSES_OF_ALL if size == len(x) else _PASSES):
        labels = _nearest(sample, centers, compiled)
        centers = _sorted(sample, labels, len(centers), compiled).centers
    return _sorted(x, _nearest(x, centers, compiled), len(centers), compiled)


def _seeds(x, count, rng, least_gain, compiled) -> np.ndarray:
    """Points of x that lower the sum of squared distances most, among some that are drawn.

    Candidates are drawn with a probability that is their squared distance from the seeds so far,
    and the best few of them are taken, one after the other: greedy k-means++.
    """
    x = np.ascontiguousarray(x)
    norms = np.einsum("ij,ij->i", x, x)
    centers = x[[int(rng.integers(len(x)))]]
    distance = _squared_distances(x, norms, centers)[0]
    least = least_gain * x.var(axis=0, dtype=np.float64).sum() * len(x) / count
    at_once, was_poor = max(1, min(count // _FEW, _TAKEN)), False
    while len(centers) < count and distance.any():
        before, had = distance.sum(dtype=np.float64), len(centers)
        at = np.cumsum(distance, dtype=np.float64)
        drawn = np.searchsorted(at, rng.random(_CANDIDATES) * at[-1], side="right")
        drawn = np.unique(np.minimum(drawn, len(x) - 1))
        wanted = min(count - len(centers), at_once)
        take = _take_best_compiled if compiled else _take_best
        centers = np.concatenate([centers, x[take(x, norms, drawn, distance, wanted)]])
        poor = before - distance.sum(dtype=np.float64) < least * (len(centers) - had)
        if poor and was_poor:  # twice, as the candidates may have been
            break
        was_poor = poor
    return centers


def _take_best(x, norms, drawn, distance, wanted) -> list[int]:
    """The drawn points that lower the sum of `distance` most; it follows in its place."""
    table = _squared_distances(x, norms, x[drawn])
    taken: list[int] = []
    for _ in range(wanted):
        np.minimum(table, distance, out=table)
        sums = table.sum(1)
        best = int(np.argmin(sums))
        if taken and sums[best] >= distance.sum():
            break
        distance[:] = table[best]
        taken.append(drawn[best])
    return taken


def _take_best_compiled(x, norms, drawn, distance, wanted) -> np.ndarray:
    from gpu._numba_far import take_best

    taken = np.empty(wanted, np.int64)
    return taken[: take_best(x, norms, drawn, distance, wanted, taken)]


def _squared_distances(x, norms, points) -> np.ndarray:
    """(points, N); those that are rounding only are zero."""
    sums = np.einsum("ij,ij->i", points, points)[:, None] + norms
    squared = points @ x.T
    squared *= -2
    squared += sums
    squared[squared <= 8 * np.finfo(x.dtype).eps * sums] = 0  # of three roundings
    return squared


def _nearest(x, centers, compiled) -> np.ndarray:
    """The label of the nearest center of each point."""
    half = np.einsum("ij,ij->i", centers, centers) / 2
    if compiled:
        return _nearest_compiled(np.ascontiguousarray(x), centers, half)
    transposed = np.ascontiguousarray(centers.T)

    def labels(rows):
        return np.argmax(x[rows] @ transposed - half, axis=1)

    return np.concatenate(over_tiles(labels, row_tiles(len(x), len(centers))))


def _nearest_compiled(x, centers, half) -> np.ndarray:
    from gpu._numba_far import nearest

    labels = np.empty(len(x), np.int64)
    work = row_tiles(len(x), len(centers))
    over_tiles(lambda rows: nearest(x[rows], centers, half, labels[rows]), work)
    return labels


def _sorted(x, labels, count, compiled) -> Groups:
    """Groups of labels below count, empty ones left out."""
    sizes = np.bincount(labels, minlength=count)
    present = sizes > 0
    if not present.all():
        labels = (np.cumsum(present) - 1)[labels]
        sizes = sizes[present]
    small = labels.astype(np.uint16) if len(sizes) <= 2**16 else labels  # sorted by radix
    order = np.argsort(small, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    sums = _sums_compiled(x, labels, len(sizes)) if compiled else _sums(x[order], starts)
    return Groups(labels, order, starts, sums / sizes[:, None].astype(x.dtype))


def _sums(x, starts) -> np.ndarray:
    return np.add.reduceat(x, starts[:-1], axis=0)


def _sums_compiled(x, labels, groups) -> np.ndarray:
    from gpu._numba_far import add_up

    sums = np.zeros((groups, x.shape[1]), x.dtype)
    add_up(x, labels, sums)
    return sums
