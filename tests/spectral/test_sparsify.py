"""Sparsifiers: which edges they keep, with which weights, and how often."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, Undecided, midpoints, to_balls
from spectral.graph import attention_weights, symmetrize, to_networkx
from spectral.heads import clustered_heads
from spectral.sparsify import (
    clustered_mask,
    effective_resistance_sampling,
    effective_resistances,
    importance_ssa,
    leverage_scores,
    projected_clusters,
    ssa,
    top_k,
)

F = Fraction
EPS = np.finfo(float).eps
LABELS = np.array([0, 0, 1, 1, 1])
OUTSIDE = ~clustered_mask(LABELS)


def an_rng(seed=0):
    return np.random.default_rng(seed)


def weights(n=5, seed=0):
    return np.exp(an_rng(seed).standard_normal((n, n)))


def exact(W):
    return np.array([[F(x) for x in row] for row in np.asarray(W).tolist()], object)


def symmetric(n, seed):
    return exact(symmetrize(an_rng(seed).integers(1, 9, (n, n)), "mean"))


# The mask of the printed construction -----------------------------------------------------


def test_pairs_within_clusters():
    expected = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    np.testing.assert_array_equal(clustered_mask([5, 2, 5]), np.array(expected, bool))


@pytest.mark.parametrize("labels", [[], [0.5, 1.0], [[0]]])
def test_labels_are_integers(labels):
    with pytest.raises(ValueError, match="labels must be integers, one a token, got shape"):
        clustered_mask(labels)


@pytest.mark.parametrize("s", [0, 1, 5, 12, 40])
def test_by_weight_samples_s_edges_of_the_whole_graph(s):
    W = weights()
    graph = ssa(W, LABELS, s, rng=an_rng())
    assert graph.mask[~OUTSIDE].all()
    assert (graph.mask & OUTSIDE).sum() == min(s, 12)
    assert graph.edges == 13 + min(s, 12)
    assert graph.density == graph.edges / 25
    np.testing.assert_array_equal(graph.weights, np.where(graph.mask, W, 0))
    np.testing.assert_allclose(graph.transition_matrix.sum(axis=1), 1, rtol=0, atol=5 * EPS)


@pytest.mark.parametrize("s", [0, 1, 2, 3, 9])
def test_per_query_samples_s_edges_of_each_row(s):
    graph = ssa(weights(), LABELS, s, sampling="per_query", rng=an_rng())
    sampled = (graph.mask & OUTSIDE).sum(axis=1)
    np.testing.assert_array_equal(sampled, np.minimum(s, OUTSIDE.sum(axis=1)))


def test_what_is_no_edge_is_never_kept():
    W = np.tril(weights())  # causal
    for sampling in ("by_weight", "per_query"):
        graph = ssa(W, LABELS, 40, sampling=sampling, rng=an_rng())
        np.testing.assert_array_equal(graph.mask, W > 0)


def test_undirected_samples_pairs():
    W = weights() + weights().T
    graph = ssa(W, LABELS, 2, undirected=True, rng=an_rng())
    np.testing.assert_array_equal(graph.mask, graph.mask.T)
    assert (graph.mask & OUTSIDE).sum() == 4


def test_heavy_edges_are_sampled_first_and_underflow_is_no_obstacle():
    W = np.full((4, 4), 1e-300)
    W[0, 2], W[3, 1] = 1e300, 1e299
    sampled = ssa(W, [0, 0, 1, 1], 3, rng=an_rng()).mask & ~clustered_mask([0, 0, 1, 1])
    assert sampled[0, 2]
    assert sampled[3, 1]
    assert sampled.sum() == 3


def frequency(draw, trials=4000):
    """Mean of `trials` draws from one generator."""
    rng = an_rng(11)
    return sum(draw(rng).astype(float) for _ in range(trials)) / trials


# Five standard deviations of a frequency near 1/2 in 4000 trials: a true claim fails once in 10^6.
FREQUENCY_TOLERANCE = 5 * 0.5 / np.sqrt(4000)


def test_chances_by_weight():
    W = np.array([[1.0, 3.0], [2.0, 1.0]])
    found = frequency(lambda rng: ssa(W, [0, 1], 1, rng=rng).mask)
    np.testing.assert_allclose(found, [[1, 0.6], [0.4, 1]], rtol=0, atol=FREQUENCY_TOLERANCE)


def test_successive_chances_by_weight():
    # Two of weights 1, 2, 3, in either order: {1, 2} with chance 1/6 2/5 + 2/6 1/4 = 3/20, ...
    W = np.array([[0.0, 1, 2, 3], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    found = frequency(lambda rng: ssa(W, [0, 1, 2, 3], 2, rng=rng).mask[0, 1:])
    expected = 1 - np.array([3 / 6 * 2 / 3 + 2 / 6 * 3 / 4, 4 / 15, 3 / 20])
    np.testing.assert_allclose(found, expected, rtol=0, atol=FREQUENCY_TOLERANCE)


def test_chances_per_query_are_uniform():
    found = frequency(lambda rng: ssa(weights(), LABELS, 1, sampling="per_query", rng=rng).mask)
    expected = [[1, 1, 1 / 3, 1 / 3, 1 / 3]] * 2 + [[1 / 2, 1 / 2, 1, 1, 1]] * 3
    np.testing.assert_allclose(found, expected, rtol=0, atol=FREQUENCY_TOLERANCE)


def test_three_arithmetics_choose_alike():
    W = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    masks = [
        [
            ssa(A, [0, 1, 2], 3, sampling=how, rng=an_rng(4)).mask
            for how in ("by_weight", "per_query")
        ]
        for A in (W, exact(W), to_balls(W))
    ]
    for other in masks[1:]:
        np.testing.assert_array_equal(masks[0], other)
    kept = ssa(exact(W), [0, 1, 2], 3, rng=an_rng(4))
    assert (kept.weights == exact(W) * kept.mask).all()


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((-weights(), LABELS, 1), {}, "W must be nonnegative, got -"),
        ((weights(), LABELS[:3], 1), {}, "labels must be 5, one a row of W, got 3"),
        ((weights(), LABELS, -1), {}, "s must be an integer at least 0, got -1"),
        ((weights(), LABELS, 1), {"sampling": "all"}, "sampling must be one of .*, got 'all'"),
        ((weights(), LABELS, 1), {"undirected": True}, "W must be symmetric, got max"),
        (
            (np.ones((5, 5)), LABELS, 1),
            {"undirected": True, "sampling": "per_query"},
            "sampling must be 'by_weight' where undirected, got 'per_query'",
        ),
    ],
)
def test_refusals_of_ssa(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        ssa(*arguments, rng=an_rng(), **options)


def test_clusters_of_a_head_are_found_after_projection():
    (head,) = clustered_heads(64, 32, 4, rng=an_rng(1))
    for m in (None, 16):
        found = projected_clusters(head.q, 4, m=m, rng=an_rng(2))
        np.testing.assert_array_equal(clustered_mask(found.labels), clustered_mask(head.labels))
    W = attention_weights(head.q, head.k)
    assert ssa(W, found.labels, 8, rng=an_rng()).edges == 4 * 16**2 + 8


# Right on average -------------------------------------------------------------------------


def test_importance_weights_keep_the_total_exactly_where_p_is_w():
    W = exact(np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
    graph = importance_ssa(W, [0, 1, 1], 7, rng=an_rng())
    outside = ~clustered_mask([0, 1, 1])
    assert graph.weights[outside].sum() == W[outside].sum() == 16
    assert all(x % F(16, 7) == 0 for x in graph.weights[outside])
    assert (graph.weights[~outside] == W[~outside]).all()


def near_on_average(draw, W, p, s, trials=1500):
    """Whether the mean of many draws is W, to five standard deviations of each entry.

    An entry counts its hits among s draws of chance p, each worth w / (s p): a standard deviation
    of at most w / sqrt(s p) a graph.
    """
    rng = an_rng(5)
    mean = sum(draw(rng).weights for _ in range(trials)) / trials
    return (np.abs(mean - W) <= 5 * W / np.sqrt(s * p * trials)).all()


@pytest.mark.parametrize("probabilities", [None, np.ones((5, 5))])
@pytest.mark.parametrize("undirected", [False, True])
def test_the_mean_of_importance_ssa_is_w(probabilities, undirected):
    W = weights() + (weights().T if undirected else 0)
    p = W if probabilities is None else probabilities
    p = p / p[np.triu(OUTSIDE) if undirected else OUTSIDE].sum()
    options = {"probabilities": probabilities, "undirected": undirected}
    assert near_on_average(lambda rng: importance_ssa(W, LABELS, 6, rng=rng, **options), W, p, 6)


def test_importance_ssa_of_a_single_cluster_is_w():
    W = weights()
    np.testing.assert_array_equal(importance_ssa(W, [0] * 5, 3, rng=an_rng()).weights, W)


@pytest.mark.parametrize(
    ("probabilities", "s", "message"),
    [
        (np.ones((4, 4)), 1, r"probabilities must have the shape of W, \(5, 5\), got \(4, 4\)"),
        (np.zeros((5, 5)), 1, "probabilities must be positive on every edge, got 0"),
        (exact(np.ones((5, 5))), 1, "probabilities must be as exact as W, float64, got object"),
        (None, 0, "s must be an integer at least 1, got 0"),
    ],
)
def test_refusals_of_importance_ssa(probabilities, s, message):
    with pytest.raises(ValueError, match=message):
        importance_ssa(weights(), LABELS, s, probabilities=probabilities, rng=an_rng())


# Effective resistances --------------------------------------------------------------------


def path(conductances):
    n = len(conductances) + 1
    W = np.array([[F(0)] * n for _ in range(n)], object)
    for i, c in enumerate(conductances):
        W[i, i + 1] = W[i + 1, i] = F(c)
    return W


def test_resistors_in_series():
    R = effective_resistances(path([1, 2, 4]))
    assert R[0].tolist() == [0, 1, F(3, 2), F(7, 4)]


@pytest.mark.parametrize("n", [2, 3, 7])
def test_the_complete_graph(n):
    R = effective_resistances(exact(np.ones((n, n))))
    assert (R + F(2, n) * np.eye(n, dtype=int) == F(2, n)).all()


def test_between_components_it_is_infinite():
    W = np.kron(np.eye(2), np.ones((2, 2)))
    R = effective_resistances(W)
    assert np.isinf(R[0, 2])
    assert abs(R[0, 1] - 1) <= 8 * EPS
    assert effective_resistances(np.zeros((1, 1))).tolist() == [[0]]


def test_networkx_has_the_same_resistances():  # networkx 3.x, resistance_distance
    W = symmetric(6, 1)
    graph = to_networkx(W.astype(float)).to_undirected()
    distances = nx.resistance_distance(graph, weight="weight", invert_weight=False)
    R = effective_resistances(W).astype(float)
    found = [[distances[i][j] for j in range(6)] for i in range(6)]
    # Both invert a matrix of condition at most 8 * 6: 6 eps times that, twice.
    np.testing.assert_allclose(found, R, rtol=0, atol=2 * 6 * 48 * EPS)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_leverages_by_three_arithmetics_and_fosters_sum(n, seed):
    W = symmetric(n, seed)
    scores = leverage_scores(W)
    assert np.triu(scores).sum() == n - 1
    assert (scores <= 1).all()
    balls = leverage_scores(to_balls(W))
    assert all(
        Ball(x).lower <= y <= Ball(x).upper for x, y in zip(balls.flat, scores.flat, strict=True)
    )
    floats = leverage_scores(W.astype(float))
    # Weights from 1 to 8: the walk mixes with a gap of 1/8 at least, an inverse of norm 8 n.
    np.testing.assert_allclose(floats, scores.astype(float), rtol=0, atol=64 * n * n * EPS)


def test_weights_over_fifty_orders_of_magnitude():
    W = path([1, 10**50]) + path([1, 1])[::-1, ::-1]
    scores = leverage_scores(W.astype(float))
    # Series again, all leverages 1, whatever the weights.
    np.testing.assert_allclose(scores[[0, 1], [1, 2]], 1, rtol=0, atol=64 * EPS)


def test_leverages_that_float64_cannot_give_are_refused():
    W = np.array([[0, 1, 1e-30], [1, 0, 1e-30], [1e-30, 1e-30, 0]])
    W = (
        np.kron(np.eye(2), W)
        + np.pad([[1e-30]], ((2, 3), (3, 2)))
        + np.pad([[1e-30]], ((3, 2), (2, 3)))
    )
    with pytest.raises(ArithmeticError, match="the leverages of W must sum to 5, got"):
        leverage_scores(W)


def test_resistance_sampling_keeps_loops_and_is_symmetric():
    W = exact(np.ones((4, 4)))
    graph = effective_resistance_sampling(W, 5, rng=an_rng())
    assert (graph.weights == graph.weights.T).all()
    assert (np.diagonal(graph.weights) == 1).all()
    # p = 1/6 each: a draw adds 6/5, five draws 6 in all, to each of two entries.
    assert graph.weights.sum() - 4 == 12
    np.testing.assert_array_equal(graph.mask, graph.weights > 0)


def test_the_mean_of_resistance_sampling_is_w():
    W = symmetric(4, 3).astype(float)
    p = leverage_scores(W) / 3 + np.eye(4)  # loops are kept as they are
    assert near_on_average(lambda rng: effective_resistance_sampling(W, 4, rng=rng), W, p, 4, 800)


def test_a_graph_of_loops_has_nothing_to_sample():
    np.testing.assert_array_equal(
        effective_resistance_sampling(np.eye(3), 2, rng=an_rng()).weights, np.eye(3)
    )


def test_refusals_of_resistance_sampling():
    with pytest.raises(ValueError, match="W must be symmetric, got max"):
        effective_resistance_sampling(weights(), 2, rng=an_rng())
    with pytest.raises(ValueError, match="s must be an integer at least 1, got 0"):
        effective_resistance_sampling(np.ones((2, 2)), 0, rng=an_rng())


# The K largest ----------------------------------------------------------------------------


@pytest.mark.parametrize("convert", [np.asarray, exact, to_balls])
def test_the_largest_of_each_row(convert):
    graph = top_k(convert(np.array([[3, 1, 2], [5, 5, 5], [0, 0, 4]])), 2)
    np.testing.assert_array_equal(graph.mask, np.array([[1, 0, 1], [1, 1, 0], [0, 0, 1]], bool))
    np.testing.assert_array_equal(midpoints(graph.weights), [[3, 0, 2], [5, 5, 0], [0, 0, 4]])
    assert graph.edges == 5


def test_ties_go_to_the_lower_column_in_long_rows_too():
    W = np.tile(np.arange(100) % 2 + 1, (100, 1))  # an unstable sort mixes these up
    np.testing.assert_array_equal(np.flatnonzero(top_k(W, 7).mask[0]), range(1, 15, 2))


def test_a_tie_of_balls_is_undecided():
    third = np.array([[Ball(1).exp(), Ball(1).exp()], [Ball(1), Ball(2)]], object)
    with pytest.raises(Undecided):
        top_k(third, 1)


@pytest.mark.parametrize("K", [0, 4])
def test_refusals_of_top_k(K):
    with pytest.raises(ValueError, match=f"K must be an integer from 1 to 3, got {K}"):
        top_k(np.ones((3, 3)), K)
