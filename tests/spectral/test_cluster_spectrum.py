"""Ideal clusters against the eigensolver, and the gap bound on drawn clusterings."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.cluster_spectrum import cluster_gap_bound, inside_gap, outside_fraction
from spectral.families import IdealClusters
from spectral.spectrum import laplacian_eigenvalues

EPS = np.finfo(float).eps


@pytest.mark.parametrize(("k", "m"), [(1, 1), (1, 3), (2, 2), (3, 2), (4, 3)])
@pytest.mark.parametrize("eps", [Fraction(0), Fraction(1, 10), Fraction(1), Fraction(3, 2)])
def test_closed_form(k, m, eps):
    family = IdealClusters(k, m, eps)
    values = np.sort(laplacian_eigenvalues(family.weights()))
    assert np.abs(values - family.laplacian_eigenvalues()).max() <= 32 * EPS * k * m
    assert family.weights(exact=True).dtype == object


def test_gap_falls_with_k():
    half = Fraction(1, 2)
    assert [IdealClusters(k, 2, half).eigengap(exact=True) for k in (2, 3, 9)] == [
        Fraction(1, 3),
        Fraction(1, 4),
        Fraction(1, 10),
    ]


def test_disjoint_cliques_are_the_case_of_equality():
    family = IdealClusters(2, 2, 0)
    assert outside_fraction(family.weights(exact=True), family.labels) == 0
    assert abs(cluster_gap_bound(family.weights(), family.labels) - 1) <= 16 * EPS
    assert inside_gap(np.ones((2, 2)), np.array([0, 1])) == np.inf


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.floats(0, 0.3))
@settings(max_examples=40, deadline=None)
def test_bound(seed, k, eps):
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(k), rng.integers(2, 4, k))
    W = rng.random((len(labels), len(labels))) + 0.1
    W = (W + W.T) * np.where(labels[:, None] == labels, 1, eps)
    values = np.sort(laplacian_eigenvalues(W))
    gap = values[k] - values[k - 1]
    assert gap >= cluster_gap_bound(W, labels) - 64 * EPS * len(W)
    assert values[k - 1] <= 2 * outside_fraction(W, labels) + 64 * EPS * len(W)


def test_refusals():
    with pytest.raises(ValueError, match=r"labels must be 2 integers, got float64"):
        outside_fraction(np.ones((2, 2)), np.zeros(2))
    with pytest.raises(ValueError, match=r"eps must be nonnegative, got -1"):
        IdealClusters(2, 2, -1)
    with pytest.raises(ValueError, match=r"m must be .*1"):
        IdealClusters(2, 1, 0).eigengap()
