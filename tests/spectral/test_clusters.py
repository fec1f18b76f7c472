"""k-means: known optima, exact residuals, and the three arithmetics."""

from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, Undecided, midpoints, to_balls
from spectral.clusters import (
    cluster,
    kmeans,
    kmeans_residual,
    optimal_kmeans,
    optimal_residual,
    partitions,
)

F = Fraction
EPS = np.finfo(float).eps
LINE = np.array([[0], [1], [10], [12]])  # into two: residual 1/2 + 2


def exact(x):
    return np.array([[F(int(e)) for e in row] for row in x], object)


def an_rng(seed=0):
    return np.random.default_rng(seed)


points = st.integers(0, 2**32 - 1).map(
    lambda seed: an_rng(seed).integers(-4, 5, (1 + seed % 6, 1 + seed % 2))
)

# Known answers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "labels", "residual"),
    [
        (1, [0, 0, 0, 0], F(451, 4)),  # sum of squares 245, less 23^2 / 4
        (2, [0, 0, 1, 1], F(5, 2)),
        (3, [0, 0, 1, 2], F(1, 2)),
        (4, [0, 1, 2, 3], F(0)),
    ],
)
def test_optimal_clusterings_of_four_points(k, labels, residual):
    found = optimal_kmeans(exact(LINE), k)
    assert (found.labels.tolist(), found.residual) == (labels, residual)
    assert isinstance(optimal_residual(exact(LINE), k), Fraction)
    # 245 is the largest number met: 4 sums, a quotient and a difference of it.
    assert abs(optimal_residual(LINE, k) - residual) <= 16 * EPS * 245
    assert abs(kmeans(LINE, k, rng=an_rng()).residual - residual) <= 16 * EPS * 245


def test_what_labels_imply():
    found = cluster(exact([[0, 0], [2, 0], [5, 5]]), np.array([7, 7, -1]))
    assert found.labels.tolist() == [1, 1, 0]
    assert found.centers.tolist() == [[5, 5], [1, 0]]
    assert (found.residual, found.clusters) == (2, 2)


def test_one_point():
    for x in (np.array([[3.0]]), exact([[3]]), to_balls([[3]])):
        assert optimal_kmeans(x, 1).residual == 0
    assert kmeans([[3.0]], 1, rng=an_rng()).labels.tolist() == [0]


def test_fewer_distinct_points_than_clusters():
    found = kmeans([[1.0], [1.0], [2.0]], 3, rng=an_rng())
    assert (found.clusters, found.residual) == (2, 0)


def test_separated_clusters_are_found():
    truth = an_rng(1).permutation(np.arange(60) % 4)
    x = 100 * np.eye(4)[truth] + an_rng(2).standard_normal((60, 4))
    found = kmeans(x, 4, rng=an_rng(3))
    assert len(set(zip(found.labels.tolist(), truth.tolist(), strict=True))) == 4


def test_more_starts_leave_no_more():
    x = np.random.default_rng(2).standard_normal((40, 2))
    once, often = (kmeans(x, 6, rng=np.random.default_rng(0), starts=s) for s in (1, 10))
    assert often.residual <= once.residual
    with pytest.raises(ValueError, match="starts must be an integer at least 1, got 0"):
        kmeans(x, 6, rng=np.random.default_rng(0), starts=0)


def test_kmeans_is_reproducible():
    x = an_rng(5).standard_normal((30, 3))
    first, second = (kmeans(x, 5, rng=an_rng(6)) for _ in range(2))
    np.testing.assert_array_equal(first.labels, second.labels)


@pytest.mark.parametrize(("n", "k", "count"), [(0, 1, 1), (1, 1, 1), (4, 4, 15), (5, 2, 16)])
def test_partitions_are_as_many_as_stirling_says(n, k, count):
    found = list(partitions(n, k))
    assert len(found) == len(set(found)) == count
    assert found == sorted(found)


# Properties -----------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(points, st.integers(1, 3))
def test_the_optimum_is_below_every_labelling(x, k):
    k = min(k, len(x))
    least = optimal_residual(exact(x), k)
    assert least == optimal_kmeans(exact(x), k).residual
    for labels in np.ndindex(*[k] * len(x)):
        assert least <= kmeans_residual(exact(x), np.array(labels))


@settings(max_examples=15, deadline=None)
@given(points, st.integers(0, 2**32 - 1))
def test_three_arithmetics_agree(x, seed):
    labels = an_rng(seed).integers(0, 3, len(x))
    rational = kmeans_residual(exact(x), labels)
    assert kmeans_residual(to_balls(x), labels) == rational
    # Entries up to 4, at most 6 x 2 of them: sums of squares up to 12 * 64.
    assert abs(kmeans_residual(x, labels) - rational) <= 16 * EPS * 12 * 64


@settings(max_examples=8, deadline=None)
@given(points)
def test_lloyd_is_not_below_the_optimum(x):
    k = min(2, len(x))
    least = float(optimal_residual(exact(x), k))
    assert kmeans(x, k, rng=an_rng()).residual >= least - 16 * EPS * 12 * 64


def test_balls_that_overlap_have_an_enclosed_optimum_but_no_decided_one():
    x = np.array([[Ball(flint.arb(e, 1e-9))] for e in (0, 1, 2)], object)  # a tie of {0,1}, {1,2}
    assert abs(midpoints(optimal_residual(x, 2)) - 0.5) < 1e-8  # the radius, times 4
    with pytest.raises(Undecided):
        optimal_kmeans(x, 2)


def test_of_two_optima_the_first_labels():
    assert optimal_kmeans(exact([[0], [1], [2]]), 2).labels.tolist() == [0, 0, 1]


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [optimal_kmeans, lambda x, k: kmeans(x, k, rng=an_rng())])
def test_bad_sizes(function):
    with pytest.raises(ValueError, match="k must be an integer from 1 to 2, got 3"):
        function(np.zeros((2, 1)), 3)
    with pytest.raises(ValueError, match=r"x must have 2 axes, got shape \(2,\)"):
        function(np.zeros(2), 1)
    with pytest.raises(ValueError, match="x must be finite, got nan"):
        function([[np.nan]], 1)


def test_too_many_partitions():
    with pytest.raises(ValueError, match="at most 1000000 partitions, got 2391485 of 15 rows"):
        optimal_kmeans(np.zeros((15, 1)), 3)


def test_exact_points_have_no_lloyd():
    with pytest.raises(ValueError, match="x must be float64, got exact numbers; see optimal_"):
        kmeans(exact(LINE), 2, rng=an_rng())


@pytest.mark.parametrize("labels", [np.array([0]), np.array([0.0, 1, 1, 1]), np.zeros((4, 1), int)])
def test_bad_labels(labels):
    with pytest.raises(ValueError, match="labels must be 4 integers, one a row of x, got shape"):
        kmeans_residual(LINE, labels)
