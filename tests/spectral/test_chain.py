"""Chains: closed forms, the definitions once more, and the three arithmetics."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import chain
from spectral.balls import Ball, Undecided, midpoints, to_balls

EPS = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)

# Any chain on rationals, sparse enough to be reducible or periodic now and then.
counts = st.integers(1, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([0, 0, 0, 1, 2, 7]), min_size=n, max_size=n),
        min_size=n,
        max_size=n,
    )
)


def rational_chain(rows):
    W = np.array([[Fraction(x) for x in row] for row in rows], object)
    W[range(len(W)), range(len(W))] += np.array([row.sum() == 0 for row in W], object)
    return W / W.sum(axis=1)[:, None]


def rational(P):
    return np.array([[Fraction(x) for x in row] for row in np.asarray(P).tolist()], object)


def two_state(p, q):
    return np.array([[1 - p, p], [q, 1 - q]])


def rotation(n):
    return np.roll(np.eye(n), 1, axis=1)


def lazy_cycle(n):
    return np.eye(n) / 2 + rotation(n) / 4 + rotation(n).T / 4


# Known answers --------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 12])
def test_the_period_of_a_rotation_is_its_length(n):
    assert chain.period(rotation(n)) == n
    assert chain.period(rotation(n).astype(int)) == n
    assert chain.is_irreducible(rotation(n))


def test_the_period_of_two_cycles_is_their_gcd():
    # cycles 0 1 2 3 (0) and 0 1 2 3 4 5 (0), of lengths 4 and 6
    P = rotation(6)
    P[3, 0] = P[3, 4] = 0.5
    assert chain.period(P) == 2
    P[0, 0] = P[0, 1] = 0.5
    assert chain.period(P) == 1


def test_closed_classes_and_transient_states():
    P = np.array([[1, 0, 0, 0], [0.5, 0, 0.5, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    assert [c.tolist() for c in chain.closed_classes(P)] == [[0], [2, 3]]
    assert [c.tolist() for c in chain.closed_classes(np.eye(3))] == [[0], [1], [2]]
    causal = np.tril(np.ones((3, 3))) / [[1], [2], [3]]
    assert [c.tolist() for c in chain.closed_classes(causal)] == [[0]]
    assert not chain.is_irreducible(causal)
    assert [c.tolist() for c in chain.closed_classes([[1]])] == [[0]]


@pytest.mark.parametrize("tiny", [1e-9, 1e-100, 1e-300])
def test_an_edge_is_an_edge_however_small(tiny):
    """Nearly reducible: at 1e-300 the diagonal is 1 in floats, and knows nothing of it."""
    P = two_state(tiny, 3 * tiny)
    assert chain.is_irreducible(P)
    assert chain.stationary_distribution(P) == pytest.approx([0.75, 0.25], rel=8 * EPS)
    assert chain.is_reversible(P)


def test_stationary_law_of_two_states_and_one():
    pi = chain.stationary_distribution(two_state(Fraction(1, 3), Fraction(1, 7)))
    assert pi.tolist() == [Fraction(3, 10), Fraction(7, 10)]
    assert chain.stationary_distribution([[1.0]]).tolist() == [1]
    exact = chain.stationary_distribution(np.array([[Fraction(1)]], object))
    assert exact.tolist() == [1]
    assert isinstance(exact[0], Fraction)


def test_stationary_law_of_a_walk_is_its_degrees():
    W = np.array([[2, 1, 0], [1, 0, 5], [0, 5, 1]])
    P = rational(W) / rational(W).sum(axis=1)[:, None]
    assert (chain.stationary_distribution(P) == rational(W).sum(axis=1) / Fraction(15)).all()
    assert chain.is_reversible(P)
    assert chain.is_reversible(W / W.sum(axis=1)[:, None])


@pytest.mark.parametrize("n", [32, 33, 34, 65])
def test_stationary_law_exactly_across_panels(n):
    """pi P = pi in rationals, floats to n eps, where states are eliminated in several panels."""
    rng = np.random.default_rng(n)
    W = rng.integers(0, 3, (n, n)) + np.roll(np.eye(n, dtype=int), 1, axis=1)
    P = np.array([[Fraction(int(w), int(sum(row))) for w in row] for row in W], object)
    floats = chain.stationary_distribution(P.astype(float))
    if n <= 34:  # 65 states have rationals of a thousand digits
        pi = chain.stationary_distribution(P)
        assert (pi @ P == pi).all()
        np.testing.assert_allclose(floats, pi.astype(float), rtol=n * EPS, atol=0)
    np.testing.assert_allclose(floats @ P.astype(float), floats, rtol=4 * n * EPS, atol=0)


def test_a_drift_is_not_reversible():
    P = np.eye(3) / 2 + rotation(3) / 2
    assert not chain.is_reversible(P)
    assert not chain.is_reversible(rational(P))
    assert not chain.is_reversible(to_balls(rational(P)))
    assert (chain.reversal(P) == P.T).all()
    assert (chain.additive_reversibilization(P) == lazy_cycle(3)).all()
    assert chain.is_reversible(chain.multiplicative_reversibilization(P))


def test_a_drift_as_small_as_rounding_allows_is_seen():
    """One way round with probability 1/3 + d, the other with 1/3 - d."""
    for drift, expected in ((0, True), (1e-17, True), (1e-12, False), (1e-6, False)):
        P = np.full((3, 3), 1 / 3) + drift * (rotation(3) - rotation(3).T)
        assert chain.is_reversible(P) is expected


def test_total_variation():
    assert chain.total_variation([1, 0], [0, 1]) == 1
    assert chain.total_variation([0.5, 0.5], [0.75, 0.25]) == 0.25
    assert chain.total_variation([1], [1]) == 0
    half, third = Fraction(1, 2), Fraction(1, 3)
    p, q = np.array([half, half], object), np.array([third, 1 - third], object)
    assert chain.total_variation(p, q) == Fraction(1, 6)
    assert chain.total_variation(to_balls(p), to_balls(q)) == Fraction(1, 6)


@pytest.mark.parametrize("t", [0, 1, 2, 7])
@pytest.mark.parametrize(
    ("p", "q"), [(1, 1), (Fraction(1, 3), Fraction(1, 7)), (1, Fraction(1, 2))]
)
def test_two_states_forget_at_a_known_rate(p, q, t):
    """d(t) = |1 - p - q|^t max(pi): 1 - p - q is the other eigenvalue."""
    expected = abs(1 - p - q) ** t * max(p, q) / Fraction(p + q)
    P = rational(two_state(p, q))
    assert chain.distance_to_stationarity(P, t) == expected
    assert chain.distance_to_stationarity(to_balls(P), t) == expected
    found = chain.distance_to_stationarity(P.astype(float), t)
    assert found == pytest.approx(float(expected), rel=16 * (t + 1) * EPS, abs=0)


def test_a_small_distance_keeps_its_digits():
    # 1 - p - q = 1/4: d(40) = 4^-40 / 2 = 4e-25, far below the rounding of P^40
    found = chain.distance_to_stationarity(two_state(3 / 8, 3 / 8), 40)
    assert found == pytest.approx(4.0**-40 / 2, rel=4 * 40 * EPS, abs=0)


# Properties -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(counts)
def test_classes_and_period_by_their_definitions(rows):
    P = rational_chain(rows)
    n = len(P)
    powers = list(itertools.accumulate([P] * 2 * n * n, lambda Q, R: (Q @ R > 0).astype(int)))
    reach = sum(np.asarray(Q > 0, int) for Q in powers[:n]) + np.eye(n) > 0
    assert chain.is_irreducible(P) == reach.all()
    closed = {
        frozenset(np.flatnonzero(row).tolist())
        for i, row in enumerate(reach)
        if all(reach[j, i] for j in np.flatnonzero(row))
    }
    assert {frozenset(c.tolist()) for c in chain.closed_classes(P)} == closed
    if reach.all():
        returns = [t for t, Q in enumerate(powers, 1) if Q[0, 0] > 0]
        assert chain.period(P) == math.gcd(*returns)


@settings(max_examples=60, deadline=None)
@given(counts)
def test_stationarity_and_reversals_exactly_and_the_three_arithmetics(rows):
    P = rational_chain(rows)
    if not chain.is_irreducible(P):
        return
    pi = chain.stationary_distribution(P)
    assert (pi @ P == pi).all()
    assert pi.sum() == 1
    flow = pi[:, None] * P
    expected = (flow == flow.T).all()
    for same in (P, to_balls(P), P.astype(float)):
        assert chain.is_reversible(same) == expected
    for law in (chain.reversal, chain.additive_reversibilization):
        assert (pi @ law(P) == pi).all()
        assert (law(P).sum(axis=1) == 1).all()
    assert (chain.reversal(chain.reversal(P)) == P).all()
    assert chain.is_reversible(chain.additive_reversibilization(P))
    # floats: 2 N relative per relative error N eps of an entry, and as much from elimination
    floats = chain.stationary_distribution(P.astype(float))
    assert floats == pytest.approx(pi.astype(float), rel=4 * len(P) ** 2 * EPS, abs=0)
    enclosed = chain.stationary_distribution(to_balls(P))
    assert all(b.lower <= x <= b.upper for b, x in zip(enclosed, pi, strict=True))
    t = 3
    d = chain.distance_to_stationarity(P, t)
    assert d == max(chain.total_variation(row, pi) for row in P @ P @ P)
    assert chain.distance_to_stationarity(to_balls(P), t) == d
    found = chain.distance_to_stationarity(P.astype(float), t)
    assert found == pytest.approx(float(d), abs=16 * t * len(P) ** 2 * EPS)


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(2, 6))
def test_entrywise_accuracy_when_nearly_reducible(seed, n):
    """Rates over 30 decades; exact arithmetic on the same off-diagonal entries is the judge."""
    rng = np.random.default_rng(seed)
    rates = 10.0 ** rng.uniform(-30, -1, (n, n)) * (1 - np.eye(n)) / n
    P = rates + np.diag(1 - rates.sum(axis=1))
    exact = rational(rates)
    exact[range(n), range(n)] = 1 - exact.sum(axis=1)
    expected = chain.stationary_distribution(exact).astype(float)
    found = chain.stationary_distribution(P)
    # elimination alone: at most some 2 N^2 roundings in each pi_i, numerator and denominator
    assert found == pytest.approx(expected, rel=4 * n**2 * EPS, abs=0)


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(1, 7))
def test_walks_are_reversible_in_floats(seed, n):
    rng = np.random.default_rng(seed)
    W = np.exp(8 * rng.standard_normal((n, n)))
    W = W + W.T
    P = W / W.sum(axis=1)[:, None]
    assert chain.is_reversible(P)
    Q = np.exp(rng.standard_normal((n, n)))
    assert chain.is_reversible(Q / Q.sum(axis=1)[:, None]) == (n <= 2)


# Balls, and refusals --------------------------------------------------------------------


def test_balls_decide_or_do_not():
    x = Ball(1).exp()  # irrational, so no two ways to compute with it are proved equal
    W = np.array(
        [[Ball(1), x, Ball(2)], [x, Ball(1), Ball(3)], [Ball(2), Ball(3), Ball(1)]], object
    )
    P = W / W.sum(axis=1)[:, None]
    assert chain.is_irreducible(P)
    assert chain.period(P) == 1
    with pytest.raises(Undecided):
        chain.is_reversible(P)
    W[0, 1] = x + 1  # one pair proved unequal settles it, whatever is undecided beside
    assert not chain.is_reversible(W / W.sum(axis=1)[:, None])
    pi = midpoints(chain.stationary_distribution(P))
    degrees = np.array([3 + np.e, 4 + np.e, 6])
    assert pi == pytest.approx(degrees / degrees.sum(), rel=16 * EPS)


def test_an_edge_that_may_be_zero_is_undecided():
    x = Ball(2).sqrt() ** 2 - 2  # a ball around 0
    with pytest.raises(Undecided):
        chain.is_irreducible(np.array([[1 - x, x], [1, 0]], object))


@pytest.mark.parametrize(
    "needs_it",
    [
        chain.stationary_distribution,
        chain.period,
        chain.is_reversible,
        chain.reversal,
        chain.additive_reversibilization,
        chain.multiplicative_reversibilization,
        lambda P: chain.distance_to_stationarity(P, 1),
    ],
)
def test_a_reducible_chain_is_refused(needs_it):
    needs_it(two_state(0.5, 0.25))
    with pytest.raises(ValueError, match="P must be irreducible, got closed classes: 2, transient"):
        needs_it(np.eye(2))
    with pytest.raises(ValueError, match="closed classes: 1, transient states: 1; take one class"):
        needs_it([[1, 0], [0.5, 0.5]])
    with pytest.raises(ValueError, match="P must have rows that sum to 1, got"):
        needs_it([[1, 0.2], [0.5, 0.5]])


def test_other_refusals():
    with pytest.raises(ValueError, match="p and q must have one length, got 2 and 1"):
        chain.total_variation([0.5, 0.5], [1])
    with pytest.raises(ValueError, match="q must sum to 1, got"):
        chain.total_variation([0.5, 0.5], [1, 1])
    with pytest.raises(ValueError, match="t must be an integer at least 0, got -1"):
        chain.distance_to_stationarity([[1]], -1)
    with pytest.raises(ValueError, match="P must be nonempty, got shape"):
        chain.is_irreducible(np.zeros((0, 0)))
    with pytest.raises(ArithmeticError, match="leaves the range of float64: take Fractions"):
        chain.stationary_distribution([[1, 1e-200, 0], [1, 0, 1e-200], [0, 1, 0]])  # 1e-400
    with pytest.raises(ArithmeticError, match="leaves the range of float64: take Fractions"):
        chain.is_reversible([[1, 1e-200, 0], [1, 0, 1e-200], [0, 1, 0]])


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.floats(0.05, 0.6))
@settings(max_examples=60, deadline=None)
def test_components_by_closure_are_those_of_a_search(seed, n, density):
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    from spectral._classes import strong_components

    joined = np.random.default_rng(seed).random((n, n)) < density
    found = strong_components(joined.astype(float))
    expected = connected_components(csr_array(joined), directed=True, connection="strong")[1]
    assert ((found[:, None] == found) == (expected[:, None] == expected)).all()
    assert set(found) == set(range(found.max() + 1))
