"""Top-K attention against brute force over all supports, ties included."""

from fractions import Fraction
from itertools import combinations, pairwise
from math import comb, exp, log

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import Ball, Undecided, midpoints, to_balls
from thermo.free_energy import free_energy, gibbs, kl_divergence, minimum_free_energy
from thermo.sparse import (
    k_sparse_minimiser,
    k_sparse_supports,
    key_gains,
    sparse_free_energies,
    sparsity_penalty,
    tail_energy,
)

EPS = np.finfo(float).eps
few = settings(max_examples=40, deadline=None)
small_energies = st.lists(st.integers(-3, 3), min_size=1, max_size=6)  # ties are common


def best_supports(energies, K, beta):
    """The definition: least free energy over every set of at most K keys, and all who reach it."""
    sets = [S for size in range(1, K + 1) for S in combinations(range(len(energies)), size)]
    values = {S: minimum_free_energy([energies[j] for j in S], beta) for S in sets}
    least = min(values.values())
    # One energy of the best set raised by 1, or one key left out: Z falls by at least
    # exp(-3 beta) of at most 6 exp(3 beta), F rises by 4e-4 or more; rounding is below 1e-13.
    return least, {S for S, value in values.items() if value - least < 1e-4}


@few
@given(small_energies, st.data(), st.sampled_from([0.5, 1.0]))
def test_brute_force_agrees(energies, data, beta):
    K = data.draw(st.integers(1, len(energies)))
    least, supports = best_supports(energies, K, beta)
    assert set(k_sparse_supports(energies, K)) == supports
    tolerance = 64 * EPS * (3 + log(6) / beta)  # |E| <= 3 and logarithms, a few roundings each
    assert abs(sparse_free_energies(energies, beta)[K - 1] - least) <= tolerance
    p = k_sparse_minimiser(energies, K, beta)
    assert tuple(np.flatnonzero(p)) == min(supports)
    assert abs(free_energy(p, energies, beta) - least) <= tolerance


@few
@given(small_energies, st.data(), st.sampled_from([0.5, 1.0]))
def test_penalty_is_the_divergence_alone(energies, data, beta):
    """Corollary 23 without its tail term, and the closed form -log(kept mass) / beta."""
    K = data.draw(st.integers(1, len(energies)))
    penalty = sparsity_penalty(energies, K, beta)
    sparse, dense = k_sparse_minimiser(energies, K, beta), gibbs(energies, beta)
    tolerance = 64 * EPS * (3 + log(6) / beta)
    assert abs(penalty - kl_divergence(sparse, dense) / beta) <= tolerance
    f = sparse_free_energies(energies, beta)
    assert abs(penalty - (f[K - 1] - f[-1])) <= tolerance
    assert abs(penalty - key_gains(energies, beta)[K - 1 :].sum()) <= tolerance


@few
@given(small_energies)
def test_gains_descend(energies):
    """f is strictly convex: certified in balls, not to a tolerance."""
    gains = key_gains(to_balls(energies), 1)
    assert all(gain > 0 for gain in gains)
    assert all(later < earlier for earlier, later in pairwise(gains))
    np.testing.assert_allclose(midpoints(gains), key_gains(energies, 1), rtol=64 * EPS)
    balls = sparse_free_energies(to_balls(energies), 1)
    atol = 64 * EPS * 3
    np.testing.assert_allclose(midpoints(balls), sparse_free_energies(energies, 1), atol=atol)


def test_known():
    assert list(k_sparse_supports([0, 1, 0, 1, 1], 3)) == [(0, 1, 2), (0, 2, 3), (0, 2, 4)]
    assert sum(1 for _ in k_sparse_supports([0] * 12, 5)) == comb(12, 5)
    assert next(k_sparse_supports([0] * 400, 200)) == tuple(range(200))  # lazily
    np.testing.assert_array_equal(k_sparse_minimiser([5, 0, 5], 2, 1e300), [0, 1, 0])
    np.testing.assert_array_equal(k_sparse_minimiser([3], 1, 1), [1])
    np.testing.assert_allclose(sparse_free_energies([4, 4], 2), [4, 4 - log(2) / 2], rtol=4 * EPS)
    assert key_gains([4], 1).shape == (0,)
    assert sparsity_penalty([0, 1, 2], 3, 1) == 0
    assert sparsity_penalty([0, 60], 1, 2) == pytest.approx(exp(-120) / 2, rel=128 * EPS, abs=0)
    assert tail_energy([0, log(3)], 1, 1) == pytest.approx(log(3) / 4, rel=8 * EPS)
    assert tail_energy([0, log(3)], 2, 1) == 0


def test_extremes():
    p = k_sparse_minimiser([1e300, -1e300, 0], 2, 1e-300)
    np.testing.assert_allclose(p, [0, 1 / (1 + exp(-1)), 1 / (1 + exp(1))], rtol=8 * EPS)
    f = sparse_free_energies([1e300, -1e300], 1e-300)
    np.testing.assert_allclose(f, [-1e300, -1e300 - log(1 + exp(-2)) * 1e300], rtol=8 * EPS)


def test_exact_ties_and_undecided_ones():
    third = Ball(Fraction(1, 3))
    assert len(list(k_sparse_supports([third, Ball(Fraction(1, 3)), Ball(1)], 1))) == 2
    root = Ball(flint.arb(2).sqrt())
    assert list(k_sparse_supports([root, Ball(1)], 1)) == [(1,)]  # sqrt 2 > 1 is decided
    with pytest.raises(Undecided):
        k_sparse_supports([root, Ball(flint.arb(2).sqrt())], 1)


@pytest.mark.parametrize("K", [0, 4, 1.0, -1])
def test_bad_count(K):
    for call in (k_sparse_supports, lambda e, k: sparsity_penalty(e, k, 1)):
        with pytest.raises(ValueError, match=rf"K must be an integer from 1 to 3, got {K}"):
            call([0, 1, 2], K)
