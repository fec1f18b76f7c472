"""Quality, gaps and times by intervals, against the numbers of the formed graph."""

import numpy as np
import pytest

from spectral import gap, graph, mixing
from spectral.families import Complete, IdealClusters, Path, Ring
from spectral.graph_gap import cluster_quality, walk_gap
from spectral.heads import clustered_heads
from spectral.operators import attention_graph, sparse_graph
from spectral.spectrum import laplacian_eigenvalues

RNG = np.random.default_rng
EPS = np.finfo(float).eps
SMALL = {"block": 8, "basis": 64}


def within(found, want, tol):
    assert found.lower - tol <= want <= found.upper + tol
    assert found.lower <= found.value <= found.upper


def planted(how, N=120, clusters=6):
    head = clustered_heads(N, 16, clusters, rng=RNG(0))[0]
    W = graph.symmetrize(graph.attention_weights(head.q, head.k), how)
    return attention_graph(head.q, head.k, how=how), W


@pytest.mark.parametrize("how", ["mean", "geometric"])
@pytest.mark.parametrize("clusters", [1, 3, 6])
def test_quality_of_planted_clusters(how, clusters):
    G, W = planted(how)
    values = laplacian_eigenvalues(W)
    found = cluster_quality(G, clusters, rng=RNG(1), **SMALL)
    tol = 256 * EPS
    within(found.eigengap, values[clusters] - values[clusters - 1], tol)
    within(found.largest, values[-1], tol)
    within(found.quality, (values[clusters] - values[clusters - 1]) / values[-1], tol)
    assert len(found.pairs.values) == clusters + 1


def test_quality_stands_out_at_the_true_number_of_clusters():
    G, _ = planted("geometric")
    at = {k: cluster_quality(G, k, rng=RNG(1), **SMALL).quality for k in (5, 6)}
    assert at[6].lower > 0.3 > at[5].upper  # the thresholds of the paper: > 0.3 is well clustered


@pytest.mark.parametrize("family", [Complete(9), IdealClusters(3, 6, 0.1), Path(12), Ring(11)])
def test_closed_forms(family):
    values = np.sort(family.laplacian_eigenvalues())
    found = cluster_quality(sparse_graph(family.weights()), 3, rng=RNG(0))
    want = (values[3] - values[2]) / values[-1]
    within(found.quality, want, 64 * EPS)
    assert found.quality.value == pytest.approx(want, abs=64 * EPS)  # all pairs are in the basis


@pytest.mark.parametrize("how", ["mean", "geometric", "max"])
@pytest.mark.parametrize("eps", [0.25, 0.01])
def test_gaps_and_times_of_attention(how, eps):
    G, W = planted(how)
    found = walk_gap(G, rng=RNG(1), **SMALL)
    P = graph.transition_matrix(W)
    tol = 256 * EPS
    within(found.spectral_gap, gap.spectral_gap(P, reversible=True), tol)
    within(found.absolute_gap, gap.absolute_gap(P, reversible=True), tol)
    relaxation = mixing.relaxation_time(P, reversible=True)
    within(found.relaxation_time, relaxation, tol * relaxation**2)
    low, high = found.mixing_time(eps)
    assert low <= mixing.mixing_time(P, eps) <= high
    # The bounds of the formed chain, but for the width of the enclosure.
    assert high <= mixing.reversible_upper_bound(P, eps, reversible=True) + 1
    assert low == pytest.approx(mixing.relaxation_lower_bound(P, eps, reversible=True), rel=1e-6)


def test_a_disconnected_graph_never_mixes():
    W = np.kron(np.eye(2), np.ones((4, 4)))
    found = walk_gap(sparse_graph(W), rng=RNG(0))
    assert found.spectral_gap.lower == 0
    assert found.spectral_gap.upper < 64 * EPS
    assert found.mixing_time()[1] == np.inf


def test_a_bipartite_graph_never_mixes():
    found = walk_gap(sparse_graph(Ring(8).weights()), rng=RNG(0))
    assert found.spectral_gap.lower > 0.29
    assert found.absolute_gap.lower == 0
    assert found.mixing_time()[1] == np.inf


def test_what_is_not_shown_is_open():
    found = walk_gap(sparse_graph(Ring(201).weights()), rng=RNG(0), limit=6, **SMALL)
    assert found.spectral_gap.lower == 0
    assert found.relaxation_time.upper == np.inf
    assert found.mixing_time()[1] == np.inf
    assert found.mixing_time()[0] > 0


def test_a_single_vertex():
    found = walk_gap(attention_graph([[1.0]], [[1.0]], how="mean"), rng=RNG(0))
    assert found.spectral_gap.value == np.inf
    assert found.mixing_time() == (0, 0)
    assert found.smallest_probability == 1


def test_input():
    G = sparse_graph(Ring(6).weights())
    for clusters in (0, 6):
        with pytest.raises(ValueError, match=f"clusters must be .* from 1 to 5, got {clusters}"):
            cluster_quality(G, clusters, rng=RNG(0))
    found = walk_gap(G, rng=RNG(0))
    for eps in (0, np.inf):
        with pytest.raises(ValueError, match=f"eps must be positive and finite, got {eps}"):
            found.mixing_time(eps)
    assert found.mixing_time(1)[0] == 0
    with pytest.raises(ValueError, match="needs a symmetric graph"):
        walk_gap(attention_graph(np.eye(3), np.eye(3)), rng=RNG(0))
