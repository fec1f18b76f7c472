"""Theorem 32 and Corollary 33: the numbers their docstrings quote, and the cases they ask."""

import numpy as np
import pytest
from scipy.stats import chi2

from spectral.projection import jl_dimension, jl_failure_probability
from verify.given import projections
from verify.sequence import corollary33, corollary33_repair, theorem32

EPS = np.finfo(float).eps


def test_dimensions_of_a_shipped_head():
    N, eps = 217, 1 / 2
    assert int(np.ceil(12 * 4 * np.log(N) / eps**2)) == 1033
    assert jl_dimension(N**2, eps, failure=1 / N).exact == 284


def test_the_bound_of_the_proof_is_between():
    """N^2 P <= 2 N^2 exp(-m eps^2 / 12) <= N^-c, at the least m."""
    for N, m, eps, c in theorem32.with_dimension(12).lattice():
        eps, c = float(eps), float(c)
        bound = 2 * N**2 * np.exp(-m * eps**2 / 12)
        assert N**2 * jl_failure_probability(m, eps) <= bound * (1 + 64 * EPS * m)
        assert bound <= N**-c * (1 + 64 * EPS * (c + 3) * np.log(N))


@pytest.mark.parametrize("m", [1, 16, 1024])
def test_lengths_that_grow_leave_the_interval_almost_surely(m):
    """P(t^2 |chi^2_m / m - 1| <= eps sqrt(d)) at eps = 1/2, d = 32: less and less, to 0."""
    inside = []
    for t in (10.0, 100.0, 1e4):
        h = np.sqrt(32) / (2 * t**2)
        inside.append(chi2.cdf(m * (1 + h), m) - chi2.cdf(m * (1 - h), m))
    assert inside[0] > inside[1] > inside[2]
    assert inside[2] < 1e-5


def test_attention_weights_themselves():
    """The witness in weights: W = e becomes W~ = 1, though the only distance is 0."""
    Phi, q = np.array([[0.0]]), np.array([[1.0]])
    assert corollary33.distances_are_kept(Phi, q, q, 0.5)
    assert not corollary33.multiplicative(Phi, q, q, 0.5)
    assert np.exp(q @ q.T) > np.exp(0.5) * np.exp((q @ Phi.T) @ (Phi @ q.T))


def test_cases_meet_their_hypotheses():
    for cases in (projections(), theorem32.with_dimension(12)):
        for case in cases.tuples(cases.fixed()):
            for hypothesis in cases.hypotheses:
                assert hypothesis.holds(
                    *(float(x) if hasattr(x, "limit_denominator") else x for x in case)
                )


def test_lengths_and_sums_bound_the_weights_of_a_gaussian_projection():
    rng = np.random.default_rng(0)
    q, k = rng.standard_normal((2, 5, 8))
    Phi = rng.standard_normal((64, 8)) / 8
    assert corollary33_repair.with_lengths(Phi, q, k)
    assert corollary33_repair.with_sums(Phi, q, k)
