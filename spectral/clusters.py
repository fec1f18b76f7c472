r"""Clusters of points: k-means, its residual in three arithmetics, and the optimum of small sets.

Labels assign each of N points, the rows of x, to a cluster; the residual of k-means is

    sum_i |x_i - c_{l(i)}|^2,    c_a the mean of the points with label a,

the objective that k-means minimizes over labels.  `kmeans` finds a local minimum, by Lloyd's
iteration from ten starts; `optimal_kmeans` tries every partition.

References
----------
.. [L82] S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Inform. Theory 28 (1982).
.. [AV] D. Arthur, S. Vassilvitskii, k-means++: the advantages of careful seeding, SODA (2007).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from spectral._checks import check_array, check_count

# Partitions that `optimal_kmeans` tries at most: ten points into any number of clusters, or 14
# into three, within ten seconds or so.  By choice.
_MOST_PARTITIONS = 1_000_000


@dataclass(frozen=True)
class Clustering:
    """Labels of points, with what they imply."""

    labels: np.ndarray  # (N,) integers 0 .. clusters - 1, each of them used
    centers: np.ndarray  # (clusters, d) means
    residual: object  # sum of squared distances to the centers, in the arithmetic of the points

    @property
    def clusters(self) -> int:
        """How many."""
        return len(self.centers)


def kmeans(x, k: int, *, rng: np.random.Generator, starts: int = 10) -> Clustering:
    """A locally optimal clustering of the rows of x, (N, d) float64, into at most k clusters.

    The best of `starts` runs of Lloyd's iteration [L82]_, each from a k-means++ start [AV]_
    (scikit-learn's `KMeans`).  Where x has fewer than k distinct rows there are fewer clusters, and
    the residual is 0.
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    x = check_array(x, "x", ndim=2)
    if x.dtype == object:
        raise ValueError("x must be float64, got exact numbers; see optimal_kmeans")
    k = check_count(k, "k", 1, len(x))
    starts = check_count(starts, "starts", 1)
    model = KMeans(k, n_init=starts, random_state=int(rng.integers(2**32)))
    with warnings.catch_warnings():  # its one warning: fewer distinct points than clusters
        warnings.simplefilter("ignore", ConvergenceWarning)
        return cluster(x, model.fit_predict(x))


def cluster(x, labels) -> Clustering:
    """The clustering that labels, (N,) integers, make of the rows of x; labels are renumbered."""
    x = check_array(x, "x", ndim=2)
    labels = np.unique(_check_labels(labels, len(x)), return_inverse=True)[1]
    groups = [x[labels == a] for a in range(labels.max() + 1)]
    centers = np.array([group.sum(axis=0) / len(group) for group in groups])
    residual = sum(((group - c) ** 2).sum() for group, c in zip(groups, centers, strict=True))
    return Clustering(labels, centers, residual)


def kmeans_residual(x, labels):
    """sum_i |x_i - c_{l(i)}|^2 for the labels given, a number in the arithmetic of x."""
    return cluster(x, labels).residual


def optimal_kmeans(x, k: int) -> Clustering:
    """The clustering of the rows of x into at most k clusters with the smallest residual.

    Found by trying every partition, in the arithmetic of x; of several optima, the one whose
    labels come first in lexicographic order.  Balls: `Undecided` where two residuals overlap.

    *Raises* ValueError where there are more than 1,000,000 partitions, say 15 points into three.
    """
    x = check_array(x, "x", ndim=2)
    best, least = None, None
    for labels, residual in _all_clusterings(x, k):
        if least is None or residual < least:
            best, least = labels, residual
    return cluster(x, best)


def optimal_residual(x, k: int):
    """The smallest residual of any clustering of the rows of x into at most k clusters.

    As `optimal_kmeans`, but for balls it encloses the minimum with no decision between optima.
    """
    from spectral.balls import minimum

    x = check_array(x, "x", ndim=2)
    residuals = (residual for _, residual in _all_clusterings(x, k))
    least = next(residuals)
    for residual in residuals:
        least = minimum(least, residual)
    return least


def partitions(n: int, k: int) -> Iterator[tuple[int, ...]]:
    """Labels of each partition of n things into at most k blocks, once, in lexicographic order.

    Blocks are numbered by their first element, so that labels start at 0 and rise by at most 1.
    """
    if n == 0:
        yield ()
        return
    labels, highest = [0] * n, [0] * n
    while True:
        yield tuple(labels)
        i = n - 1
        while i > 0 and labels[i] == min(highest[i - 1] + 1, k - 1):
            i -= 1
        if i == 0:
            return
        labels[i] += 1
        highest[i] = max(highest[i - 1], labels[i])
        for j in range(i + 1, n):
            labels[j], highest[j] = 0, highest[i]


def _all_clusterings(x, k):
    """(labels, residual) of every partition; a block's residual is computed once.

    That of a block B is sum_{i < j in B} |x_i - x_j|^2 / |B|.
    """
    k = check_count(k, "k", 1, len(x))
    count = _count_partitions(len(x), k)
    if count > _MOST_PARTITIONS:
        raise ValueError(
            f"x must have at most {_MOST_PARTITIONS} partitions, got {count} of {len(x)} rows"
        )
    squares = ((x[:, None] - x) ** 2).sum(axis=2)
    zero = 0 * x[0, 0]  # of the points' arithmetic: the int 0 / 1 would be a float

    @cache
    def cost(block):
        pairs = (squares[i, block[:a]].sum() for a, i in enumerate(block) if a)
        return sum(pairs, zero) / len(block)

    for labels in partitions(len(x), k):
        blocks = [[] for _ in range(max(labels) + 1)]
        for i, label in enumerate(labels):
            blocks[label].append(i)
        yield labels, sum(cost(tuple(block)) for block in blocks)


def _count_partitions(n, k):
    """Stirling numbers of the second kind, summed up to k blocks."""
    row = [1] + [0] * k
    for _ in range(n):
        row = [0] + [row[j - 1] + j * row[j] for j in range(1, k + 1)]
    return sum(row)


def _check_labels(labels, n):
    labels = np.asarray(labels)
    if labels.shape != (n,) or labels.dtype.kind not in "iu":
        kind = f"shape {labels.shape} of {labels.dtype}"
        raise ValueError(f"labels must be {n} integers, one a row of x, got {kind}")
    return labels
