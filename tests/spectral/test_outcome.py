"""Outcomes of sparse attention, on graphs with closed forms and on generated heads."""

import numpy as np
import pytest

from spectral.clusters import cluster
from spectral.families import CrossedClusters, IdealClusters, TwinsAndSingles
from spectral.heads import Head, clustered_heads
from spectral.sparsify import clustered_mask, graph_outcome, head_outcome, ssa

EPS = np.finfo(float).eps


def an_rng(seed=0):
    return np.random.default_rng(seed)


def clustering_of(family):
    return cluster(np.eye(family.clusters)[family.labels], family.labels)


@pytest.mark.parametrize("family", [TwinsAndSingles(4), CrossedClusters(4, 2)], ids=str)
def test_on_graphs_that_mislead(family):
    W = family.weights()
    sparse = ssa(W, family.labels, 1, rng=an_rng(), undirected=True)
    outcome = graph_outcome(W, clustering_of(family), sparse.weights, sampled=1)
    assert (outcome.tokens, outcome.sampled) == (family.tokens, 1)
    assert outcome.residual == 0
    # Eigenvalues of matrices of norm 2 and size n, to n eps each.
    tight = 16 * family.tokens * EPS
    assert outcome.eigengap == pytest.approx(family.eigengap(), abs=tight)
    assert outcome.cluster_error == pytest.approx(family.cluster_error(), abs=tight)
    assert outcome.rotation_squared >= family.least_rotation_squared(1) - tight


def test_nothing_turns_where_no_edge_is_lost():
    family = IdealClusters(3, 4, 0.25)
    W, clusters = family.weights(), cluster(np.eye(3)[family.labels], family.labels)
    outcome = graph_outcome(W, clusters, W, sampled=96)
    # Two computed bases of one eigenspace, apart by n eps / gap.
    assert outcome.rotation_squared <= (16 * 12 * EPS / family.eigengap()) ** 2
    assert outcome.eigengap == pytest.approx(family.eigengap(), abs=16 * 12 * EPS)


def test_a_cluster_for_each_token_leaves_nothing_out():
    W = np.ones((3, 3))
    outcome = graph_outcome(W, cluster(np.eye(3), np.arange(3)), W, sampled=0)
    assert (outcome.rotation_squared, outcome.eigengap) == (0, np.inf)


def test_clear_clusters_of_a_head():
    (head,) = clustered_heads(36, 16, 6, rng=an_rng(), separation=2)
    outcome = head_outcome(head, rng=an_rng())
    assert (outcome.tokens, outcome.sampled) == (36, 36)
    assert outcome.eigengap > 0.9
    assert outcome.rotation_squared < 1e-3
    assert 0 < outcome.asymmetry < 1
    assert outcome.irregularity > 0


def test_a_symmetric_head_of_constant_degree_says_so():
    q = np.eye(4)
    outcome = head_outcome(Head(q, q, q), rng=an_rng(), clusters=2)
    assert outcome.asymmetry == 0
    assert outcome.irregularity <= 4 * EPS


def test_a_causal_head_sees_the_past():
    (head,) = clustered_heads(16, 4, 4, rng=an_rng(), causal=True)
    outcome = head_outcome(head, rng=an_rng())
    assert outcome.asymmetry > 0
    assert outcome.irregularity > 0
    zero = Head(np.zeros((4, 2)), np.zeros((4, 2)), np.zeros((4, 2)), causal=True)
    # All scores are 0, so token i has degree i + 1.
    assert head_outcome(zero, rng=an_rng(), clusters=1).irregularity == pytest.approx(np.log(4))


def test_one_seed_one_outcome():
    (head,) = clustered_heads(30, 8, 5, rng=an_rng())
    assert head_outcome(head, rng=an_rng(3)) == head_outcome(head, rng=an_rng(3))


def test_a_cluster_must_keep_weight():
    W = np.array([[0.0, 1.0], [1.0, 0.0]])
    clusters = cluster(np.eye(2), np.arange(2))
    with pytest.raises(ValueError, match="W must have no zero row, got one at 0"):
        graph_outcome(W, clusters, W * clustered_mask(clusters.labels), sampled=0)
