"""Projections along the sequence and landmarks: their parts, and what is refused."""

import numpy as np
import pytest

from gpu import linformer, nystrom
from gpu.low_rank import iterative_pinv, segment_means

EPS = np.finfo(float).eps


def tensors(N=12, d=4, dv=3):
    rng = np.random.default_rng(0)
    return tuple(rng.standard_normal((N, w)) for w in (d, d, dv))


def test_segments_differ_by_one():
    means = segment_means(np.arange(7.0)[:, None], 3)
    np.testing.assert_array_equal(means[:, 0], [0.5, 2.5, 5])


def test_the_iteration_converges_to_the_inverse():
    """||I - A Z|| < 1 is cubed a step, so that it ends at rounding: cond(A) eps."""
    rng = np.random.default_rng(0)
    A = np.eye(8) + 0.5 * rng.random((8, 8)) / 8
    A /= A.sum(1, keepdims=True)
    np.testing.assert_allclose(iterative_pinv(A, 20), np.linalg.inv(A), atol=256 * EPS)


def test_the_step_is_equation_14():
    """(13 I - X (15 I - X (7 I - X))) / 4 leaves I - X', X' = X (..), of third order in I - X."""
    r = 0.1
    X = np.array([[1 - r]])
    Z = iterative_pinv(X, 1)  # starts at x / x^2, the inverse itself
    np.testing.assert_allclose(Z @ X, 1, atol=8 * EPS)
    for r in (0.1, 0.01):
        x = 1 - r
        left = 1 - x * (13 - x * (15 - x * (7 - x))) / 4
        assert 0 < left < 0.8 * r**3


def test_both_pseudo_inverses_agree_where_the_middle_is_good():
    q, k, v = tensors()
    q = k = 4 * k
    exact = nystrom(q, k, v, landmarks=3).output
    steps = nystrom(q, k, v, landmarks=3, pinv="iterative", iterations=30).output
    np.testing.assert_allclose(steps, exact, atol=1e4 * EPS)  # cond(A)^2 is some 10^2 here


def test_scores():
    q, k, v = tensors()
    assert nystrom(q, k, v, landmarks=3).scores == 36 + 9 + 36
    assert linformer(q, k, v, size=5, E="means").scores == 60
    assert linformer(q, k, v, E="means").scores_per_query == 4
    assert linformer(q, k, v, E="means").pattern.count() == 0


def test_a_drawn_projection_is_right_in_second_moments():
    """E E^T = I on average over M = 4000 columns: 1 +- 5 sqrt(2 / M) on the diagonal."""
    q, _, _ = tensors(1, d=1)
    k = np.zeros((4000, 1))
    v = np.full((4000, 1), 1.0)
    output = linformer(q, k, v, size=1, rng=np.random.default_rng(0)).output
    assert abs(output[0, 0]) < 5 * np.sqrt(4000)  # a sum of 4000 N(0, 1)
    assert abs(output[0, 0]) > 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"E": "best"}, r"E must be one of \['gaussian', 'means'\], got 'best'"),
        ({"E": np.ones((2, 5))}, r"E must be \(size, 12\), got \(2, 5\)"),
        ({"E": np.ones((2, 12)), "size": 3}, r"E must be \(3, 12\), got \(2, 12\)"),
        ({"E": np.full((2, 12), np.nan)}, "E must hold finite numbers, got float64"),
        (
            {"E": np.eye(12)[8:], "keys": np.arange(12) < 8},
            "E must have an entry that is not zero on the keys, got none",
        ),
        ({"E": np.ones((2, 12)), "F": np.ones((3, 12))}, r"F must be \(2, 12\), got \(3, 12\)"),
        ({"F": np.ones((2, 12))}, "F must be left out where E is made, got E = 'gaussian'"),
        ({"E": "means", "size": 13}, "size must be at most 12, got 13"),
        ({}, "rng must be a numpy.random.Generator, got NoneType"),
    ],
)
def test_what_linformer_refuses(options, message):
    with pytest.raises(ValueError, match=message):
        linformer(*tensors(), **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"landmarks": 13}, "landmarks must be at most 12, got 13"),
        ({"landmarks": 0}, "landmarks must be at least 1, got 0"),
        ({"pinv": "fast"}, r"pinv must be one of \['exact', 'iterative'\], got 'fast'"),
        ({"iterations": 0}, "iterations must be at least 1, got 0"),
    ],
)
def test_what_nystrom_refuses(options, message):
    with pytest.raises(ValueError, match=message):
        nystrom(*tensors(), **options)
