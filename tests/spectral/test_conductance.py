"""Conductance: every set again, closed forms, NetworkX, both sides of Cheeger, refusals."""

from fractions import Fraction
from itertools import combinations

import flint
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, diags_array

from spectral import chain, families, graph, laplacian
from spectral.balls import Ball, midpoints, to_balls
from spectral.conductance import cheeger, conductance, cut_ratio, edge_flow, sweep_cut
from spectral.spectrum import random_walk_spectrum

F = Fraction
EPS = np.finfo(float).eps
FLOWS = ("out-degree", "stationary")


def rationals(rows):
    return np.vectorize(F, otypes=[object])(np.asarray(rows, object))


def by_definition(F, members):
    """The ratio of one set, by a double loop over the edges."""
    n = len(F)
    inside = [i in members for i in range(n)]
    edges = [(inside[i], inside[j], F[i, j]) for i in range(n) for j in range(n)]
    cut = sum(w for a, b, w in edges if a and not b)
    return cut / min(sum(w for a, _, w in edges if a is side) for side in (True, False))


def smallest_by_definition(F):
    sets = (s for k in range(1, len(F)) for s in combinations(range(len(F)), k))
    return min(by_definition(F, s) for s in sets)


@st.composite
def integer_weights(draw, max_n=5):
    n = draw(st.integers(2, max_n))
    return np.array([[draw(st.integers(1, 9)) ** 2 for _ in range(n)] for _ in range(n)])


# Known answers --------------------------------------------------------------------------

HALF_OPEN = rationals([[1, 1], [9, 1]])


def test_two_vertices_by_hand():
    """Out-degrees 2 and 10: cuts 1/2 and 9/2.  Stationary (9, 5)/14: flow 9/28, so 9/28 : 5/14."""
    assert conductance(HALF_OPEN).value == F(1, 2)
    assert conductance(HALF_OPEN).members == (0,)
    assert conductance(HALF_OPEN, flow="stationary").value == F(9, 10)
    assert (edge_flow(HALF_OPEN) == HALF_OPEN).all()


def test_out_degrees_break_cheeger_for_directed_weights():
    gap = laplacian.random_walk(HALF_OPEN).trace()  # of 2 x 2, one eigenvalue being 0
    assert gap == F(7, 5)
    assert gap > 2 * conductance(HALF_OPEN).value


def test_two_clusters():
    W = np.kron(np.eye(2), np.ones((3, 3))) + 1e-12
    cut = conductance(W)
    assert cut.members in ((0, 1, 2), (3, 4, 5))
    # 9e-12 / 9: small, and right to eps relative, for nothing is subtracted.
    assert cut.value == pytest.approx(1e-12, rel=1e-11)
    assert cut.value == pytest.approx(9e-12 / (9 * (1 + 1e-12) + 9e-12), rel=32 * EPS)
    assert sweep_cut(W) == cut or sweep_cut(W).members in ((0, 1, 2), (3, 4, 5))


def test_disconnected():
    W = np.kron(np.eye(2), np.ones((2, 2)))
    assert conductance(W).value == 0.0
    assert sweep_cut(W).value == 0.0
    assert cheeger(W).gap == pytest.approx(0, abs=8 * EPS)


def test_cheeger_upper_side_is_attained_by_the_hypercube():
    """gap = 2/d = 2h, exactly, on balls that remember rationals or not."""
    result = cheeger(to_balls(families.Hypercube(3).weights(exact=True)))
    assert result.cut.value == F(1, 3)
    assert result.upper == F(2, 3)
    assert result.gap.lower <= F(2, 3) <= result.gap.upper
    assert cheeger(families.Hypercube(4).weights()).gap == pytest.approx(0.5, abs=64 * EPS)


def test_networkx_agrees_on_undirected_graphs():
    """networkx.conductance, NetworkX 3.6.1; no loops, since it counts them twice in a degree."""
    W = np.random.default_rng(0).random((6, 6)) * (1 - np.eye(6))
    G = graph.to_networkx(W + W.T).to_undirected()
    sets = [s for k in range(1, 6) for s in combinations(range(6), k)]
    theirs = [nx.conductance(G, s, weight="weight") for s in sets]
    ours = [cut_ratio(W + W.T, s) for s in sets]
    assert ours == pytest.approx(theirs, rel=32 * EPS)
    assert conductance(W + W.T).value == pytest.approx(min(theirs), rel=32 * EPS)


def test_networkx_adds_both_directions_of_a_directed_cut():
    """Its value for a DiGraph is (cut(S) + cut(S^c)) / min(vol S, vol S^c), NetworkX 3.6.1."""
    W = np.random.default_rng(0).random((6, 6))
    G = graph.to_networkx(W)
    for inside in ((0,), (1, 4), (0, 2, 5)):
        outside = [i for i in range(6) if i not in inside]
        theirs = nx.conductance(G, inside, weight="weight")
        ours = cut_ratio(W, inside) + cut_ratio(W, outside)
        assert ours == pytest.approx(theirs, rel=32 * EPS)


