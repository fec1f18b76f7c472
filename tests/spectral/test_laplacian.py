"""Laplacians: closed forms, SciPy and NetworkX, the definitions again, three arithmetics."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csgraph

from spectral import chain, graph, laplacian, linalg
from spectral.balls import midpoints, to_balls

F = Fraction
EPS = np.finfo(float).eps


def rationals(rows):
    return np.vectorize(F, otypes=[object])(np.asarray(rows, object))


@st.composite
def positive_weights(draw, symmetric=False, low=1):
    n = draw(st.integers(1, 5))
    W = np.array([[draw(st.integers(low, 9)) for _ in range(n)] for _ in range(n)])
    return W + W.T if symmetric else W


def functions(W):
    return np.arange(1, len(W) + 1) ** 2 % 7


# Known answers --------------------------------------------------------------------------

PAIR = rationals([[1, 1], [9, 1]])


def test_by_hand():
    assert (
        laplacian.random_walk(PAIR) == rationals([[F(1, 2), F(-1, 2)], [F(-9, 10), F(9, 10)]])
    ).all()
    assert (laplacian.combinatorial(PAIR) == rationals([[1, -1], [-9, 9]])).all()
    square = rationals([[0, 4], [4, 12]])  # degrees 4, 16
    assert (
        laplacian.symmetric_normalized(square) == rationals([[1, F(-1, 2)], [F(-1, 2), F(1, 4)]])
    ).all()


def test_one_vertex():
    for of_weights in (laplacian.random_walk, laplacian.symmetric_normalized, laplacian.chung):
        assert of_weights([[1.0]]).tolist() == [[0.0]]
    assert laplacian.combinatorial([[0.0]]).tolist() == [[0.0]]


def test_chung_of_a_directed_cycle():
    """A rotation of n states is P with pi = 1/n; (P + P^T)/2 is the walk on the ring."""
    L = laplacian.chung(np.roll(np.eye(5), 1, axis=1))
    expected = 1 - np.cos(2 * np.pi * np.array([0, 1, 1, 2, 2]) / 5)
    assert linalg.eigvalsh(L) == pytest.approx(expected, abs=8 * EPS)


def test_a_vertex_that_hardly_ever_leaves_is_kept():
    W = np.array([[1, 1e-20], [1e-20, 1]])
    for L in (laplacian.random_walk(W), laplacian.symmetric_normalized(W), laplacian.chung(W)):
        assert L == pytest.approx(1e-20 * np.array([[1, -1], [-1, 1]]), rel=4 * EPS, abs=0)


def test_dirichlet_by_hand():
    """The form may be negative, so the two differ: the identity needs balanced degrees."""
    f = np.array([2, 1], object)
    assert laplacian.dirichlet_form(PAIR, f) == -7
    assert laplacian.dirichlet_energy(PAIR, f) == 5
    assert laplacian.dirichlet_form(PAIR.astype(float), [2, 1]) == pytest.approx(-7, rel=8 * EPS)


# Other programs: SciPy 1.17.1, NetworkX 3.6.1 -------------------------------------------


def test_scipy_agrees_on_graphs_without_loops():
    """SciPy's diagonal leaves out the loops' share of the degree, hence no loops here."""
    W = np.random.default_rng(0).random((6, 6)) * (1 - np.eye(6))
    assert laplacian.combinatorial(W) == pytest.approx(
        csgraph.laplacian(W, use_out_degree=True), abs=8 * EPS
    )
    M = W + W.T
    assert laplacian.symmetric_normalized(M) == pytest.approx(
        csgraph.laplacian(M, normed=True), abs=8 * EPS
    )


def test_networkx_agrees():
    W = np.random.default_rng(1).random((6, 6))
    P = graph.transition_matrix(W)
    theirs = nx.directed_laplacian_matrix(graph.to_networkx(W), walk_type="random")
    # Its Perron vector comes from a general eigensolver: n eps over a gap of about 1.
    assert laplacian.chung(P) == pytest.approx(theirs, abs=64 * EPS)
    M = W + W.T
    G = graph.to_networkx(M).to_undirected()
    theirs = nx.normalized_laplacian_matrix(G).toarray()
    assert laplacian.symmetric_normalized(M) == pytest.approx(theirs, abs=16 * EPS)


# Properties -----------------------------------------------------------------------------


@given(positive_weights())
@settings(max_examples=40, deadline=None)
def test_definitions_on_rationals(W):
    W = rationals(W)
    n, P = len(W), graph.transition_matrix(W)
    assert (laplacian.random_walk(W) == np.eye(n, dtype=int) - P).all()
    assert (laplacian.combinatorial(W) == np.diag(graph.degrees(W)) - W).all()
    assert (laplacian.random_walk(W).sum(axis=1) == 0).all()


@given(positive_weights())
@settings(max_examples=30, deadline=None)
def test_energy_less_form_is_the_imbalance_of_degrees(W):
    W, f = rationals(W), rationals(functions(W))
    imbalance = ((W.sum(axis=0) - W.sum(axis=1)) * f**2).sum() / 2
    difference = laplacian.dirichlet_energy(W, f) - laplacian.dirichlet_form(W, f)
    assert difference == imbalance
    S = graph.symmetrize(W, "mean")
    assert laplacian.dirichlet_energy(S, f) == laplacian.dirichlet_form(S, f)


@given(positive_weights())
@settings(max_examples=30, deadline=None)
def test_chung_is_the_laplacian_of_the_additive_reversibilization(W):
    P = graph.transition_matrix(rationals(W))
    reversible = chain.additive_reversibilization(P)
    pi = chain.stationary_distribution(P)
    L = laplacian.chung(to_balls(P))
    root = linalg.sqrt(to_balls(pi))
    similar = L * root / root[:, None]  # Phi^-1/2 L Phi^1/2, up to the balls' radii
    expected = np.eye(len(P)) - midpoints(reversible)
    assert midpoints(similar) == pytest.approx(expected, abs=32 * EPS)
    assert laplacian.chung(midpoints(P)) == pytest.approx(midpoints(L), abs=32 * EPS)


@given(positive_weights(symmetric=True))
@settings(max_examples=30, deadline=None)
def test_symmetric_weights_have_one_laplacian_under_three_names(W):
    L = laplacian.symmetric_normalized(W)
    assert laplacian.chung(graph.transition_matrix(W)) == pytest.approx(L, abs=32 * EPS)
    assert midpoints(laplacian.symmetric_normalized(to_balls(W))) == pytest.approx(L, abs=16 * EPS)
    values = linalg.eigvalsh(L)
    assert values[0] == pytest.approx(0, abs=16 * EPS)
    assert values[-1] <= 2 + 16 * EPS
    walk = np.sort(np.linalg.eigvals(laplacian.random_walk(W)).real)
    # The general solver's n eps, times the condition of D^1/2: degrees within 1 : 90.
    assert walk == pytest.approx(values, abs=1000 * EPS)


@given(positive_weights())
@settings(max_examples=20, deadline=None)
def test_floats_and_balls_agree(W):
    f = functions(W)
    L = laplacian.random_walk(W)
    assert midpoints(laplacian.random_walk(to_balls(W))) == pytest.approx(L, abs=8 * EPS)
    size = (W.sum() + W.sum(axis=0).max()) * (f @ f)
    for form in (laplacian.dirichlet_form, laplacian.dirichlet_energy):
        ours, exact = form(W, f), form(rationals(W), rationals(f))
        assert ours == pytest.approx(float(exact), abs=32 * EPS * size)


# Refusals -------------------------------------------------------------------------------


def test_irrational_roots_are_a_type_error():
    with pytest.raises(TypeError, match="irrational"):
        laplacian.symmetric_normalized(rationals([[0, 2], [2, 0]]))


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: laplacian.symmetric_normalized([[1, 2], [3, 1]]), "W must be symmetric"),
        (lambda: laplacian.symmetric_normalized([[1, 0], [0, 0]]), "no zero row, got one at 1"),
        (lambda: laplacian.random_walk([[0.0]]), "no zero row, got one at 0"),
        (lambda: laplacian.combinatorial([[-1.0]]), "W must be nonnegative"),
        (lambda: laplacian.chung([[1.0, 0], [0.5, 0.5]]), "P must be irreducible, got"),
        (lambda: laplacian.chung([[1.0, 1], [1, 1]]), "P must have rows that sum to 1"),
        (lambda: laplacian.dirichlet_form([[1.0]], [1, 2]), "one value a vertex, 1, got 2"),
        (lambda: laplacian.dirichlet_energy([[1.0]], [[1]]), "f must have 1 axis"),
    ],
)
def test_refusals(call, match):
    with pytest.raises(ValueError, match=match):
        call()
