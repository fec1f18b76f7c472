"""Mixing times: known numbers, a step-by-step reference, ties, edges, and bounds that hold."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import chain
from spectral.balls import precision, to_balls
from spectral.gap import multiplicative_gap, pseudo_spectral_gap
from spectral.mixing import (
    is_ergodic,
    log_of_start,
    mixing_time,
    multiplicative_upper_bound,
    pseudo_gap_upper_bound,
    relaxation_lower_bound,
    relaxation_time,
    reversible_upper_bound,
    squared_deviations,
)

EPS = np.finfo(float).eps
F = Fraction
seeds = st.integers(0, 2**32 - 1)
UPPER = (reversible_upper_bound, multiplicative_upper_bound, pseudo_gap_upper_bound)


def two_state(p, q):
    return np.array([[1 - p, p], [q, 1 - q]])


def rotation(n):
    return np.roll(np.eye(n), 1, axis=1)


def lazy_cycle(n):
    return np.eye(n) / 2 + rotation(n) / 4 + rotation(n).T / 4


def walk(W):
    return W / W.sum(axis=1)[:, None]


def rational(P):
    return np.array([[Fraction(x) for x in row] for row in P.tolist()], object)


def step_by_step(P, eps, *, longest=500):
    """The definition, one multiplication after another, on rationals or floats."""
    pi = chain.stationary_distribution(P)
    Pt = np.eye(len(P), dtype=int)
    for t in range(longest):
        if max(abs(Pt - pi).sum(axis=1)) / 2 <= eps:
            return t
        Pt = Pt @ P
    raise AssertionError(f"not mixed after {longest} steps")


# Known answers --------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "time"), [(1, 0), (2, 1), (3, 1), (4, 1), (8, 6), (16, 25)])
def test_lazy_cycles(n, time):
    """6 and 25, not 1: an average over starts, or pi for a start, would say 1."""
    P = lazy_cycle(n)
    assert mixing_time(P) == mixing_time(P, 0.25) == time == mixing_time(rational(P))
    assert mixing_time(to_balls(rational(P))) == time


@pytest.mark.parametrize("eps", [0.4, 0.25, 1e-3, 1e-40])
@pytest.mark.parametrize(("p", "q"), [(5e-6, 5e-6), (0.1, 0.3), (0.25, 1e-3), (0.9, 0.8)])
def test_two_states(p, q, eps):
    """d(t) = |1 - p - q|^t max(pi), so the time is a logarithm, here far from an integer."""
    decay = -math.log1p(-(p + q)) if p + q < 1 else -math.log(p + q - 1)
    time = math.log(max(p, q) / (p + q) / eps) / decay
    assert abs(time - round(time)) > 1e-6 * max(time, 1) or time > 1e5
    # 1 - p is known to eps / 2: an error of eps / (p + q) in the rate, so of the time, relative
    assert abs(mixing_time(two_state(p, q), eps) - math.ceil(time)) <= 4 * EPS * time / (p + q)


@pytest.mark.parametrize("t", [1, 2, 3, 10, 30])
def test_a_tie_counts_as_reached(t):
    P = two_state(F(1, 4), F(1, 4))  # d(t) = 2^-t / 2, exactly
    for as_entries in (lambda X: X, to_balls, lambda X: X.astype(float)):
        assert mixing_time(as_entries(P), F(1, 2 ** (t + 1))) == t
    fifth = two_state(F(1, 5), F(1, 5))  # d(t) = (3/5)^t / 2, which floats can only round
    assert mixing_time(fifth, F(3, 5) ** t / 2) == t
    assert mixing_time(fifth.astype(float), float(F(3, 5) ** t / 2)) == t


def test_eps_at_its_ends():
    P = lazy_cycle(5)
    assert mixing_time(P, 0) == np.inf
    assert mixing_time(P, 1) == mixing_time(P, 7) == 0
    assert mixing_time(P, 4 / 5) == 0  # d(0) = 1 - pi_min, a tie
    assert mixing_time(P, 0.79) == 1
    assert mixing_time([[1]], 0) == mixing_time([[1]]) == 0
    assert mixing_time(to_balls([[1]]), 0) == 0


def test_a_chain_that_forgets_everything_at_a_stroke():
    """Equal rows, and a shift register that takes in one fair bit a step: P^t = 1 pi, exactly."""
    assert mixing_time(np.full((4, 4), 1 / 4), 0) == 1
    for bits in (2, 3):
        register = np.kron([[1], [1]], np.kron(np.eye(2 ** (bits - 1)), [1, 1])) / 2
        for P in (register, rational(register), to_balls(rational(register))):
            assert mixing_time(P, 0) == bits
    assert mixing_time(rational(lazy_cycle(5)), 0) == np.inf
    # rows equal but for rounding, which a power in floats would lose to underflow at P^32
    rng = np.random.default_rng(0)
    nearly = walk(np.full((40, 40), 1 / 40) + 1e-16 * rng.random((40, 40)))
    assert mixing_time(nearly, 0) == np.inf


def lollipop(length, p):
    """Two states that forget each other slowly, and a long way back to the two, at even odds."""
    P = np.zeros((length + 2, length + 2))
    P[:2, :2] = two_state(p, p) * (1 - 1e-4)
    P[:2, 2] = 1e-4
    P[range(2, length + 1), range(3, length + 2)] = 1
    P[-1, :2] = 1 / 2
    return P


@pytest.mark.parametrize(("length", "p"), [(20, 0.0125), (20, 0.2), (9, 0.03), (9, 0.025)])
def test_the_worst_start_changes_with_time(length, p):
    """Far down the way d is 1, then 0 at a stroke; the two are nearer, and may be later."""
    P = lollipop(length, p)
    for eps in (0.25, 0.1, 0.01):
        assert mixing_time(P, eps) == step_by_step(P, eps)
    assert mixing_time(lollipop(20, 0.2)) == 20 < mixing_time(lollipop(20, 0.0125)) < 32


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_states(seed):
    """Panels of the elimination, rows dropped on the way, and the symmetric case."""
    rng = np.random.default_rng(seed)
    labels = np.arange(100) % (2 + seed)
    W = rng.random((100, 100)) ** 4 * np.where(labels[:, None] == labels, 1, 0.02)
    regular = lazy_cycle(100) / 2 + np.full((100, 100), 1 / 200)
    for P in (walk(W), walk(W + W.T), regular):
        assert mixing_time(P, 0.1) == step_by_step(P, 0.1)
    assert (chain.stationary_distribution(regular) == 1 / 100).all()


def test_slow_chains():
    p = F(1, 10**9)
    with precision(128):
        time = mixing_time(to_balls(two_state(p, p)))
    assert time == math.ceil(math.log(1 / 2) / math.log1p(-2e-9))
    with pytest.raises(TypeError, match="has rationals of over 8192 bits: take balls or floats"):
        mixing_time(two_state(p, p))
    with pytest.raises(
        ArithmeticError, match=r"P mixes too slowly for float64: t = \d+ and d\(t\)"
    ):
        mixing_time(two_state(1e-15, 1e-15))


def test_relaxation_times():
    assert relaxation_time(lazy_cycle(6)) == pytest.approx(4, rel=8 * 6 * EPS)  # sin^2(30 deg)
    assert relaxation_time(two_state(5e-6, 5e-6)) == pytest.approx(1e5, rel=16 * EPS)
    assert relaxation_time(rotation(3)) == relaxation_time(np.eye(2)) == np.inf
    assert relaxation_time([[1]]) == relaxation_time(to_balls([[1]])) == 0
    exact = relaxation_time(to_balls(rational(lazy_cycle(6))))
    assert abs(exact - 4) < F(1, 2**40)


def test_bounds_by_hand():
    # two states, p = q = 1/4: t_rel = 2, pi_min = 1/2, gamma_1 = 3/4
    P = two_state(0.25, 0.25)
    assert reversible_upper_bound(P, 0.01) == math.ceil(2 * math.log(50 * math.sqrt(2)))
    assert relaxation_lower_bound(P, 0.01) == pytest.approx(math.log(50), rel=16 * EPS)
    assert multiplicative_upper_bound(P, 0.01) == math.ceil(math.log(5000) / 0.75)
    assert pseudo_gap_upper_bound(P, 0.01) == math.ceil(math.log(5000) / 0.75)


# Properties -----------------------------------------------------------------------------

thresholds = st.sampled_from([F(1, 4), F(1, 2), F(1, 3), F(1, 100), F(3, 4)])


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 5), thresholds)
def test_floats_rationals_and_balls_agree_with_a_step_by_step_reference(seed, n, eps):
    P = walk(rational(np.random.default_rng(seed).choice([1, 2, 3, 20], (n, n))))
    time = step_by_step(P, eps)
    assert mixing_time(P, eps) == mixing_time(to_balls(P), eps) == time
    assert mixing_time(P.astype(float), float(eps)) == time


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 30), st.sampled_from([0.25, 1e-3, 1e-9]))
def test_larger_chains_in_floats(seed, n, eps):
    rng = np.random.default_rng(seed)
    P = walk(np.exp(2 * rng.standard_normal((n, n))) + n * np.eye(n))
    assert mixing_time(P, eps) == step_by_step(P, eps)


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(2, 12))
def test_the_distance_never_rises_and_the_time_is_where_it_crosses(seed, n):
    P = walk(np.exp(3 * np.random.default_rng(seed).standard_normal((n, n))))
    eps = 0.1
    time = mixing_time(P, eps)
    before, after = (chain.distance_to_stationarity(P, t) for t in (max(time - 1, 0), time))
    assert after <= eps < before or time == 0


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 6), st.booleans(), st.sampled_from([0.9, 0.6, 0.25, 0.01, 1e-6]))
def test_bounds_hold(seed, n, symmetric, eps):
    W = np.exp(2 * np.random.default_rng(seed).standard_normal((n, n)))
    P = walk(W + W.T if symmetric else W)
    time = mixing_time(P, eps)
    assert relaxation_lower_bound(P, eps) <= time * (1 + 1e4 * EPS)
    for bound in UPPER:
        assert time <= bound(P, eps)
    assert (reversible_upper_bound(P, eps) < np.inf) == (symmetric or n <= 2)
    # rounding up leaves it below the form in which the literature has it
    pseudo, pi = pseudo_spectral_gap(P), chain.stationary_distribution(P)
    if n > 1:
        printed = (1 + max(math.log(1 / (4 * eps**2 * pi.min())), 0)) / pseudo.value
        assert pseudo_gap_upper_bound(P, eps) <= printed * (1 + 64 * EPS)


@settings(max_examples=10, deadline=None)
@given(seeds, st.integers(1, 4), st.booleans(), thresholds)
def test_bounds_in_floats_and_balls_agree(seed, n, symmetric, eps):
    W = np.random.default_rng(seed).integers(1, 9, (n, n))
    W = W + W.T if symmetric else W
    P, exact = walk(W), walk(to_balls(W))
    for bound in (reversible_upper_bound, multiplicative_upper_bound):
        assert bound(P, float(eps)) == bound(exact, eps)
    found, enclosed = relaxation_lower_bound(P, float(eps)), relaxation_lower_bound(exact, eps)
    assert abs(float(enclosed.mid) - found) < 1e4 * EPS * (1 + found)


# Lost hypotheses, and refusals ----------------------------------------------------------


@pytest.mark.parametrize("P", [rotation(3), np.eye(2), np.array([[1, 0], [0.5, 0.5]])])
def test_a_bound_without_its_hypothesis_asserts_nothing(P):
    assert not is_ergodic(P)
    assert relaxation_lower_bound(P) == 0
    for bound in UPPER:
        assert bound(P) == np.inf


def test_an_irreversible_chain_has_no_reversible_bound():
    drift = np.eye(3) / 2 + rotation(3) / 2
    assert is_ergodic(drift)
    assert reversible_upper_bound(drift) == np.inf
    assert mixing_time(drift) <= multiplicative_upper_bound(drift) < np.inf


def test_a_chain_that_only_the_pseudo_gap_bounds():
    P = np.array([[0, 1, 0], [0, 0, 1], [0.5, 0.5, 0]])
    assert multiplicative_gap(P) == 0
    assert reversible_upper_bound(P) == multiplicative_upper_bound(P) == np.inf
    assert mixing_time(P) <= pseudo_gap_upper_bound(P) < np.inf


def test_what_is_refused():
    with pytest.raises(ValueError, match="P must be aperiodic, got period 3: such a chain never"):
        mixing_time(rotation(3))
    with pytest.raises(ValueError, match="P must be irreducible, got closed classes: 2"):
        mixing_time(np.eye(2))
    with pytest.raises(ValueError, match="eps must be at least 0, got -1"):
        mixing_time(np.eye(1), -1)
    with pytest.raises(ValueError, match="eps must be a finite real number, got nan"):
        mixing_time(np.eye(1), math.nan)
    with pytest.raises(ValueError, match=r"eps must hold exact numbers .* got 0.25"):
        mixing_time(to_balls([[1]]), 0.25)
    for bound in (*UPPER, relaxation_lower_bound):
        with pytest.raises(ValueError, match="eps must be positive, got 0"):
            bound(np.eye(1), 0)
        with pytest.raises(ValueError, match="P must have rows that sum to 1, got"):
            bound(np.ones((2, 2)))
    with pytest.raises(ValueError, match="P must be reversible as said, got"):
        reversible_upper_bound(np.eye(3) / 2 + rotation(3) / 2, reversible=True)


def test_the_start_and_the_deviations_by_hand():
    P, pi = np.array([[1 / 2, 1 / 2], [1 / 4, 3 / 4]]), np.array([1 / 3, 2 / 3])
    assert log_of_start(P, 1 / 2) == pytest.approx(np.log(6), rel=8 * EPS)
    deviations = squared_deviations(P - pi, pi)  # TV 1/6 and 1/12
    assert deviations == pytest.approx(np.array([1 / 27, 1 / 54]), rel=32 * EPS)
    with pytest.raises(ValueError, match="eps must be positive"):
        log_of_start(P, 0)
