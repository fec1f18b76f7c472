"""Free energy: closed forms, SciPy as the foreign program, the identity, the extremes."""

from fractions import Fraction
from math import exp, log, log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp, rel_entr, softmax

from spectral.balls import Ball, midpoints, to_balls
from thermo.free_energy import (
    energies_of,
    entropy,
    excess_divergence,
    excess_free_energy,
    free_energy,
    gibbs,
    kl_divergence,
    log_gibbs,
    log_partition,
    minimum_free_energy,
)

EPS = np.finfo(float).eps
SOFTMAX = 2000 * EPS  # (750 + N) eps, as `thermo.free_energy` derives, on each side
few = settings(max_examples=60, deadline=None)
betas = st.sampled_from([1 / 64, 0.125, 1.0, 3.0, 16.0])


@st.composite
def states(draw):
    """Energies and a distribution, zeros and ties among them, N from 1 to 8."""
    N = draw(st.integers(1, 8))
    energies = draw(st.lists(st.floats(-20, 20), min_size=N, max_size=N))
    counts = draw(st.lists(st.integers(0, 9), min_size=N, max_size=N).filter(any))
    return np.array(counts) / sum(counts), np.array(energies)


def scale(p, energies, beta):
    """What the roundings of F are relative to: |E| once a key, and logarithms over beta."""
    logs = np.log(p.size) + 800 * EPS
    return p.size * EPS * (np.abs(energies).max() + np.ptp(energies) + logs / beta + 1 / beta)


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (gibbs([0, log(3)], 1), [3 / 4, 1 / 4]),
        (gibbs([0, log(3) / 2], 2), [3 / 4, 1 / 4]),
        (gibbs([7], 5), [1]),
        (gibbs([2, 2, 2, 2], 1), [1 / 4] * 4),
        (minimum_free_energy([0, log(3)], 1), -log(4 / 3)),
        (minimum_free_energy([7], 5), 7),
        (log_partition([0, log(3)], 1), log(4 / 3)),
        (log_gibbs([0, log(3)], 1), [log(3 / 4), log(1 / 4)]),
        (entropy([1, 0, 0]), 0),
        (entropy([1 / 2, 0, 1 / 2]), log(2)),
        (entropy([1 / 4] * 4), log(4)),
        (kl_divergence([1 / 2, 1 / 2], [1 / 4, 3 / 4]), log(4 / 3) / 2),
        (kl_divergence([1, 0], [1 / 2, 1 / 2]), log(2)),
        (kl_divergence([1 / 2, 1 / 2], [1, 0]), np.inf),
        (free_energy([1 / 2, 1 / 2], [1, 3], 2), 2 - log(2) / 2),
        (free_energy([0, 1], [1, 3], 2), 3),
        (energies_of([1, 2], [[1, 0], [0, 1], [-1, -1]]), [-1, -2, 3]),
    ],
)
def test_known(value, known):
    np.testing.assert_allclose(value, known, rtol=8 * EPS, atol=0)


@pytest.mark.parametrize(
    ("energies", "beta", "known"),
    [
        ([1e300, -1e300], 1e-300, [1 / (1 + exp(2)), 1 / (1 + exp(-2))]),
        ([1e-300, -1e-300], 1e300, [1 / (1 + exp(2)), 1 / (1 + exp(-2))]),
        ([1e300, -1e300], 1e300, [0, 1]),  # beta E is beyond the doubles
        ([-1e300, 1e300, -1e300], 1, [1 / 2, 0, 1 / 2]),
        ([1e-300, -1e-300], 1e-300, [1 / 2, 1 / 2]),
        ([5e307, 5e307], 1, [1 / 2, 1 / 2]),
    ],
)
def test_extremes(energies, beta, known):
    np.testing.assert_allclose(gibbs(energies, beta), known, rtol=16 * EPS, atol=0)


def test_a_dominated_key_is_not_lost():
    assert minimum_free_energy([0, 50], 1) == pytest.approx(-log1p(exp(-50)), rel=100 * EPS, abs=0)
    np.testing.assert_array_equal(gibbs([0, 1000], 1), [1, 0])
    np.testing.assert_array_equal(log_gibbs([0, 1000], 1), [0, -1000])
    assert excess_divergence([0, 1], [0, 1000], 1) == 1000  # log p* where p* itself is 0
    assert log_gibbs([0, 1e300], 1e300)[1] == -np.inf


