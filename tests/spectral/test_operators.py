"""Graphs as operators, against the matrices of `spectral.graph` and `spectral.laplacian`."""

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array

from gpu import _score_tiles
from gpu.score_products import SYMMETRIC
from spectral import graph, laplacian
from spectral.families import Path, Star
from spectral.operators import attention_graph, sparse_graph

EPS = np.finfo(float).eps
RNG = np.random.default_rng


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch):
    """Tiles of 8 rows, so that 23 tokens make three of them, the last one short."""
    monkeypatch.setattr(_score_tiles, "_TILE", 8)


def tokens(N, seed=0):
    return RNG(seed).standard_normal((2, N, 5))


def matrices(W, symmetric):
    """What the methods must be, from the dense W."""
    found = {
        "weights": W,
        "combinatorial": laplacian.combinatorial(W),
        "transition_matrix": graph.transition_matrix(W),
        "random_walk": laplacian.random_walk(W),
    }
    if symmetric:
        L = laplacian.symmetric_normalized(W)
        found |= {"symmetric_normalized": L, "normalized_adjacency": np.eye(len(W)) - L}
    return found


def agrees(operator, A, tol):
    """Products with blocks, vectors, and the transpose; `tol` is per unit of the largest row."""
    N = len(A)
    X = RNG(1).standard_normal((N, 3))
    size = max(1, np.abs(A).sum(axis=0).max(), np.abs(A).sum(axis=1).max())  # I - P may be 0
    atol = tol * size * np.abs(X).max()
    np.testing.assert_allclose(operator @ X, A @ X, rtol=0, atol=atol)
    np.testing.assert_allclose(operator @ X[:, 0], A @ X[:, 0], rtol=0, atol=atol)
    np.testing.assert_allclose(operator.T @ X, A.T @ X, rtol=0, atol=atol)
    np.testing.assert_allclose(operator.H @ X[:, 0], A.T @ X[:, 0], rtol=0, atol=atol)
    np.testing.assert_allclose(operator.rmatvec(X[:, 0]), A.T @ X[:, 0], rtol=0, atol=atol)
    assert operator.shape == A.shape


@pytest.mark.parametrize("how", [None, *SYMMETRIC])
@pytest.mark.parametrize("N", [1, 2, 23])
def test_a_dense_graph(N, how):
    q, k = tokens(N)
    W = graph.attention_weights(q, k, temperature=2)
    W = W if how is None else graph.symmetrize(W, how)
    G = attention_graph(q, k, temperature=2, how=how)
    np.testing.assert_allclose(G.degrees, W.sum(axis=1), rtol=(4 * N + 256) * EPS)
    for name, A in matrices(W, how is not None).items():
        # N eps for the sums on either side; 256 for scores up to 10 of 5 products
        agrees(getattr(G, name)(), A, (4 * N + 256) * EPS)


@pytest.mark.parametrize("how", [None, "mean", "max"])
def test_a_causal_graph(how):
    q, k = tokens(23)
    W = graph.attention_weights(q, k, causal=True)
    W = W if how is None else graph.symmetrize(W, how)
    G = attention_graph(q, k, causal=True, how=how)
    for name, A in matrices(W, how is not None).items():
        agrees(getattr(G, name)(), A, 512 * EPS)


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize("family", [Path(9), Star(6)])
def test_a_sparse_graph(family, lazy):
    W = family.weights() + lazy * np.eye(len(family.weights()))
    G = sparse_graph(csr_array(W))
    assert G.symmetric
    for name, A in matrices(W, True).items():
        agrees(getattr(G, name)(), A, 64 * EPS)


def test_a_directed_sparse_graph():
    W = random_array((40, 40), density=0.2, rng=RNG(0)) + csr_array(np.eye(40))
    G = sparse_graph(W)
    assert not G.symmetric
    for name, A in matrices(W.toarray(), False).items():
        agrees(getattr(G, name)(), A, 256 * EPS)
    with pytest.raises(ValueError, match="symmetric_normalized needs a symmetric graph"):
        G.symmetric_normalized()


