"""Resistances of edges: circuits known by hand, the dense inverse, bounds that hold as they say."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, diags_array

from spectral import families
from spectral._potentials import energies, solver_for
from spectral._resistor_network import network
from spectral.resistances import EdgeResistances, edge_resistances, exact_edge_resistances
from spectral.sparsify import effective_resistances

EPS = np.finfo(float).eps
SOLVERS = ("factorization", "conjugate-gradients")


def projected(W, **options):
    return edge_resistances(W, rng=np.random.default_rng(0), **options)


METHODS = (exact_edge_resistances, projected)


def path(n, w=1.0):
    return diags_array([np.full(n - 1, w)] * 2, offsets=[-1, 1], format="csr")


def chain_of(w):
    return diags_array([w, w], offsets=[-1, 1], format="csr")


def random_graph(n, density, rng, spread=1.0):
    """Weights over `spread` decades, several components as it happens, and loops."""
    W = np.triu(10 ** rng.uniform(0, spread, (n, n)) * (rng.random((n, n)) < density))
    return W + np.triu(W, 1).T


# Known answers --------------------------------------------------------------------------


def test_two_resistors_in_series_beside_a_third():
    W = csr_array([[0, 1, 2], [1, 0, 4], [2, 4, 0]])
    found = exact_edge_resistances(W)
    assert found.i.tolist() == [0, 0, 1]
    assert found.j.tolist() == [1, 2, 2]
    known = [1 / (1 + 8 / 6), 1 / (2 + 4 / 5), 1 / (4 + 2 / 3)]
    np.testing.assert_allclose(found.resistances, known, rtol=16 * EPS)
    np.testing.assert_allclose(found.leverages, found.weights * known, rtol=16 * EPS)
    assert (found.error, found.failure, found.dimension, found.rank) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("family", "R"),
    [
        (families.Ring(9), 8 / 9),
        (families.Complete(7), 2 / 7),
        (families.Star(6), 1),
        (families.Hypercube(4), 15 / 16 * 2 / 4),  # (2^d - 1) / (2^(d-1) d)
        (families.CompleteBipartite(3, 5), 7 / 15),  # (n - 1) / m on edges that are all alike
    ],
)
def test_families(family, R):
    W = family.weights()
    W = W - np.diag(np.diagonal(W))
    np.testing.assert_allclose(exact_edge_resistances(W).resistances, R, rtol=64 * EPS)
    assert abs(projected(W).resistances / R - 1).max() <= 0.1


@pytest.mark.parametrize("method", METHODS)
def test_a_bridge_has_the_resistance_of_its_own(method):
    found = method(path(300, w=4.0))
    np.testing.assert_allclose(found.upper, 1 / 4, rtol=300 * 300 * EPS)
    assert abs(found.resistances * 4 - 1).max() <= 0.1
    assert found.rank == 299


@pytest.mark.parametrize("method", METHODS)
def test_no_edges_and_one(method):
    for empty in (np.zeros((1, 1)), csr_array((5, 5)), np.eye(3)):
        found = method(empty)
        assert len(found.resistances) == 0
        assert (found.rank, found.foster_defect, found.error) == (0, 0, 0)
    one = method(np.array([[3.0, 2.0], [2.0, 0.0]]))
    assert one.resistances == pytest.approx([0.5], rel=4 * EPS)
    assert one.error == 0


@pytest.mark.parametrize("method", METHODS)
def test_entries_that_are_stored_zeros_are_no_edges(method):
    W = csr_array((np.array([1.0, 0, 1, 0]), ([0, 1, 1, 2], [1, 2, 0, 1])), shape=(3, 3))
    found = method(W)
    assert found.i.tolist() == [0]
    assert found.rank == 1


@pytest.mark.parametrize("method", METHODS)
def test_components(method):
    W = csr_array(np.kron(np.eye(4), np.ones((5, 5))))
    found = method(W)
    assert (found.rank, len(found.i)) == (16, 40)
    assert abs(found.resistances / (2 / 5) - 1).max() <= max(found.error, 32 * EPS)
    assert found.foster_defect <= 0.05


def test_networkx_agrees():
    """networkx.resistance_distance, NetworkX 3.6.1; it takes weights for conductances if asked."""
    G = nx.random_regular_graph(4, 40, seed=1)
    for k, (_, _, data) in enumerate(G.edges(data=True)):
        data["weight"] = 1 + k % 3
    theirs = nx.resistance_distance(G, weight="weight", invert_weight=False)
    found = exact_edge_resistances(nx.to_scipy_sparse_array(G, range(40), dtype=float))
    R = [theirs[i][j] for i, j in zip(found.i.tolist(), found.j.tolist(), strict=True)]
    # NetworkX's pseudo-inverse has the condition of L, 2 max d / lambda_2 < 100 here
    np.testing.assert_allclose(found.resistances, R, rtol=40 * 100 * EPS)


# Properties -----------------------------------------------------------------------------


@given(st.integers(0, 99), st.integers(1, 40), st.sampled_from([0.05, 0.2, 0.7]))
@settings(max_examples=40, deadline=None)
def test_both_against_the_dense_inverse(seed, n, density):
    W = random_graph(n, density, np.random.default_rng(seed))
    exact = exact_edge_resistances(csr_array(W))
    R = effective_resistances(W)[exact.i, exact.j]
    # S_ii + S_jj - 2 S_ij: n eps of the largest S, which is at most n / min w, against R >= 1 / 2 d
    np.testing.assert_allclose(exact.resistances, R, rtol=400 * n * n * EPS)
    assert exact.foster_defect <= 400 * n * n * EPS
    for solver in SOLVERS:
        found = edge_resistances(W, rng=np.random.default_rng(seed), solver=solver, error=0.2)
        assert found.error <= 0.2
        assert found.solver in (solver, "none")
        rounding = 400 * n * n * EPS  # that of R itself
        assert (found.lower <= R * (1 + rounding)).all()  # fails in 1 of 100 runs at most, by
        assert (R <= found.upper * (1 + rounding)).all()  # chance; these seeds do not
        assert (np.abs(found.resistances - R) <= 0.2 * R).all()


@pytest.mark.parametrize("seed", range(3))
def test_blocks_of_the_inverse_on_a_graph_in_the_plane(seed):
    """Many blocks of different widths, against the dense inverse."""
    G = nx.random_geometric_graph(300, 0.1, seed=seed)
    W = nx.to_scipy_sparse_array(G, weight=None, dtype=float)
    found = exact_edge_resistances(W)
    R = effective_resistances(W.toarray())[found.i, found.j]
    np.testing.assert_allclose(found.resistances, R, rtol=300 * 300 * EPS)
    assert found.foster_defect <= 300 * EPS


def test_the_bounds_fail_no_more_often_than_they_may():
    """failure = 0.5: over 60 runs at most 30 fail on average; the union bound makes it fewer."""
    W = families.Ring(12).weights()
    rng = np.random.default_rng(7)
    missed = 0
    for _ in range(60):
        found = edge_resistances(W, rng=rng, failure=0.5, error=0.3)
        R = 11 / 12
        missed += not ((found.lower <= R) & (R <= found.upper)).all()
    assert missed <= 39  # P(Binomial(60, 1/2) > 39) = 0.7 %


def test_more_accuracy_takes_more_columns():
    W = nx.to_scipy_sparse_array(nx.random_regular_graph(6, 60, seed=1), dtype=float)
    R = exact_edge_resistances(W).resistances
    rough, fine = projected(W, error=0.2), projected(W, error=0.02)
    assert rough.dimension < 200 < fine.dimension < 20_000
    assert fine.systems == 64 + fine.dimension
    assert abs(fine.resistances / R - 1).max() <= fine.error <= 0.02
    assert fine.foster_defect <= 0.01


def test_two_solvers_by_choice_and_by_default():
    regular = nx.to_scipy_sparse_array(nx.random_regular_graph(6, 200, seed=1), dtype=float)
    assert projected(regular).solver == "conjugate-gradients"
    assert projected(path(500)).solver == "factorization"
    by = [projected(regular, solver=s).resistances for s in SOLVERS]
    np.testing.assert_allclose(by[0], by[1], rtol=0.1)


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_energy_of_an_error_is_bounded(solver):
    """Potentials spoiled on purpose: e^T L e from the pseudo-inverse, and its bound."""
    rng = np.random.default_rng(0)
    net = network(random_graph(30, 0.3, rng))
    Q = rng.standard_normal((len(net.w), 5))
    Y = net.incidence @ Q
    _, solve = solver_for(net, solver, 0.01)
    spoiled = solve(Y) + 0.1 * rng.standard_normal(Y.shape)
    L = net.laplacian.toarray()
    for U in (solve(Y), spoiled):
        E = U - np.linalg.pinv(L) @ Y
        energy = ((net.incidence.T @ E) ** 2).sum(axis=0)  # e^T L e, blind to constants
        assert (energy <= energies(net, Y, U, abs(net.incidence) @ np.abs(Q))).all()
    assert energies(net, Y, solve(Y), 0).max() <= 0.01**2


def test_a_solver_that_does_not_arrive(monkeypatch):
    monkeypatch.setattr("spectral._potentials._MOST", 10)
    with pytest.raises(ArithmeticError, match="after 10 steps; try solver='factorization'"):
        projected(path(300), solver="conjugate-gradients")


def test_a_solver_too_rough_for_the_error(monkeypatch):
    monkeypatch.setattr(
        "spectral._projected_resistances.energies", lambda net, Y, U, terms: np.ones(Y.shape[1])
    )
    with pytest.raises(ArithmeticError, match=r"or a solver .* accurate than 1.0e\+00: see"):
        projected(families.Ring(8).weights())


def test_an_error_out_of_reach():
    with pytest.raises(ArithmeticError, match=r"9.0e-05 takes more than 16777216 columns, or a"):
        projected(families.Ring(8).weights(), error=1e-4)


def test_weights_too_far_apart():
    """A leaf by 10^20 or 10^12 beside an edge of 1: the sum of both weights loses the one."""
    singular = "is 0: its weights spread too far for float64"
    with pytest.raises(ArithmeticError, match=singular):
        exact_edge_resistances(chain_of([1.0, 1e20]))
    with pytest.raises(ArithmeticError, match=singular):
        projected(chain_of([1.0, 1e20]), solver="factorization")
    with pytest.raises(ArithmeticError, match="leverages of W must sum to 2, and miss it by"):
        exact_edge_resistances(chain_of([1.0, 1e12]))


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("W", "message"),
    [
        ([[0, -1], [-1, 0]], "W must be nonnegative, got -1"),
        ([[0, np.nan], [np.nan, 0]], "W must be finite, got nan"),
        ([[0, np.inf], [np.inf, 0]], "W must be finite, got inf"),
        ([[0, 1], [2, 0]], "W must be symmetric, got"),
        (np.ones((2, 3)), r"W must be square and nonempty, got shape \(2, 3\)"),
        (np.zeros((0, 0)), r"W must be square and nonempty, got shape \(0, 0\)"),
    ],
)
def test_weights_that_are_refused(method, W, message):
    for given_as in (np.array(W, float), csr_array(np.array(W, float))):
        with pytest.raises(ValueError, match=message):
            method(given_as)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"error": 0}, "error must lie strictly between 0 and 1, got 0"),
        ({"error": 1}, "error must lie strictly between 0 and 1, got 1"),
        ({"failure": 1.5}, "failure must lie strictly between 0 and 1, got 1.5"),
        ({"solver": "magic"}, "solver must be one of .* got 'magic'"),
    ],
)
def test_options_that_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        projected(path(3), **options)
    assert isinstance(projected(path(3)), EdgeResistances)