@few
@given(states(), betas)
def test_scipy_agrees(state, beta):
    p, energies = state
    np.testing.assert_allclose(gibbs(energies, beta), softmax(-beta * energies), rtol=SOFTMAX)
    atol = 8 * EPS * (1 + beta * np.abs(energies).max())
    log_Z = logsumexp(-beta * energies)
    np.testing.assert_allclose(log_partition(energies, beta), log_Z, atol=atol)
    uniform = np.full(p.size, 1 / p.size)
    known = rel_entr(p, uniform).sum()
    atol = 8 * p.size * EPS * (1 + np.log(p.size))
    np.testing.assert_allclose(kl_divergence(p, uniform), known, rtol=0, atol=atol)


@few
@given(states(), betas)
def test_excess_is_a_divergence(state, beta):
    """F(p) - F(p*) = KL(p || p*) / beta >= 0, and 0 at p*."""
    p, energies = state
    tolerance = 8 * scale(p, energies, beta)
    excess = excess_free_energy(p, energies, beta)
    assert abs(excess - excess_divergence(p, energies, beta)) <= tolerance
    assert excess >= -tolerance
    assert abs(excess_free_energy(gibbs(energies, beta), energies, beta)) <= tolerance


@few
@given(states(), st.sampled_from([1, 2, Fraction(1, 8)]))
def test_three_arithmetics_agree(state, beta):
    p, energies = state
    exact_p = np.array([Fraction(x).limit_denominator(100) for x in p])
    exact = np.array([Fraction(x) for x in energies])
    ball_p, balls = to_balls(exact_p), to_balls(exact)
    float_gibbs = gibbs(energies, float(beta))
    np.testing.assert_allclose(midpoints(gibbs(balls, beta)), float_gibbs, rtol=SOFTMAX)
    difference = excess_free_energy(ball_p, balls, beta) - excess_divergence(ball_p, balls, beta)
    assert difference.lower <= 0 <= difference.upper
    value = free_energy(ball_p, balls, beta).mid
    assert abs(value - free_energy(p, energies, float(beta))) <= 8 * scale(p, energies, float(beta))


def test_rationals_where_no_logarithm_is_needed():
    third = Fraction(1, 3)
    assert (energies_of([third, 1], [[3, 0], [0, third]]) == [Fraction(-1), -third]).all()
    with pytest.raises(TypeError, match="log"):
        entropy([third, third, third])
    with pytest.raises(TypeError, match="exp"):
        gibbs([third, Fraction(1)], 1)


def test_undecided_is_not_refused():
    """A ball around 1 may be the sum of a distribution; a ball away from 1 is not."""
    p = gibbs(to_balls([0, 1, 2]), 1)
    assert entropy(p) > 0
    with pytest.raises(ValueError, match=r"p must sum to 1, got Ball"):
        entropy(p * 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gibbs([], 1), r"energies must be nonempty with 1 axes, got shape \(0,\)"),
        (lambda: gibbs([[0, 1]], 1), r"energies must be .* got shape \(1, 2\)"),
        (lambda: gibbs([0, np.nan], 1), "energies must be finite, got nan"),
        (lambda: gibbs([0, 1j], 1), "energies must be real, got dtype complex128"),
        (lambda: gibbs([1e308, -1e308], 1), "energies must have finite differences, .* inf"),
        (lambda: gibbs([Fraction(1), 0.5], 1), "energies must be exact .* got 0.5"),
        (lambda: gibbs([0, 1], 0), "beta must be finite and > 0, got 0"),
        (lambda: gibbs([0, 1], np.inf), "beta must be finite and > 0, got inf"),
        (lambda: gibbs([0, 1], np.nan), "beta must be finite and > 0, got nan"),
        (lambda: gibbs(to_balls([0, 1]), 0.5), "beta must be exact .* got 0.5"),
        (lambda: entropy([1.5, -0.5]), "p must have no negative entry, got -0.5"),
        (lambda: entropy([0.5, 0.4]), "p must sum to 1, got 0.9"),
        (lambda: entropy([Fraction(1, 2)]), "p must sum to 1, got 1/2"),
        (lambda: kl_divergence([1], [0.5, 0.5]), "p and q must have one length, got 1 and 2"),
        (lambda: kl_divergence([1], [2]), "q must sum to 1, got 2"),
        (lambda: free_energy([1], [0, 1], 1), "p and energies must have one length, got 1 and 2"),
        (lambda: excess_divergence([1], [0, 1], 1), "p and energies must have one length"),
        (lambda: energies_of([1, 2], [[1, 2, 3]]), r"keys must have 2 columns .* \(1, 3\)"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_ball_beta_is_an_exact_beta():
    assert isinstance(minimum_free_energy(to_balls([0, 1]), Ball(2)), Ball)
