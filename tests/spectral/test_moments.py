"""Moments of a reweighted sample against their definitions, and the radius against the tail."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, to_balls
from spectral.laplacian import combinatorial
from spectral.sparsify import SamplingMoments, bernstein_radius, edge_moments, pair_moments

F = Fraction
EPS = np.finfo(float).eps


def integers(n, seed, symmetric=False):
    W = np.random.default_rng(seed).integers(0, 4, (n, n))
    W = W + W.T if symmetric else W
    W[0, 1] = W[1, 0] = 1
    return np.array([[F(int(w)) for w in row] for row in W], object)


def test_two_edges_of_weight_one():
    assert edge_moments([[0, 1], [1, 0]], 1) == SamplingMoments(2, 2)
    assert edge_moments([[0, 1], [1, 0]], 4) == SamplingMoments(0.5, 0.5)


def test_edges_of_a_rectangle():
    assert edge_moments([[1.0, 2.0, 3.0]], 2) == SamplingMoments(3, 18)


@given(st.integers(2, 4), st.integers(0, 2**32 - 1), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_edges_by_definition(n, seed, s):
    W = integers(n, seed)
    total, eye = W.sum(), np.eye(n, dtype=int)
    rows = columns = 0 * W
    for i, j in product(range(n), repeat=2):
        X = total / s * np.outer(eye[i], eye[j])
        rows, columns = (
            rows + s * W[i, j] / total * X @ X.T,
            columns + s * W[i, j] / total * X.T @ X,
        )
    moments = edge_moments(W, s)
    assert moments.largest == total / s
    assert moments.variance == max(*rows.diagonal(), *columns.diagonal())
    assert (rows == rows * eye).all()
    assert (columns == columns * eye).all()


@given(st.integers(2, 4), st.integers(0, 2**32 - 1), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_pairs_by_definition(n, seed, s):
    W = integers(n, seed, symmetric=True) * (1 - np.eye(n, dtype=int))
    D, total, eye = F(7), W.sum() / 2, np.eye(n, dtype=int)
    mean = second = 0 * W
    for i, j in zip(*np.triu_indices(n, 1), strict=True):
        b = eye[i] - eye[j]
        X = total / (s * D) * np.outer(b, b)
        mean, second = mean + s * W[i, j] / total * X, second + s * W[i, j] / total * X @ X
    moments = pair_moments(to_balls(W), D, s)
    assert moments.largest == 2 * total / (s * D)
    assert (mean == combinatorial(W) / D).all()
    assert (second == 2 * total / (s * D) * mean).all()  # so that its norm is R ||L_B||
    in_floats = pair_moments(W.astype(float), 7, s)
    norm = np.linalg.eigvalsh(second.astype(float))[-1]
    assert in_floats.variance == pytest.approx(norm, rel=32 * n * EPS)
    assert float(moments.variance.mid) == pytest.approx(norm, rel=32 * n * EPS)


def test_radius_is_past_the_root_of_the_exponent():
    R, variance, level = 0.3, 2.0, np.log(10 / 0.1)
    t = bernstein_radius(SamplingMoments(R, variance), 10, 0.1)
    assert t == pytest.approx(np.sqrt(2 * variance * level) + 2 * R * level / 3, rel=4 * EPS)
    assert (t**2 / 2) / (variance + R * t / 3) >= level
    root = R * level / 3 + np.sqrt((R * level / 3) ** 2 + 2 * variance * level)
    assert (root**2 / 2) / (variance + R * root / 3) == pytest.approx(level, rel=16 * EPS)
    assert root <= t


def test_radius_in_balls():
    moments = SamplingMoments(Ball(F(3, 10)), Ball(2))
    assert bernstein_radius(moments, 10, F(1, 10)).mid == pytest.approx(
        bernstein_radius(SamplingMoments(0.3, 2.0), 10, 0.1), rel=8 * EPS
    )


def test_samples_stay_within_the_radius():
    rng, s, delta = np.random.default_rng(0), 50, 0.1
    W = np.ones((4, 4)) - np.eye(4)
    moments = edge_moments(W, s)
    centred = SamplingMoments(moments.largest * np.sqrt(2), moments.variance)
    radius = bernstein_radius(centred, 8, delta)
    counts = rng.multinomial(s, (W / W.sum()).ravel(), size=400).reshape(-1, 4, 4)
    strayed = np.linalg.norm(counts * W.sum() / s - W, ord=2, axis=(1, 2))
    assert (strayed > radius).mean() <= delta
    assert strayed.max() > radius / 8  # the radius is of the right size


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: edge_moments([[-1.0]], 1), "W must be nonnegative, got -1.00e"),
        (lambda: edge_moments([[1.0]], 0), "s must be an integer at least 1, got 0"),
        (lambda: pair_moments([[0.0, 1.0], [2.0, 0.0]], 1, 1), "W must be symmetric"),
        (lambda: pair_moments([[0.0, 1.0], [1.0, 0.0]], 0, 1), "degree must be positive, got 0"),
        (
            lambda: bernstein_radius(SamplingMoments(1.0, 1.0), 0, 0.1),
            "dimension must be an integer at least 1, got 0",
        ),
        (
            lambda: bernstein_radius(SamplingMoments(1.0, 1.0), 2, 0),
            "delta must be positive, got 0",
        ),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
