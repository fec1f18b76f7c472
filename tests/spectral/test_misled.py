"""Graphs on which clusters mislead: closed forms against dense eigenproblems, and every sample."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import graph, laplacian, linalg
from spectral.angles import sin_theta
from spectral.balls import to_balls
from spectral.clusters import kmeans, kmeans_residual
from spectral.families import CrossedClusters, TwinsAndSingles
from spectral.sparsify import clustered_mask, importance_ssa, ssa

EPS = np.finfo(float).eps
FAMILIES = [
    *(TwinsAndSingles(m) for m in (2, 3, 4, 16)),
    *(CrossedClusters(m, n) for m, n in ((2, 1), (2, 3), (3, 2), (4, 4))),
]
every = pytest.mark.parametrize("family", FAMILIES, ids=str)


def an_rng(seed=0):
    return np.random.default_rng(seed)


@every
def test_weights_are_symmetric_positive_of_constant_degree(family):
    W = family.weights(exact=True)
    assert W.shape == (family.tokens, family.tokens)
    assert all(type(w) is Fraction and w > 0 for w in W.flat)
    assert (W == W.T).all()
    assert set(W.sum(axis=1)) == {8 if isinstance(family, TwinsAndSingles) else 4 * family.n}
    assert family.weights().tolist() == [[float(w) for w in row] for row in W]


@every
def test_clusters_are_half_as_many_as_gadgets(family):
    assert family.labels.shape == (family.tokens,)
    assert set(family.labels) == set(range(family.clusters))
    assert family.clusters == 2 * family.m


@every
def test_eigenvalues_and_gap(family):
    values = family.laplacian_eigenvalues(exact=True)
    assert sorted(values) == list(values)
    k = family.clusters
    assert family.eigengap(exact=True) == values[k] - values[k - 1] > 0
    assert family.eigengap() == float(values[k] - values[k - 1])
    dense = np.linalg.eigvalsh(laplacian.symmetric_normalized(family.weights()))
    # Backward stability: n eps ||L||, ||L|| <= 2, on each of computed and assembled.
    np.testing.assert_allclose(
        family.laplacian_eigenvalues(), dense, rtol=0, atol=8 * family.tokens * EPS
    )


@pytest.mark.parametrize("family", [TwinsAndSingles(2), CrossedClusters(2, 1)], ids=str)
def test_eigenvalues_in_balls(family):
    L = laplacian.random_walk(family.weights(exact=True))  # symmetric: the degrees are constant
    found = linalg.eigvalsh(to_balls(L))
    expected = to_balls(family.laplacian_eigenvalues(exact=True))
    assert all(
        a.lower <= b.upper and b.lower <= a.upper for a, b in zip(found, expected, strict=True)
    )


@every
def test_error_of_the_clusters_alone(family):
    W, mask = family.weights(), clustered_mask(family.labels)
    L, alone = laplacian.symmetric_normalized(W), laplacian.symmetric_normalized(W * mask)
    error = np.abs(np.linalg.eigvalsh(L - alone)).max()
    assert error == pytest.approx(family.cluster_error(), rel=8 * family.tokens * EPS)


def rotation_squared(family, sparse_weights):
    k = family.clusters
    L, sparse = (
        linalg.eigh(laplacian.symmetric_normalized(W)) for W in (family.weights(), sparse_weights)
    )
    return sin_theta(L.vectors[:, :k], sparse.vectors[:, :k], norm="frobenius") ** 2


@given(st.sampled_from(FAMILIES), st.integers(0, 6), st.integers(0, 2**32 - 1), st.booleans())
@settings(max_examples=30, deadline=None)
def test_no_sample_turns_less(family, s, seed, reweighted):
    # Any orthonormal basis of a tied eigenspace will do: the bound is for all of them.
    if reweighted:
        sparse = importance_ssa(
            family.weights(), family.labels, s + 1, rng=an_rng(seed), undirected=True
        )
        s = s + 1
    else:
        sparse = ssa(family.weights(), family.labels, s, rng=an_rng(seed), undirected=True)
    turned = rotation_squared(family, sparse.weights)
    assert turned >= family.least_rotation_squared(s) - 64 * family.tokens * EPS


@every
def test_directed_samples_keep_what_is_lost(family):
    """The lost vectors by hand: in the kernel of a directed Laplacian, orthogonal to U_k."""
    W, s = family.weights(), family.m // 4
    sparse = ssa(W, family.labels, s, rng=an_rng(1)).weights
    k, gadgets = family.clusters, np.repeat(np.arange(family.m), family.tokens // family.m)
    first = linalg.eigh(laplacian.symmetric_normalized(W)).vectors[:, :k]
    lost = 0
    for g in range(family.m):
        inside, even = gadgets == g, family.labels == 2 * g
        sizes = even.sum(), (inside & ~even).sum()
        v = np.where(even, 1 / sizes[0], -1 / sizes[1]) * inside
        assert np.abs(first.T @ v).max() < 16 * family.tokens * EPS
        lost += np.abs(laplacian.random_walk(sparse) @ v).max() < 4 * EPS
    assert lost >= family.least_rotation_squared(s) == family.m - 2 * s


@pytest.mark.parametrize("m", [2, 5])
def test_twins_have_one_query(m):
    """With keys e_j the queries are the rows of log W, up to a factor: k-means leaves nothing."""
    family = TwinsAndSingles(m)
    W, N = family.weights(), family.tokens
    q = np.log(W) * np.sqrt(N)
    np.testing.assert_allclose(graph.attention_weights(q, np.eye(N)), W, rtol=64 * EPS)
    found = kmeans(q, family.clusters, rng=an_rng())
    assert found.residual < N * EPS * (q**2).sum()
    assert kmeans_residual(q, family.labels) < N * EPS * (q**2).sum()
    same = clustered_mask(found.labels)
    np.testing.assert_array_equal(same, clustered_mask(family.labels))


@pytest.mark.parametrize("family", [CrossedClusters(2, 2), CrossedClusters(3, 3)], ids=str)
@pytest.mark.parametrize("spread", [0.1, 1e-3])
def test_crossed_queries(family, spread):
    q, k = family.queries_and_keys(spread)
    # Scores are sums of terms up to log(2m - 1): rounding in the exponent, relative in W.
    np.testing.assert_allclose(graph.attention_weights(q, k), family.weights(), rtol=1024 * EPS)
    found = kmeans(q, family.clusters, rng=an_rng())
    np.testing.assert_array_equal(clustered_mask(found.labels), clustered_mask(family.labels))
    expected = family.tokens * spread**2 / 2
    assert found.residual == pytest.approx(expected, abs=64 * family.tokens * EPS)


def test_root_n_clusters():
    family = CrossedClusters(5, 5)
    assert family.clusters**2 == family.tokens == 100


def test_nothing_is_promised_of_many_samples():
    assert TwinsAndSingles(4).least_rotation_squared(3) == 0
    assert CrossedClusters(4, 1).least_rotation_squared(2) == 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TwinsAndSingles(1), "m must be an integer at least 2, got 1"),
        (lambda: CrossedClusters(1, 1), "m must be an integer at least 2, got 1"),
        (lambda: CrossedClusters(2, 0), "n must be an integer at least 1, got 0"),
        (lambda: TwinsAndSingles(2).least_rotation_squared(-1), "s must be an integer at least 0"),
        (lambda: CrossedClusters(2, 1).queries_and_keys(0), "spread must be positive, got 0"),
    ],
)
def test_bad_sizes(make, message):
    with pytest.raises(ValueError, match=message):
        make()