def test_twenty_vertices():
    assert conductance(families.Ring(20).weights()).value == pytest.approx(1 / 10, rel=8 * EPS)


def test_sweep_on_a_long_path_dense_and_sparse():
    n = 600
    W = diags_array([np.ones(n - 1), np.ones(n - 1)], offsets=[-1, 1], format="csr")
    for given_as in (W, W.toarray()):
        cut = sweep_cut(given_as)
        assert cut.value == pytest.approx(1 / (n - 1), rel=8 * EPS)  # the best there is
        assert cut.members in (tuple(range(n // 2)), tuple(range(n // 2, n)))


@pytest.mark.parametrize("seed", range(8))
def test_sweep_goes_by_the_right_eigenvector_of_the_walk(seed):
    """Degrees over six orders of magnitude: the eigenvector of the symmetric form misleads."""
    d = 10 ** np.random.default_rng(seed).uniform(-3, 3, 12)
    W = np.outer(d, d) * np.random.default_rng(seed).random((12, 12))
    W = W + W.T
    by_hand = sweep_cut(W, random_walk_spectrum(W).vectors[:, 1])
    assert sweep_cut(W).value == pytest.approx(by_hand.value, rel=32 * EPS)
    assert sweep_cut(csr_array(W)).value == pytest.approx(by_hand.value, rel=32 * EPS)


def planted(n, rng, inside=0.3, across=0.01):
    """Two halves, with their sides shuffled."""
    side = rng.permutation(n) % 2
    chance = np.where(side[:, None] == side, inside, across)
    W = np.triu(rng.random((n, n)) < chance, 1).astype(float)
    return W + W.T, side


@pytest.mark.parametrize("seed", range(3))
def test_a_rough_eigenvector_is_enough_for_the_sweep(seed):
    W, side = planted(120, np.random.default_rng(seed))
    for method in ("shift-invert", "lanczos"):
        cut = sweep_cut(csr_array(W), method=method)
        assert cut.members in [tuple(np.flatnonzero(side == s).tolist()) for s in (0, 1)]
    gap = random_walk_spectrum(W).values[1]
    assert cut.value <= np.sqrt(2 * (gap + 2.0**-13))


def test_lanczos_by_components_and_where_it_does_not_converge(monkeypatch):
    assert sweep_cut(csr_array(np.kron(np.eye(2), np.ones((30, 30)))), method="lanczos").value == 0
    small = csr_array(families.Path(6).weights())
    assert sweep_cut(small, method="lanczos") == sweep_cut(small)
    monkeypatch.setattr("spectral._sweep._RESTARTS", 1)
    n = 2000
    path = diags_array([np.ones(n - 1), np.ones(n - 1)], offsets=[-1, 1], format="csr")
    with pytest.raises(ArithmeticError, match="in 1 restarts; try method='shift-invert'"):
        sweep_cut(path, method="lanczos")
    with pytest.raises(ValueError, match=r"method must be one of .* got 'magic'"):
        sweep_cut(path, method="magic")


@given(integer_weights(), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_the_sweep_by_any_order_is_as_good_as_its_quotient(W, seed):
    W = W + W.T
    f = np.random.default_rng(seed).standard_normal(len(W))
    d = W.sum(axis=1)
    g = f - (d @ f) / d.sum()
    quotient = (W * (g[:, None] - g) ** 2).sum() / 2 / (d @ g**2)
    assert sweep_cut(W, f).value <= np.sqrt(2 * quotient) * (1 + 64 * EPS)


def test_sweep_by_a_given_order():
    W = families.Path(6).weights()
    best = sweep_cut(W, [5, 4, 3, 2, 1, 0])
    assert best.members in ((0, 1, 2), (3, 4, 5))
    assert best.value == pytest.approx(1 / 5, rel=8 * EPS)
    assert sweep_cut(csr_array(W), [5, 4, 3, 2, 1, 0]) == best


# Properties -----------------------------------------------------------------------------


@given(integer_weights(), st.sampled_from(FLOWS))
@settings(max_examples=40, deadline=None)
def test_every_set_is_tried(W, flow):
    exact = rationals(W)
    smallest = smallest_by_definition(edge_flow(exact, flow=flow))
    found = conductance(exact, flow=flow)
    assert found.value == smallest
    assert cut_ratio(exact, found.members, flow=flow) == smallest
    assert conductance(W, flow=flow).value == pytest.approx(float(smallest), rel=64 * EPS)
    balls = conductance(to_balls(W), flow=flow).value
    assert balls.lower <= smallest <= balls.upper


@given(integer_weights())
@settings(max_examples=20, deadline=None)
def test_stationary_flow_is_balanced_and_equals_out_degree_if_symmetric(W):
    flow = edge_flow(rationals(W), flow="stationary")
    assert (flow.sum(axis=0) == flow.sum(axis=1)).all()
    assert flow.sum() == 1
    S = rationals(W + W.T)
    assert conductance(S).value == conductance(S, flow="stationary").value


@given(integer_weights(), st.sampled_from(FLOWS))
@settings(max_examples=30, deadline=None)
def test_cheeger_and_the_sweep(W, flow):
    W = W + W.T if flow == "out-degree" else W
    c = cheeger(W, flow=flow)
    room = 32 * EPS  # of the eigenvalue: n eps, the norm being 2
    assert c.lower - room <= c.gap <= c.upper + room
    assert (c.lower, c.upper) == (c.cut.value**2 / 2, 2 * c.cut.value)
    swept = sweep_cut(W, flow=flow)
    assert c.cut.value * (1 - room) <= swept.value <= np.sqrt(2 * c.gap) + room
    assert cut_ratio(W, swept.members, flow=flow) == swept.value


@given(integer_weights(), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_sweep_takes_the_best_of_its_cuts(W, seed):
    values = np.random.default_rng(seed).permutation(len(W))
    order = np.argsort(values)
    sides = [s for k in range(1, len(W)) for s in (order[:k], order[k:])]
    best = min(cut_ratio(W, s) for s in sides)
    assert sweep_cut(W, values).value == pytest.approx(best, rel=32 * EPS)
    assert sweep_cut(csr_array(W), values).value == pytest.approx(best, rel=32 * EPS)


def test_cheeger_of_a_directed_chain_on_balls():
    W = to_balls(np.array([[1, 2, 9], [5, 1, 1], [1, 7, 2]]))
    c = cheeger(W, flow="stationary")
    assert c.lower <= c.gap <= c.upper  # proved
    floats = cheeger(midpoints(W), flow="stationary")
    assert c.gap.mid == pytest.approx(floats.gap, abs=16 * EPS)
    L = laplacian.chung(graph.transition_matrix(midpoints(W)))
    assert floats.gap == pytest.approx(np.linalg.eigvalsh(L)[1], abs=16 * EPS)


def test_tied_balls_need_no_decision():
    """Three sets tie up to radii that no comparison can resolve; h is enclosed all the same."""
    third = Ball(flint.arb(1) / 3)
    W = np.array([[0, third, third], [third, 0, third], [third, third, 0]], object)
    h = conductance(W).value
    assert h.lower <= 1 <= h.upper


# Refusals -------------------------------------------------------------------------------

BALLS_15 = to_balls(np.ones((15, 15), int))


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: conductance([[1.0]]), "W must have 2 to 22 vertices for all cuts, got 1"),
        (lambda: conductance(np.ones((23, 23))), "got 23; see sweep_cut"),
        (lambda: conductance(BALLS_15), "W must have 2 to 14 vertices for all cuts, got 15"),
        (lambda: conductance(np.ones((2, 2)), flow="in-degree"), "flow must be one of"),
        (lambda: conductance(np.tri(3), flow="stationary"), "P must be irreducible"),
        (lambda: conductance([[0.0, 0], [1, 1]]), "W must have no zero row, got one at 0"),
        (lambda: cheeger([[1.0, 2], [3, 1]]), "W must be symmetric"),
        (lambda: cut_ratio(np.ones((2, 2)), (0, 1)), "some but not all vertices, got 2 of them"),
        (lambda: cut_ratio(np.ones((2, 2)), ()), "some but not all vertices, got 0 of them"),
        (lambda: sweep_cut([[1.0]]), r"W must be float64 with 2 vertices or more, got .*\(1, 1\)"),
        (lambda: sweep_cut(HALF_OPEN), "W must be float64 with 2 vertices or more, got object"),
        (lambda: sweep_cut([[1.0, 2], [3, 1]]), "W must be symmetric"),
        (lambda: sweep_cut(csr_array([[1.0, 2], [3, 1]])), "W must be symmetric"),
        (lambda: sweep_cut(np.ones((2, 2)), [1.0]), "order_by must have 2 values, got 1"),
        (
            lambda: sweep_cut(csr_array(np.ones((2, 2))), flow="stationary"),
            "flow must be 'out-degree' for a sparse W, got 'stationary'",
        ),
        (lambda: sweep_cut(csr_array([[1.0, 0], [0, 0]])), "W must have no zero row, got one at 1"),
    ],
)
def test_refusals(call, match):
    with pytest.raises(ValueError, match=match):
        call()


def test_rational_eigenvalues_are_refused():
    with pytest.raises(TypeError, match="irrational"):
        cheeger(rationals([[0, 1], [1, 0]]))


def test_the_additive_reversibilization_has_the_same_conductance():
    P = graph.transition_matrix(rationals([[1, 2, 9], [5, 1, 1], [1, 7, 2]]))
    R = chain.additive_reversibilization(P)
    assert conductance(P, flow="stationary").value == conductance(R, flow="stationary").value
