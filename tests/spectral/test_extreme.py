"""Ends of spectra: closed forms, dense solvers, and whether what is missing is claimed away."""

import numpy as np
import pytest
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import aslinearoperator

from gpu.score_products import SYMMETRIC
from spectral import graph
from spectral._certificate import prove
from spectral.extreme import extreme_eigenpairs, laplacian_eigenpairs
from spectral.families import Complete, Hypercube, IdealClusters, Path, Ring, Star
from spectral.heads import clustered_heads
from spectral.operators import attention_graph, sparse_graph
from spectral.spectrum import laplacian_eigenvalues

EPS = np.finfo(float).eps
RNG = np.random.default_rng


def encloses(found, want, rounding):
    """`want`: all true eigenvalues from that end; those of a dense solver are off by `rounding`."""
    k = len(found.values)
    assert (found.lower - rounding <= want[:k]).all()
    assert (want[:k] <= found.upper + rounding).all()
    assert found.other_end[0] - rounding <= want[-1] <= found.other_end[1] + rounding


# Known answers --------------------------------------------------------------------------

FAMILIES = [
    Path(40),
    Ring(41),
    Star(30),
    Complete(30),
    Hypercube(5),
    IdealClusters(4, 8, 0.25),
]


@pytest.mark.parametrize("family", FAMILIES, ids=repr)
@pytest.mark.parametrize("k", [1, 5, 12])
def test_closed_forms(family, k):
    W = family.weights()
    found = laplacian_eigenpairs(sparse_graph(csr_array(W)), k, rng=RNG(0), block=4, basis=40)
    want = np.sort(family.laplacian_eigenvalues())
    assert found.converged
    # A block of 4 has more than enough room for the copies at hand.
    np.testing.assert_allclose(found.values, want[:k], atol=found.tolerance)
    encloses(found, want, 64 * EPS)


def test_all_pairs_are_complete():
    found = laplacian_eigenpairs(sparse_graph(Ring(9).weights()), 9, rng=RNG(0))
    np.testing.assert_allclose(found.values, Ring(9).laplacian_eigenvalues(), atol=64 * EPS)
    assert found.complete
    assert found.residuals.max() < 64 * EPS


def test_a_small_graph_is_solved_whole():
    q, k = planted(100, 5)
    found = laplacian_eigenpairs(attention_graph(q, k, how="mean"), 4, rng=RNG(0))
    assert (found.products, found.columns) == (1, 100)
    assert found.complete
    assert found.upper.max() < 1
    assert np.ptp(found.other_end) < 1e-10  # rounding, and no more


def test_a_single_vertex():
    found = laplacian_eigenpairs(attention_graph([[1.0]], [[2.0]], how="mean"), 1, rng=RNG(0))
    assert abs(found.values[0]) <= found.rounding
    assert found.complete


# Against dense solvers ------------------------------------------------------------------


def planted(N, clusters, noise=0.1, seed=0):
    head = clustered_heads(N, 16, clusters, rng=RNG(seed), noise=noise)[0]
    return head.q, head.k


@pytest.mark.parametrize("how", SYMMETRIC)
@pytest.mark.parametrize("tolerance", [1e-6, 1e-11])
def test_planted_clusters(how, tolerance):
    q, k = planted(150, 9)
    found = laplacian_eigenpairs(
        attention_graph(q, k, how=how), 6, rng=RNG(1), tolerance=tolerance, block=16, basis=96
    )
    want = laplacian_eigenvalues(graph.symmetrize(graph.attention_weights(q, k), how))
    assert found.converged
    np.testing.assert_allclose(found.values, want[:6], atol=tolerance)
    encloses(found, want, 150 * EPS)
    V = found.vectors
    assert np.abs(V.T @ V - np.eye(6)).max() < 150 * EPS
    L = attention_graph(q, k, how=how).symmetric_normalized()
    residuals = np.linalg.norm(L @ V - V * found.values, axis=0)
    assert np.abs(residuals - found.residuals).max() < 2 * found.rounding


def test_clusters_that_stand_out_are_shown_to_be_complete():
    q, k = planted(150, 9)
    G = attention_graph(q, k, how="geometric")
    found = laplacian_eigenpairs(G, 9, rng=RNG(1), block=16, basis=96)
    assert found.complete
    # r^2 / gap, not r: the gap after the clusters is wide, and residuals of 1e-6 give 1e-12
    assert (found.upper - found.lower).max() < 1e-11


def test_a_spectrum_without_a_gap_is_not_shown_to_be_complete():
    found = laplacian_eigenpairs(
        sparse_graph(Ring(200).weights()), 4, rng=RNG(0), block=8, basis=80, limit=20
    )
    assert not found.complete
    np.testing.assert_array_equal(found.lower, 0)


def test_huge_scores():
    rng = RNG(0)
    q = rng.integers(-3, 4, (60, 4)) * 1.0
    size = 1e4 / (q @ q.T).max()
    G = attention_graph(q, q, scale=size, how="geometric")
    found = laplacian_eigenpairs(G, 5, rng=rng, block=8, basis=60)
    A = G.normalized_adjacency() @ np.eye(60)
    encloses(found, 1 - np.linalg.eigvalsh(A)[::-1], G.rounding)
    assert found.converged


@pytest.mark.parametrize("end", ["largest", "smallest"])
@pytest.mark.parametrize("form", [np.asarray, csr_array, aslinearoperator])
def test_any_symmetric_operator(end, form):
    A = RNG(0).standard_normal((120, 120))
    A = (A + A.T) / 2
    found = extreme_eigenpairs(
        form(A), 3, rng=RNG(1), end=end, squares=(A**2).sum(), block=5, basis=60
    )
    want = np.linalg.eigvalsh(A)[:: -1 if end == "largest" else 1]
    assert found.converged
    np.testing.assert_allclose(found.values, want[:3], atol=found.tolerance)
    encloses(found, want, 120 * EPS * np.abs(want).max())


