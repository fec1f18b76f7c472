"""The attention graph: closed forms, the definition again, three arithmetics, refusals."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from spectral import graph
from spectral.balls import Ball, midpoints, to_balls

F = Fraction
EPS = np.finfo(float).eps
HOWS = ("mean", "geometric", "max", "min")


def rationals(rows):
    return np.vectorize(F, otypes=[object])(np.asarray(rows, object))


@st.composite
def queries_and_keys(draw):
    n, d = draw(st.integers(1, 5)), draw(st.sampled_from([1, 2, 4]))
    rows = st.lists(st.lists(st.integers(-3, 3), min_size=d, max_size=d), min_size=n, max_size=n)
    return np.array(draw(rows)), np.array(draw(rows))


@st.composite
def square_weights(draw):
    n = draw(st.integers(1, 5))
    return np.array([[draw(st.sampled_from([0, 1, 2, 8, 9])) for _ in range(n)] for _ in range(n)])


# Known answers --------------------------------------------------------------------------


def test_definition_5_by_hand():
    q, k = [[2.0, 0], [0, 0]], [[0.0, 7], [3, 1]]
    expected = np.exp([[0, 6 / np.sqrt(2)], [0, 0]])
    assert graph.attention_weights(q, k) == pytest.approx(expected, rel=8 * EPS, abs=0)


def test_scale_and_temperature():
    q, k = rationals([[1, 2], [0, 1]]), rationals([[3, 0], [1, 1]])
    expected = np.array([[3, 3], [0, 1]])
    assert (graph.scores(q, k, scale=F(1, 2)) == rationals(expected) / 2).all()
    assert (graph.scores(q, k, scale=1, temperature=3) == rationals(expected) / 3).all()
    assert (graph.scores(q, k, scale=0) == 0).all()
    wide = np.ones((1, 4), object)
    assert graph.scores(wide, wide)[0, 0] == 2  # 4 / sqrt(4), a Fraction
    assert graph.attention_weights(expected, expected, scale=0) == pytest.approx(1, abs=0)


def test_one_token():
    assert graph.attention_matrix([[3.0]], [[5.0]]).tolist() == [[1.0]]
    assert graph.attention_matrix([[3.0]], [[5.0]], causal=True).tolist() == [[1.0]]


def test_cross_attention_is_rectangular():
    P = graph.attention_matrix(np.ones((2, 3)), np.ones((4, 3)))
    assert P.tolist() == [[0.25] * 4] * 2


def test_a_causal_head_sees_no_later_key():
    q = np.zeros((3, 1))
    expected = [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]]
    assert graph.attention_matrix(q, q, causal=True).tolist() == expected
    assert graph.attention_weights(q, q, causal=True).tolist() == np.tri(3).tolist()


def test_later_scores_do_not_overflow_a_causal_head():
    q, k = np.array([[1e4], [1.0]]), np.array([[0.0], [1.0]])
    assert graph.attention_weights(q, k, causal=True).tolist() == [[1, 0], [1, np.e]]
    assert graph.attention_matrix(q, k, causal=True)[0].tolist() == [1, 0]


def test_the_matrix_has_no_limit_where_the_weights_have():
    q, k = np.array([[1000.0], [-1000.0]]), np.array([[1.0], [1 - 1e-3]])
    expected = softmax(q @ k.T, axis=1)  # SciPy 1.17.1
    assert graph.attention_matrix(q, k) == pytest.approx(expected, rel=8 * EPS, abs=0)
    with pytest.raises(ValueError, match=r"up to 709.8, or exp overflows, got 1000; attention_mat"):
        graph.attention_weights(q, k)
    assert graph.attention_weights([[709.75]], [[1.0]]) < np.inf


def test_weights_from_tokens():
    x, W_Q, W_K = np.eye(2), np.array([[1.0], [2]]), np.array([[3.0], [4]])
    expected = np.exp([[3.0, 4], [6, 8]])
    assert graph.weights_from_tokens(x, W_Q, W_K) == pytest.approx(expected, rel=4 * EPS, abs=0)
    assert graph.weights_from_tokens(x, W_Q, W_K, temperature=2, causal=True)[0, 1] == 0


SIX = np.array([[1.0, 9], [4, 0]])


@pytest.mark.parametrize(
    ("how", "expected"), [("mean", 6.5), ("geometric", 6), ("max", 9), ("min", 4)]
)
def test_symmetrizations_by_hand(how, expected):
    assert graph.symmetrize(SIX, how).tolist() == [[1, expected], [expected, 0]]
    assert (
        graph.symmetrize(rationals(SIX), how) == rationals([[1, expected], [expected, 0]])
    ).all()


def test_geometric_mean_of_extremes():
    W = np.array([[1e300, 1e-300, 2], [1e-300, 1e-300, 1e300], [8, 1e308, 0]])
    M = graph.symmetrize(W, "geometric")
    assert M[0, 0] == 1e300
    assert M[1, 1] == M[0, 1] == 1e-300
    assert M[0, 2] == 4
    assert M[1, 2] == pytest.approx(1e304, rel=4 * EPS)


def test_degrees_and_transition_matrix():
    W = rationals([[1, 2], [0, 5]])
    assert graph.degrees(W).tolist() == [3, 5]
    assert (graph.transition_matrix(W) == rationals([[F(1, 3), F(2, 3)], [0, 1]])).all()


def test_exports():
    W = np.array([[0, 2.5], [0, 1]])
    G = graph.to_networkx(W)
    assert sorted(G.edges.data("weight")) == [(0, 1, 2.5), (1, 1, 1.0)]
    assert G.number_of_nodes() == 2
    assert graph.to_networkx(rationals([[F(1, 3)]])).edges[0, 0]["weight"] == F(1, 3)
    assert (nx.to_numpy_array(G) == W).all()  # NetworkX 3.6.1
    S = graph.to_sparse(W)
    assert S.nnz == 2
    assert (S.toarray() == W).all()


# Properties -----------------------------------------------------------------------------


@given(queries_and_keys(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_matrix_is_the_softmax_of_the_scores(qk, causal):
    q, k = qk
    s = graph.scores(q, k)
    masked = np.where(np.tri(len(q), dtype=bool), s, -np.inf) if causal else s
    P = graph.attention_matrix(q, k, causal=causal)
    # An error of 4 eps |s|, |s| <= 18, in the score is one of 4 eps |s| in its exponential.
    assert P == pytest.approx(softmax(masked, axis=1), rel=200 * EPS, abs=0)
    W = graph.attention_weights(q, k, causal=causal)
    assert P == pytest.approx(graph.transition_matrix(W), rel=200 * EPS, abs=0)


@given(queries_and_keys(), st.booleans())
@settings(max_examples=20, deadline=None)
def test_floats_and_balls_agree(qk, causal):
    q, k = qk
    exact_q, exact_k = to_balls(q), to_balls(k)
    for f in (graph.attention_weights, graph.attention_matrix):
        expected = midpoints(f(exact_q, exact_k, causal=causal))
        assert f(q, k, causal=causal) == pytest.approx(expected, rel=200 * EPS, abs=0)


@given(square_weights(), st.sampled_from(HOWS))
@settings(max_examples=40, deadline=None)
def test_symmetrizations_are_symmetric_and_keep_what_is(W, how):
    M = graph.symmetrize(W, how)
    assert (M == M.T).all()
    assert (graph.symmetrize(M, how) == M).all()
    balls = graph.symmetrize(to_balls(W), how)
    assert M == pytest.approx(midpoints(balls), rel=4 * EPS, abs=0)


def test_geometric_mean_is_exp_of_the_mean_score():
    rng = np.random.default_rng(0)
    s = rng.standard_normal((5, 5))
    expected = np.exp((s + s.T) / 2)
    assert graph.symmetrize(np.exp(s), "geometric") == pytest.approx(expected, rel=16 * EPS, abs=0)


# Refusals -------------------------------------------------------------------------------


def test_rationals_have_no_exponential():
    q = rationals([[1, 2, 3, 4]])
    with pytest.raises(TypeError, match="exp"):
        graph.attention_weights(q, q)
    with pytest.raises(TypeError, match="irrational"):
        graph.scores(q[:, :2], q[:, :2])


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: graph.scores([1.0], [[1.0]]), r"q must have 2 axes, got shape \(1,\)"),
        (lambda: graph.scores([[1.0]], [[np.inf]]), "k must be finite, got inf"),
        (lambda: graph.scores([[1.0]], [[1.0, 2]]), r"one width, got shapes \(1, 1\) and \(1, 2\)"),
        (lambda: graph.scores([[1e200]], [[1e200]]), "the scores of q and k must be finite"),
        (
            lambda: graph.scores([[1.0]], [[1]], temperature=0),
            "temperature must be positive, got 0",
        ),
        (lambda: graph.scores([[1.0]], [[1]], scale=np.nan), "scale must be a finite .*, got nan"),
        (lambda: graph.scores(to_balls([[1]]), to_balls([[1]]), scale=0.5), r"exact .* got 0\.5"),
        (
            lambda: graph.attention_matrix([[1.0]], [[1], [2]], causal=True),
            "causal needs as many queries as keys, got 1, 2",
        ),
        (
            lambda: graph.weights_from_tokens([[1.0, 2]], [[1.0]], [[1.0]]),
            r"W_Q must have 2 rows as x has columns, got \(1, 1\)",
        ),
        (lambda: graph.degrees([[-1.0]]), "W must be nonnegative, got -1"),
        (lambda: graph.transition_matrix([[1.0, 0], [0, 0]]), "no zero row, got one at 1"),
        (lambda: graph.transition_matrix([[1.0, 2]]), "W must be square"),
        (lambda: graph.symmetrize([[1.0]], "sum"), r"how must be one of .*, got 'sum'"),
        (lambda: graph.to_sparse(np.array([[Ball(1)]])), "W must be float64 .*, got Ball"),
    ],
)
def test_refusals(call, match):
    with pytest.raises(ValueError, match=match):
        call()


def test_degrees_that_overflow_are_refused():
    with (
        np.errstate(over="ignore"),
        pytest.raises(ValueError, match="the degrees of W must be finite, got inf"),
    ):
        graph.transition_matrix([[1e308, 1e308], [1, 1]])
