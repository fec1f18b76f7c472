"""Edges and pairs drawn between clusters: every draw at once, the mean, what is at least lost."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.families import CrossedClusters, TwinsAndSingles
from spectral.laplacian import combinatorial
from spectral.sparsify import PairSampler, edge_draws, edge_moments, least_outcome

EPS = np.finfo(float).eps
W = np.array([[1.0, 2, 1], [2, 0, 3], [1, 3, 5]])
LABELS = np.array([0, 0, 1])


def test_every_draw_of_two_edges():
    draws = edge_draws(np.array([[0, Fraction(1)], [Fraction(3), 0]], object))
    assert draws.matrices.tolist() == [[[0, 4], [0, 0]], [[0, 0], [4, 0]]]
    assert draws.probabilities.tolist() == [Fraction(1, 4), Fraction(3, 4)]
    of_rows, of_columns = draws.second_moments()
    assert of_rows.tolist() == [[4, 0], [0, 12]]
    assert of_columns.tolist() == [[12, 0], [0, 4]]


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_the_variance_is_the_largest_second_moment(seed):
    B = np.random.default_rng(seed).integers(0, 4, (3, 3)).astype(float) + np.eye(3)
    draws, moments = edge_draws(B), edge_moments(B, 1)
    mean = (draws.probabilities[:, None, None] * draws.matrices).sum(axis=0)
    assert mean == pytest.approx(B, rel=16 * EPS)
    norms = [np.linalg.norm(M, 2) for M in draws.second_moments()]
    assert max(norms) == pytest.approx(moments.variance, rel=64 * EPS)


def test_pairs_are_right_on_average():
    """All multinomial outcomes of one draw, weighted: E (D~ - W~) = D - W."""
    sampler = PairSampler(W, LABELS, 1)
    assert sampler.between.tolist() == [[0, 0, 1], [0, 0, 3], [1, 3, 0]]
    rng, repeats = np.random.default_rng(0), 4000
    mean = sum(sampler.laplacian(rng) for _ in range(repeats)) / repeats
    # an entry is 0 or 4 with probability 1/4 or 3/4: its mean strays by 5 of these in 10^-6
    assert abs(mean - combinatorial(W)).max() < 5 * np.sqrt(3) / np.sqrt(repeats)


def test_pairs_are_kept_within_clusters():
    drawn = PairSampler(W, LABELS, 3).laplacian(np.random.default_rng(1))
    assert drawn[0, 1] == -2
    assert drawn.sum(axis=1) == pytest.approx(np.zeros(3), abs=16 * EPS)


def test_many_draws_turn_little():
    family = CrossedClusters(2, 1)
    sines = [
        PairSampler(family.weights(), family.labels, s).rotation(np.random.default_rng(0))
        for s in (10, 10**3, 10**5)
    ]
    assert sines[0] > sines[1] > sines[2]


def test_pairs_need_an_edge_between_clusters():
    with pytest.raises(ValueError, match="W must have an edge between clusters, got none"):
        PairSampler(W, np.zeros(3, int), 1)


def test_pairs_need_a_draw():
    with pytest.raises(ValueError, match="s must be an integer at least 1, got 0"):
        PairSampler(W, LABELS, 0)


def test_what_is_at_least_lost():
    lost = least_outcome(TwinsAndSingles(8), 2, residual=Fraction(0))
    assert (lost.tokens, lost.sampled, lost.rotation_squared) == (24, 2, 4)
    assert (lost.eigengap, lost.cluster_error) == (Fraction(1, 4), Fraction(5, 4))
    assert least_outcome(CrossedClusters(2, 1), 9, residual=None).rotation_squared == 0