def test_one_end_is_open_without_the_squares():
    found = extreme_eigenpairs(diags_array(np.arange(200.0)), 2, rng=RNG(1), block=8, basis=64)
    np.testing.assert_allclose(found.values, [199, 198], atol=found.tolerance)
    assert not found.complete
    np.testing.assert_array_equal(found.upper, np.inf)
    assert found.other_end[0] == -np.inf
    assert 0 <= found.other_end[1] < 198  # a Ritz value, never below the smallest
    low = extreme_eigenpairs(
        diags_array(np.arange(200.0)), 2, rng=RNG(1), end="smallest", block=8, basis=64
    )
    np.testing.assert_allclose(low.values, [0, 1], atol=low.tolerance)
    np.testing.assert_array_equal(low.lower, -np.inf)
    whole = extreme_eigenpairs(np.diag([3.0, 1, 2]), 2, rng=RNG(1), end="smallest")
    np.testing.assert_allclose(whole.values, [1, 2], atol=16 * EPS)
    assert whole.complete  # nothing else is there


def test_the_zero_matrix():
    found = extreme_eigenpairs(csr_array((70, 70)), 2, rng=RNG(0), block=4, basis=20)
    assert found.converged
    np.testing.assert_array_equal(found.values, 0)


def test_a_limit_reached_is_said():
    q, k = planted(150, 9)
    found = laplacian_eigenpairs(
        attention_graph(q, k, how="mean"), 6, rng=RNG(1), block=8, basis=96, limit=1
    )
    assert not found.converged
    want = laplacian_eigenvalues(graph.symmetrize(graph.attention_weights(q, k), "mean"))
    encloses(found, want, 150 * EPS)


def test_the_seed_decides():
    one, two = (
        laplacian_eigenpairs(
            attention_graph(*planted(100, 5), how="mean"), 4, rng=RNG(3), block=8, basis=64
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.vectors, two.vectors)


# The certificate ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_enclosures_hold_for_any_vectors(seed):
    """Vectors near eigenvectors, far from them, and with some left out."""
    rng = RNG(seed)
    N, m = 12, rng.integers(1, 12)
    U = np.linalg.qr(rng.standard_normal((N, N))).Q
    values = np.sort(rng.standard_normal(N) ** 3)[::-1]
    A = (U * values) @ U.T
    noise = 10.0 ** -rng.integers(0, 10)
    chosen = np.sort(rng.permutation(N)[:m])
    X = np.linalg.qr(U[:, chosen] + noise * rng.standard_normal((N, m))).Q
    rounding = N * EPS * np.abs(values).max()
    proof = prove(X, A @ X, (A**2).sum(), rounding)
    assert (proof.values - rounding <= values[:m]).all()
    assert (values[:m] <= proof.above).all()
    assert proof.smallest <= values[-1]


def test_an_eigenvalue_left_out_is_allowed_for():
    A = np.diag([1.0, 0.9, 0.1, 0.1])
    X = np.eye(4)[:, 1:3]
    proof = prove(X, A @ X, (A**2).sum(), 0.0)
    np.testing.assert_array_equal(proof.residuals, 0)
    assert proof.above[0] >= 1
    assert proof.above[1] >= 0.9


def test_the_quadratic_bound_is_sharp_to_a_factor():
    """theta + r^2 / (theta - rho), where the truth is theta + r^2 / (theta - b) + ..."""
    r, b = 1e-3, 0.2
    A = np.array([[1.0, r], [r, b]])
    x = np.eye(2)[:, :1]
    above = prove(x, A @ x, (A**2).sum(), 0.0).above[0]
    truth = np.linalg.eigvalsh(A)[-1]
    assert truth <= above <= 1 + 1.01 * (truth - 1)


# Input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 0}, "k must be an integer from 1 to 12, got 0"),
        ({"k": 13}, "k must be an integer from 1 to 12, got 13"),
        ({"tolerance": 0}, "tolerance must be positive, got 0"),
        ({"block": 0}, "block must be an integer at least 1"),
        ({"limit": 0}, "limit must be an integer at least 1"),
        ({"basis": 8}, r"basis must be at least 2 \(k \+ block\) or N, 10, got 8"),
    ],
)
def test_input_of_pairs(options, message):
    good = {"k": 2, "rng": RNG(0), "block": 3, "tolerance": 1e-6}
    G = sparse_graph(Ring(12).weights())
    assert laplacian_eigenpairs(G, **good).converged
    with pytest.raises(ValueError, match=message):
        laplacian_eigenpairs(G, **{**good, **options})
    with pytest.raises(ValueError, match=message):
        extreme_eigenpairs(G.symmetric_normalized(), **{**good, **options})


def test_input_of_operators():
    with pytest.raises(ValueError, match=r"end must be one of .* got 'both'"):
        extreme_eigenpairs(np.eye(2), 1, rng=RNG(0), end="both")
    with pytest.raises(ValueError, match=r"A must be square and nonempty, got shape \(2, 3\)"):
        extreme_eigenpairs(np.ones((2, 3)), 1, rng=RNG(0))
    with pytest.raises(ValueError, match="laplacian_eigenpairs needs a symmetric graph"):
        laplacian_eigenpairs(attention_graph(np.eye(3), np.eye(3)), 1, rng=RNG(0))
