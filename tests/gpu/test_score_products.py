"""Products with attention weights that are never formed, against the weights formed."""

import numpy as np
import pytest

from gpu import _score_tiles
from gpu.score_products import (
    SYMMETRIC,
    log_row_sums,
    symmetric_moments,
    symmetric_product,
    transposed_product,
    weighted_product,
)

EPS = np.finfo(float).eps
LARGE = {"random": 1.0, "tied": 0.0, "huge": 1e4}


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch):
    """Tiles of 8 rows, so that 21 tokens make three of them, the last one short."""
    monkeypatch.setattr(_score_tiles, "_TILE", 8)


def tokens(N, kind, dtype=float, d=3):
    """q and k with scores at scale 1 up to about 1e4 for "huge", and all equal for "tied"."""
    rng = np.random.default_rng(N)
    q, k = rng.standard_normal((2, N, d)) if kind != "tied" else np.ones((2, N, d))
    size = np.abs(q @ k.T).max()
    factor = 1e4 / size if kind == "huge" else 1
    return (q * factor).astype(dtype), k.astype(dtype)


def log_weights(q, k, how=None, causal=False):
    """The definition: log W, (N, M)."""
    S = q.astype(float) @ k.T.astype(float)
    if causal:
        S = np.where(np.tri(len(S), dtype=bool), S, -np.inf)
    means = {
        None: lambda: S,
        "mean": lambda: np.logaddexp(S, S.T) - np.log(2),
        "geometric": lambda: (S + S.T) / 2,
        "max": lambda: np.maximum(S, S.T),
        "min": lambda: np.minimum(S, S.T),
    }
    return means[how]()


def log_sums(L):
    peak = L.max(axis=1)
    return peak + np.log(np.exp(L - peak[:, None]).sum(axis=1))


def tolerance(q, k, dtype=float):
    """Relative, of a weight: (d + 2) eps times the scores and the shifts, for both sides; and sums
    of N terms add N eps."""
    size = np.linalg.norm(q, axis=1).max() * np.linalg.norm(k, axis=1).max()
    return np.finfo(dtype).eps * (4 * (q.shape[1] + 2) * size + 4 * len(q) + 16)


@pytest.mark.parametrize("how", [None, *SYMMETRIC])
@pytest.mark.parametrize("kind", LARGE)
@pytest.mark.parametrize("N", [1, 8, 21])
@pytest.mark.parametrize("causal", [False, True])
def test_sums_and_products_are_those_of_the_weights(N, kind, how, causal):
    q, k = tokens(N, kind)
    L = log_weights(q, k, how, causal)
    sums = log_row_sums(q, k, scale=1, how=how, causal=causal)
    tol = tolerance(q, k)
    np.testing.assert_allclose(sums, log_sums(L), rtol=0, atol=tol)
    X = np.random.default_rng(0).standard_normal((N, 4))
    P = np.exp(L - sums[:, None])
    options = {"scale": 1, "rows": sums, "how": how, "causal": causal}
    size = np.abs(X).sum()  # at least |P| |X|, for P is stochastic
    np.testing.assert_allclose(weighted_product(q, k, X, **options), P @ X, atol=tol * size)
    np.testing.assert_allclose(transposed_product(q, k, X, **options), P.T @ X, atol=tol * size)


@pytest.mark.parametrize("how", SYMMETRIC)
@pytest.mark.parametrize("kind", LARGE)
@pytest.mark.parametrize("N", [1, 8, 21])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_symmetric_tile_is_used_twice(N, kind, how, dtype):
    q, k = tokens(N, kind, dtype)
    L = log_weights(q, k, how)
    shift = log_sums(L) / 2
    A = np.exp(L - shift[:, None] - shift)
    X = np.random.default_rng(0).standard_normal((N, 4))
    tol = np.expm1(tolerance(q.astype(float), k.astype(float), dtype))  # huge in float32: about 1
    found = symmetric_moments(q, k, X, scale=1, how=how, shift=shift)
    assert found.product.dtype == float
    np.testing.assert_allclose(found.product, A @ X, atol=tol * np.abs(X).sum())
    assert found.squares == pytest.approx((A**2).sum(), rel=3 * tol)
    same = symmetric_product(q, k, X, scale=1, how=how, shift=shift)
    np.testing.assert_array_equal(same, found.product)


def test_more_keys_than_queries():
    q, k = np.random.default_rng(0).standard_normal((2, 30, 3))
    q = q[:11]
    W = np.exp(0.5 * q @ k.T)
    X, tol = np.eye(30), 64 * EPS * W.max()
    np.testing.assert_allclose(weighted_product(q, k, X, scale=0.5), W, atol=tol)
    np.testing.assert_allclose(transposed_product(q, k, X[:11, :11], scale=0.5), W.T, atol=tol)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_change_rounding_at_most(threads):
    q, k = tokens(50, "random")
    X = np.random.default_rng(1).standard_normal((50, 3))
    one, many = (symmetric_product(q, k, X, scale=1, how="mean", threads=t) for t in (1, threads))
    np.testing.assert_allclose(many, one, rtol=64 * EPS, atol=64 * EPS * np.abs(one).max())
    again = symmetric_product(q, k, X, scale=1, how="mean", threads=threads)
    np.testing.assert_array_equal(many, again)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q": np.ones((4, 2), int)}, "q must be a nonempty .* got shape .* of int64"),
        ({"k": np.ones(4)}, r"k must be .* got shape \(4,\)"),
        ({"q": np.ones((0, 2))}, "q must be a nonempty"),
        ({"k": np.ones((4, 2), np.float32)}, "one width and one dtype"),
        ({"k": np.ones((4, 3))}, "one width and one dtype"),
        ({"k": np.ones((5, 2))}, "as many queries as keys, got 4, 5"),
        ({"how": "harmonic"}, "how must be None or one of .* got 'harmonic'"),
        ({"X": np.ones((3, 1))}, "X must have 4 rows and 2 axes"),
        ({"X": np.ones(4)}, "X must have 4 rows and 2 axes"),
    ],
)
def test_input_that_does_not_fit(change, message):
    good = {"q": np.ones((4, 2)), "k": np.ones((4, 2)), "X": np.ones((4, 1)), "how": "mean"}
    symmetric_product(**good, scale=1)
    with pytest.raises(ValueError, match=message):
        symmetric_product(**{**good, **change}, scale=1)
