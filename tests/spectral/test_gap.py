"""Spectral gaps: closed forms and known traps, the definitions once more, floats and balls."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import chain
from spectral.balls import Ball, Undecided, midpoints, to_balls
from spectral.gap import (
    PseudoGap,
    absolute_gap,
    multiplicative_gap,
    pseudo_spectral_gap,
    spectral_gap,
)

EPS = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)


def two_state(p, q):
    return np.array([[1 - p, p], [q, 1 - q]])


def rotation(n):
    return np.roll(np.eye(n), 1, axis=1)


def lazy_cycle(n):
    return np.eye(n) / 2 + rotation(n) / 4 + rotation(n).T / 4


def walk(W):
    return W / W.sum(axis=1)[:, None]


def random_chain(seed, n, sharpness=3.0):
    return walk(np.exp(sharpness * np.random.default_rng(seed).standard_normal((n, n))))


def random_walk(seed, n):
    W = np.random.default_rng(seed).integers(1, 50, (n, n))
    return W + W.T


def other_eigenvalues(P):
    """The definition: all eigenvalues but the one nearest to 1."""
    values = np.linalg.eigvals(P)
    return np.delete(values, np.argmin(abs(values - 1)))


# Known answers --------------------------------------------------------------------------


def test_the_lazy_cycle_of_1200_states():
    """sin^2(pi / n) = 6.85e-6; a sparse solver that stops early has been seen to say 2.74e-5."""
    n = 1200
    assert np.sin(np.pi / n) ** 2 == pytest.approx(6.85e-6, rel=1e-3)  # as the trap quotes it
    # the solver is right to n eps ||L||, and ||L|| = 1
    assert spectral_gap(lazy_cycle(n)) == pytest.approx(np.sin(np.pi / n) ** 2, abs=n * EPS)


@pytest.mark.parametrize("p", [0.25, 5e-6, 1e-12, 1e-300])
@pytest.mark.parametrize("reversible", [None, True, False])
def test_two_states_that_hardly_ever_switch(p, reversible):
    """1 - P_ii would know 1e-12 to 4 digits only, and 1e-300 not at all."""
    P = two_state(p, p)
    assert spectral_gap(P, reversible=reversible) == pytest.approx(2 * p, rel=8 * EPS, abs=0)
    assert absolute_gap(P, reversible=reversible) == pytest.approx(2 * p, rel=8 * EPS, abs=0)


@pytest.mark.parametrize("n", [3, 4, 9])
def test_lazy_cycles_and_rotations(n):
    # eigenvalues cos^2(pi k / n), and exp(2 pi i k / n)
    assert spectral_gap(lazy_cycle(n)) == pytest.approx(np.sin(np.pi / n) ** 2, abs=n * EPS)
    assert absolute_gap(lazy_cycle(n)) == pytest.approx(np.sin(np.pi / n) ** 2, abs=n * EPS)
    around = spectral_gap(rotation(n))
    assert around == pytest.approx(1 - np.cos(2 * np.pi / n), abs=4 * n * EPS)
    assert absolute_gap(rotation(n)) == 0  # exactly: it never mixes
    assert pseudo_spectral_gap(rotation(n)) == PseudoGap(0, 1, True)


@pytest.mark.parametrize("n", [2, 3, 7])
def test_complete_graphs(n):
    K = (np.ones((n, n)) - np.eye(n)) / (n - 1)  # eigenvalues 1, and -1 / (n - 1) otherwise
    assert spectral_gap(K) == pytest.approx(n / (n - 1), rel=8 * n * EPS)
    assert absolute_gap(K) == pytest.approx(1 - 1 / (n - 1), abs=8 * n * EPS)
    if n == 2:
        assert absolute_gap(K) == 0
    for gap in (spectral_gap, absolute_gap, multiplicative_gap):
        assert gap(np.full((n, n), 1 / n)) == pytest.approx(1, abs=8 * n * EPS)


def test_a_reducible_chain_has_gap_zero_by_multiplicity():
    with_transient = np.array([[1, 0, 0], [0, 1, 0], [0.25, 0.25, 0.5]])
    for P in (np.eye(2), np.kron(np.eye(2), lazy_cycle(3)), with_transient):
        assert spectral_gap(P) == absolute_gap(P) == 0
    causal = np.tril(np.ones((4, 4))) / [[1], [2], [3], [4]]  # one closed class: 1 is simple
    assert spectral_gap(causal) == pytest.approx(0.5, abs=16 * EPS)
    assert absolute_gap(causal) == pytest.approx(0.5, abs=16 * EPS)


@pytest.mark.parametrize("one", [[[1]], to_balls([[1]])])
def test_one_state_has_no_other_eigenvalue(one):
    assert spectral_gap(one) == absolute_gap(one) == multiplicative_gap(one) == np.inf


def test_one_state_has_an_infinite_pseudo_gap():
    assert pseudo_spectral_gap([[1]]) == PseudoGap(np.inf, 1, True)


TO_AND_FRO = np.array([[0, 1, 0], [0, 0, 1], [0.5, 0.5, 0]])


def test_a_pseudo_gap_beyond_the_first_power():
    """Two states are distinguished after one step as before it, hence gamma_1 = 0."""
    assert multiplicative_gap(TO_AND_FRO) == 0
    found = pseudo_spectral_gap(TO_AND_FRO)
    assert found.proven
    assert found.power > 1
    assert found.value == max(multiplicative_gap(TO_AND_FRO, k) / k for k in range(1, 65))
    assert pseudo_spectral_gap(TO_AND_FRO, limit=1) == PseudoGap(0, 1, False)


# Properties -----------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(2, 6))
def test_gaps_by_their_definition(seed, n):
    P = random_chain(seed, n, sharpness=1)
    X = np.linalg.eig(P).eigenvectors
    slack = 16 * n * EPS * np.linalg.cond(X)  # Bauer and Fike, ||P|| <= sqrt n
    assert spectral_gap(P) == pytest.approx(min(1 - other_eigenvalues(P).real), abs=slack)
    assert absolute_gap(P) == pytest.approx(min(1 - abs(other_eigenvalues(P))), abs=slack)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(2, 6))
def test_the_symmetric_and_the_general_way_agree(seed, n):
    P = walk(random_walk(seed, n))
    for gap in (spectral_gap, absolute_gap):
        by_default = gap(P)
        assert by_default == gap(P, reversible=True)
        # similar to a symmetric matrix by D^(1/2), of condition at most sqrt(50)
        assert by_default == pytest.approx(gap(P, reversible=False), abs=64 * n * EPS)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(2, 6), st.integers(1, 4))
def test_the_multiplicative_gap_is_that_of_a_norm(seed, n, k):
    P = random_chain(seed, n)
    root = np.sqrt(chain.stationary_distribution(P))
    A = np.linalg.matrix_power(P * np.outer(root, 1 / root), k)
    sigma = np.linalg.svdvals(A)[1]
    # A has entries up to 1 / min(root) times those of P, and norm 1
    assert multiplicative_gap(P, k) == pytest.approx(
        1 - sigma**2, abs=16 * n * k * EPS / root.min()
    )


@settings(max_examples=12, deadline=None)
@given(seeds, st.integers(2, 4))
def test_a_proven_pseudo_gap_is_not_exceeded(seed, n):
    P = random_chain(seed, n)
    found = pseudo_spectral_gap(P)
    ratios = [multiplicative_gap(P, k) / k for k in range(1, 40)]
    assert found.value == pytest.approx(ratios[found.power - 1], rel=1e3 * n * EPS)
    if found.proven:
        assert max(ratios) <= found.value * (1 + 1e3 * n * EPS)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 6))
def test_a_reversible_chain_has_its_pseudo_gap_at_the_first_power(seed, n):
    P = walk(random_walk(seed, n))
    found = pseudo_spectral_gap(P)
    assert (found.power, found.proven) == (1, True)
    assert found.value == pytest.approx(1 - (1 - absolute_gap(P)) ** 2, abs=64 * n * EPS)


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(1, 4), st.booleans())
def test_floats_and_balls_agree(seed, n, symmetric):
    W = random_walk(seed, n) if symmetric else np.random.default_rng(seed).integers(1, 50, (n, n))
    for gap in (spectral_gap, absolute_gap, multiplicative_gap):
        enclosed, found = gap(walk(to_balls(W))), gap(walk(W))
        if n == 1:
            assert enclosed == found == np.inf
        else:
            # eigenvalues of a matrix that is not normal: balls may come out wider than eps
            assert abs(enclosed.mid - found) <= enclosed.rad + 1e4 * n * EPS
            assert enclosed.rad < 1e-9


# Balls, and refusals --------------------------------------------------------------------


def test_the_callers_word_for_reversibility():
    x = Ball(1).exp()
    W = np.array(
        [[Ball(1), x, Ball(2)], [x, Ball(1), Ball(3)], [Ball(2), Ball(3), Ball(1)]], object
    )
    with pytest.raises(Undecided):
        spectral_gap(walk(W))
    vouched, general = (spectral_gap(walk(W), reversible=word) for word in (True, False))
    assert abs(vouched - general) < Fraction(1, 10**12)
    assert vouched.mid == pytest.approx(spectral_gap(walk(midpoints(W))), abs=64 * EPS)
    directed = np.eye(3) / 2 + rotation(3) / 2
    exact = np.array([[Fraction(x) for x in row] for row in directed], object)
    for P in (directed, to_balls(exact)):
        with pytest.raises(ValueError, match="P must be reversible as said, got"):
            spectral_gap(P, reversible=True)
        with pytest.raises(ValueError, match="P must be reversible as said, got"):
            absolute_gap(P, reversible=True)


def test_what_is_refused():
    for gap in (spectral_gap, absolute_gap, multiplicative_gap, pseudo_spectral_gap):
        with pytest.raises(ValueError, match="P must have rows that sum to 1, got"):
            gap([[1, 1], [0, 1]])
    for gap in (multiplicative_gap, pseudo_spectral_gap):
        with pytest.raises(ValueError, match="P must be irreducible, got closed classes: 2"):
            gap(np.eye(2))
    with pytest.raises(ValueError, match="k must be an integer at least 1, got 0"):
        multiplicative_gap(np.eye(1), 0)
    with pytest.raises(ValueError, match="limit must be an integer at least 1, got 0"):
        pseudo_spectral_gap(np.eye(1), limit=0)
    with pytest.raises(TypeError, match=r"the pseudo-gap takes floats; of balls take multi"):
        pseudo_spectral_gap(to_balls([[1]]))
