"""Baselines: outputs against softmax written out, operations against closed forms."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.baselines import (
    attend,
    dense,
    linformer,
    local_window,
    random_sparse,
    spectral_sparse,
    untrained_projection,
)
from spectral.graph import attention_weights
from spectral.sparsify import projected_clusters, ssa

EPS = np.finfo(float).eps


def tokens(N, d=3, d_v=2, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((N, d)), rng.standard_normal((N, d)), rng.standard_normal((N, d_v))


def softmax_on(q, k, v, mask):
    """The definition: exp of the scores on the mask, normalised, times the values."""
    W = np.exp(q @ k.T / np.sqrt(q.shape[1])) * mask
    return W / W.sum(axis=1, keepdims=True) @ v


def close(a, b, N):
    """Sums of N positive weights, taken in another order."""
    np.testing.assert_allclose(a, b, rtol=0, atol=64 * N * EPS * (1 + abs(b).max()))


# Known answers ----------------------------------------------------------------------------


def test_dense_is_softmax_of_all_keys():
    q, k, v = tokens(7)
    found = dense(q, k, v)
    close(found.output, softmax_on(q, k, v, np.ones((7, 7))), 7)
    assert (found.scores, found.pairs, found.share) == (49, 49, 1)
    assert found.multiply_adds == 49 * (3 + 2)


def test_a_window_sees_half_its_width_on_either_side():
    q, k, v = tokens(9)
    found = local_window(q, k, v, width=4)
    near = abs(np.subtract.outer(np.arange(9), np.arange(9))) <= 2
    close(found.output, softmax_on(q, k, v, near), 9)
    assert found.scores == near.sum() == 5 * 9 - 2 * (1 + 2)
    assert found.multiply_adds == found.scores * 5


@pytest.mark.parametrize("width", [0, 1])
def test_a_window_of_no_width_is_the_token_itself(width):
    q, k, v = tokens(4)
    found = local_window(q, k, v, width=width)
    np.testing.assert_array_equal(found.output, v)
    assert found.scores == 4


@pytest.mark.parametrize(("N", "count"), [(1, 1), (4, 1), (26, 3), (100, 10)])
def test_a_tenth_of_the_keys_at_random(N, count):
    q, k, _ = tokens(N)
    found = random_sparse(q, k, np.eye(N), rng=np.random.default_rng(1))
    assert found.scores == N * count
    assert ((found.output > 0).sum(axis=1) == count).all()  # values e_j show who was seen


def test_the_random_keys_are_drawn_anew_and_uniformly():
    q, draws = np.zeros((8, 1)), 4000
    found = random_sparse(
        q, q, np.eye(8), rng=np.random.default_rng(2), share=Fraction(1, 4), queries=[3] * draws
    )
    seen = (found.output > 0).sum(axis=0)
    # Each key is binomial; six standard deviations, by which a right one fails at 1e-8.
    assert abs(seen - draws / 4).max() < 6 * np.sqrt(draws * 3 / 16)


def test_spectral_sparse_is_ssa_within_clusters():
    q, k, v = tokens(20, seed=3)
    found = spectral_sparse(q, k, v, rng=np.random.default_rng(5), clusters=4, sampled=0)
    labels = projected_clusters(q, 4, rng=np.random.default_rng(5)).labels
    graph = ssa(attention_weights(q, k), labels, 0, rng=np.random.default_rng(0))
    close(found.output, graph.transition_matrix @ v, 20)
    assert found.scores == graph.edges
    assert found.multiply_adds == graph.edges * 5 + 20 * 4 * 3


def test_spectral_sparse_samples_as_ssa_does_for_each_query():
    q, k, _ = tokens(30, seed=4)
    found = spectral_sparse(q, k, np.eye(30), rng=np.random.default_rng(5), clusters=3, sampled=4)
    labels = projected_clusters(q, 3, rng=np.random.default_rng(5)).labels
    graph = ssa(np.ones((30, 30)), labels, 4, sampling="per_query", rng=np.random.default_rng(0))
    inside = labels[:, None] == labels
    seen = found.output > 0
    assert (seen & inside == inside).all()
    np.testing.assert_array_equal(seen.sum(axis=1), graph.mask.sum(axis=1))
    assert found.scores == graph.edges


def test_its_sampled_keys_are_uniform_over_the_other_clusters():
    q, draws = np.repeat([[0.0], [9.0]], 4, axis=0), 2000
    rng = np.random.default_rng(6)
    found = spectral_sparse(
        q, 0 * q, np.eye(8), rng=rng, clusters=2, sampled=1, queries=[0] * draws
    )
    seen = (found.output > 0).sum(axis=0)
    assert (seen[:4] == draws).all()
    assert abs(seen[4:] - draws / 4).max() < 6 * np.sqrt(draws * 3 / 16)


def test_by_default_it_takes_sqrt_n_clusters_and_sqrt_n_keys():
    centers = 50 * np.eye(8)  # eight clusters of eight, and no doubt about them
    q = np.repeat(centers, 8, axis=0)
    found = spectral_sparse(q, q, q, rng=np.random.default_rng(0))
    assert found.scores == 64 * (8 + 8)
    assert found.multiply_adds == 64 * 16 * 16 + 64 * 8 * 8


def test_projected_queries_cost_a_projection():
    q, k, v = tokens(12, seed=8)
    found = spectral_sparse(q, k, v, rng=np.random.default_rng(0), clusters=2, sampled=0, m=2)
    assert found.multiply_adds == found.scores * 5 + 12 * 2 * (3 + 2)


def test_linformer_with_the_identity_is_dense():
    q, k, v = tokens(6)
    close(linformer(q, k, v, np.eye(6)).output, dense(q, k, v).output, 6)


def test_linformer_mixes_keys_and_values_as_equation_7_says():
    q, k, v = tokens(6)
    rng = np.random.default_rng(9)
    E, F = rng.standard_normal((2, 4, 6))
    found = linformer(q, k, v, E, F)
    close(found.output, softmax_on(q, E @ k, F @ v, np.ones((6, 4))), 6)
    assert (found.scores, found.pairs) == (6 * 4, 36)
    assert found.multiply_adds == (6 * 4 + 4 * 6) * (3 + 2)
    close(linformer(q, k, v, E).output, softmax_on(q, E @ k, E @ v, np.ones((6, 4))), 6)


def test_an_untrained_projection_has_256_rows_of_norm_about_one_a_column():
    E = untrained_projection(3, rng=np.random.default_rng(0))
    assert E.shape == (256, 3)
    # |column|^2 is chi^2_256 / 256, of standard deviation sqrt(2 / 256); six of them.
    assert abs((E**2).sum(axis=0) - 1).max() < 6 * np.sqrt(2 / 256)


# Properties -------------------------------------------------------------------------------

EVERYONE = {
    "window": lambda q, k, v, queries: local_window(q, k, v, width=2 * len(q), queries=queries),
    "random": lambda q, k, v, queries: random_sparse(
        q, k, v, rng=np.random.default_rng(0), share=1, queries=queries
    ),
    "ssa, one cluster": lambda q, k, v, queries: spectral_sparse(
        q, k, v, rng=np.random.default_rng(0), clusters=1, queries=queries
    ),
    "ssa, all sampled": lambda q, k, v, queries: spectral_sparse(
        q, k, v, rng=np.random.default_rng(0), sampled=len(q), queries=queries
    ),
    "linformer": lambda q, k, v, queries: linformer(q, k, v, np.eye(len(q)), queries=queries),
    "attend": lambda q, k, v, queries: attend(
        q, k, v, lambda i: np.arange(len(q)), queries=queries
    ),
}


@pytest.mark.parametrize("method", EVERYONE.values(), ids=EVERYONE)
@settings(max_examples=10, deadline=None)
@given(N=st.integers(1, 9), seed=st.integers(0, 2**32 - 1))
def test_a_method_that_sees_all_is_dense(method, N, seed):
    q, k, v = tokens(N, seed=seed)
    found = method(q, k, v, None)
    close(found.output, dense(q, k, v).output, N)
    assert found.scores == found.pairs == N * N


@pytest.mark.parametrize("method", EVERYONE.values(), ids=EVERYONE)
def test_some_queries_are_rows_of_all(method):
    q, k, v = tokens(5)
    found = method(q, k, v, [4, 1])
    close(found.output, dense(q, k, v).output[[4, 1]], 5)
    assert found.pairs == 10
    close(dense(q, k, v, queries=[4, 1]).output, found.output, 5)


# Errors -----------------------------------------------------------------------------------

Q, K, V = tokens(4)
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dense(Q, K[:3], V), "q, k and v must have one row a token, got 4, 3, 4"),
        (lambda: dense(Q, K, V[0]), "v must have 2 axes, got shape (2,)"),
        (lambda: dense(Q[:, :2], K, V), "q and k must have one width"),
        (lambda: local_window(Q[:, :2], K, V), "q and k must have one width"),
        (lambda: dense(Q * np.nan, K, V), "q must be finite"),
        (lambda: local_window(1e200 * Q, 1e200 * K, V), "q and k must have finite scores"),
        (lambda: dense(Q, K, V, queries=[]), "queries must name at least one token"),
        (lambda: dense(Q, K, V, queries=[4]), "queries must be an integer from 0 to 3, got 4"),
        (lambda: local_window(Q, K, V, width=-1), "width must be an integer at least 0, got -1"),
        (lambda: random_sparse(Q, K, V, rng=RNG, share=0), "share must be above 0 and at most 1"),
        (lambda: random_sparse(Q, K, V, rng=RNG, share=2), "at most 1, got 2"),
        (lambda: spectral_sparse(Q, K, V, rng=RNG, clusters=5), "clusters must be an integer"),
        (lambda: spectral_sparse(Q, K, V, rng=RNG, sampled=-1), "sampled must be an integer"),
        (lambda: linformer(Q, K, V, np.eye(3)), "E and F must be (size, 4), got (3, 3)"),
        (lambda: linformer(Q, K, V, np.eye(4), np.eye(4)[:2]), "got (4, 4) and (2, 4)"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
