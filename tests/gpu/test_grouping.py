"""k-means: planted clusters are found, equal points stay together, and the sums are right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu.grouping import group


def planted(clusters, size, *, noise, d=16, seed=0):
    rng = np.random.default_rng(seed)
    centers = rng.standard_normal((clusters, d))
    labels = np.repeat(np.arange(clusters), size)
    return centers[labels] + noise * rng.standard_normal((clusters * size, d)), labels


@pytest.mark.parametrize("clusters", [1, 3, 12, 40])
def test_clear_clusters_are_found(clusters):
    x, labels = planted(clusters, 30, noise=0.05)
    found = group(x, clusters, rng=np.random.default_rng(1))
    assert len(found) == clusters
    assert len(set(zip(labels.tolist(), found.labels.tolist(), strict=True))) == clusters


@pytest.mark.parametrize("seed", range(3))
def test_a_residual_near_the_planted_one(seed):
    x, labels = planted(64, 64, noise=0.5, d=64, seed=seed)
    found = group(x, 64, rng=np.random.default_rng(0))
    means = np.stack([x[labels == c].mean(axis=0) for c in range(64)])
    residual = ((x - found.centers[found.labels]) ** 2).sum()
    # Two planted clusters in one, another in two: 2 * 64 * 128 / 4 more, 6 % of it.  By trial 1.04
    # to 1.16; seeds that are not the best of several give 1.3 to 1.5.
    assert residual <= 1.25 * ((x - means[labels]) ** 2).sum()


def test_no_more_groups_than_there_are():
    x, _ = planted(5, 40, noise=0.05)
    stopped = group(x, 40, rng=np.random.default_rng(0), least_gain=0.6)
    assert 5 <= len(stopped) <= 5 + 4  # two steps of two groups that gained nothing
    assert len(group(x, 40, rng=np.random.default_rng(0))) == 40


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_equal_points_are_one_group(dtype):
    x = np.full((50, 3), 1 / 3, dtype)
    found = group(x, 7, rng=np.random.default_rng(0))
    assert len(found) == 1
    # a sum of 50
    np.testing.assert_allclose(found.centers, x[:1], rtol=50 * np.finfo(dtype).eps)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 2**31))
def test_a_partition_with_its_means(n, groups, seed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.standard_normal((n, 3)), 1)
    found = group(x, groups, rng=rng)
    assert 1 <= len(found) <= min(groups, n)
    np.testing.assert_array_equal(np.sort(found.order), np.arange(n))
    for c in range(len(found)):
        members = found.order[found.starts[c] : found.starts[c + 1]]
        assert (found.labels[members] == c).all()
        # a mean of at most 60 numbers of size 4
        np.testing.assert_allclose(found.centers[c], x[members].mean(axis=0), atol=1e-13)


def test_what_is_refused():
    with pytest.raises(ValueError, match="groups must be at least 1, got 0"):
        group(np.ones((3, 2)), 0, rng=np.random.default_rng(0))