@pytest.mark.parametrize("how", [None, "geometric", "mean"])
def test_huge_scores_overflow_weights_but_not_the_walk(how):
    rng = RNG(0)
    q, k = rng.integers(-3, 4, (2, 30, 4)) * 1.0
    size = 1e4 / np.abs(q @ k.T).max()
    G = attention_graph(q, k, scale=size, how=how)
    with pytest.raises(ValueError, match=r"degrees up to exp\(709.8\) for this, got exp\(.{4,7}\)"):
        G.weights()
    S = size * (q @ k.T)
    S = {None: S, "geometric": (S + S.T) / 2, "mean": np.logaddexp(S, S.T) - np.log(2)}[how]
    P = np.exp(S - S.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    agrees(G.transition_matrix(), P, 1e4 * 64 * EPS)  # scores of 1e4, to 4 products each
    if how is not None:
        A = G.normalized_adjacency() @ np.eye(30)
        np.testing.assert_allclose(A, A.T, atol=G.rounding)
        assert np.linalg.eigvalsh(A)[-1] == pytest.approx(1, abs=G.rounding)


@pytest.mark.parametrize("how", SYMMETRIC)
def test_moments_and_the_stationary_distribution(how):
    q, k = tokens(23)
    W = graph.symmetrize(graph.attention_weights(q, k), how)
    for G in (attention_graph(q, k, how=how), sparse_graph(W)):
        A = np.eye(23) - laplacian.symmetric_normalized(W)
        found = G.moments(np.eye(23))
        np.testing.assert_allclose(found.product, A, atol=256 * EPS)
        assert found.squares == pytest.approx((A**2).sum(), rel=512 * EPS)
        pi = G.stationary_distribution()
        np.testing.assert_allclose(pi, W.sum(axis=1) / W.sum(), rtol=512 * EPS)
        assert np.abs(found.product - A).max() <= G.rounding


def test_float32_tiles_are_off_by_their_rounding_at_most():
    q, k = tokens(70)
    G = attention_graph(q, k, how="mean")
    single = G.in_float32()
    x = RNG(2).standard_normal((70, 5))
    off = np.linalg.norm(single.moments(x).product - G.moments(x).product, axis=0)
    assert (off <= single.rounding * np.linalg.norm(x, axis=0)).all()
    assert (off > G.rounding).all()  # it is float32
    assert G.in_float32().log_degrees is G.log_degrees  # once they are known


@pytest.mark.parametrize("how", SYMMETRIC)
def test_one_pass_finds_images_and_degrees(how):
    q, k = tokens(70)
    G, known = (attention_graph(q, k, how=how) for _ in range(2))
    X = np.linalg.qr(RNG(0).standard_normal((70, 6))).Q
    rough = known.log_degrees + 1e-6 * RNG(1).standard_normal(70)
    found = G.images_near(X, rough)
    np.testing.assert_allclose(G.log_degrees, known.log_degrees, atol=G.rounding)
    np.testing.assert_allclose(found.vectors.T @ found.vectors, np.eye(6), atol=64 * EPS)
    exact = known.moments(found.vectors)
    np.testing.assert_allclose(found.images, exact.product, atol=G.rounding)
    assert exact.squares <= found.squares * (1 + G.rounding) <= exact.squares * (1 + 2e-5)
    again = known.images_near(X, rough)  # with degrees that are known, X stays as it is
    assert again.vectors is X
    np.testing.assert_array_equal(again.images, known.moments(X).product)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": np.ones((3, 2))}, r"q and k must have one shape, got \(4, 2\) and \(3, 2\)"),
        ({"q": np.full((4, 2), np.nan)}, "q must be finite"),
        ({"q": np.ones((0, 2))}, "q must be nonempty"),
        ({"q": np.array([[1, 2]] * 4, object)}, "q and k must be floats"),
        ({"how": "harmonic"}, "how must be one of .* got 'harmonic'"),
        ({"how": "min", "causal": True}, "how must be 'mean' or 'max' for a causal graph"),
        ({"temperature": 0}, "temperature must be positive"),
        ({"scale": np.inf}, "scale must be a finite real number"),
    ],
)
def test_input_of_a_dense_graph(arguments, message):
    good = {"q": np.ones((4, 2)), "k": np.ones((4, 2))}
    assert attention_graph(**good).size == 4
    with pytest.raises(ValueError, match=message):
        attention_graph(**{**good, **arguments})


@pytest.mark.parametrize(
    ("W", "message"),
    [
        (np.diag([1.0, 0.0]), "W must have no zero row, got one at 1"),
        (np.array([[1.0, -1.0], [0.0, 1.0]]), "W must be nonnegative"),
        (np.ones((2, 3)), "W must be square"),
    ],
)
def test_input_of_a_sparse_graph(W, message):
    with pytest.raises(ValueError, match=message):
        sparse_graph(W)


def test_a_directed_graph_has_no_symmetric_form():
    G = attention_graph(*tokens(4))
    for name in ("normalized_adjacency", "symmetric_normalized", "stationary_distribution"):
        with pytest.raises(ValueError, match=f"{name} needs a symmetric graph, got the directed"):
            getattr(G, name)()
