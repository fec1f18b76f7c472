r"""Sparse graphs in place of dense attention, and how well they stand for it.

Spectral sparse attention, as printed (`_ssa`)
    projected_clusters           k-means on projected queries
    clustered_mask               pairs within one cluster
    ssa                          all edges within clusters, and some between them

Sampling that is right on average (`_sampling`, `_pairs`)
    importance_ssa               the same, with weights w_e / (s p_e) between clusters
    effective_resistances        R_ij, exact
    leverage_scores              w_e R_e
    PairSampler                  pairs between clusters, over the dense degree
    effective_resistance_sampling

The largest weights (`_top_k`)
    top_k                        K a row

What a sample weighs (`_moments`)
    edge_moments                 of directed edges: R and sigma^2 of matrix Bernstein
    edge_draws                   the draws themselves, with their probabilities
    pair_moments                 of pairs, as they enter the normalized Laplacian
    bernstein_radius             what ||sum - mean|| exceeds with probability delta at most

What it does to eigenvectors (`_outcome`)
    head_outcome                 on a head: how far the first k turn, and what is to bound it
    graph_outcome                on a graph
    least_outcome                at least, on the families that mislead

What is attained (`_loewner`)
    attained_epsilon             the smallest eps of a spectral sparsifier
    is_spectral_sparsifier       for a given eps, in three arithmetics

A sparse graph is a `SparseGraph`: its weights, its mask, its count of edges.  Algorithm 2 of
the unified paper on a head, say, is

    clustering = projected_clusters(head.q, k, m=m, rng=rng)
    W = attention_weights(head.q, head.k)
    P = ssa(W, clustering.labels, s, sampling="per_query", rng=rng).transition_matrix

Why two of them: the printed construction keeps the weights of the edges that it samples, so that
the sparse graph is lighter between clusters than the dense one, even on average; importance
weights repair that.
"""

from spectral.sparsify._graph import SparseGraph
from spectral.sparsify._loewner import AttainedEpsilon, attained_epsilon, is_spectral_sparsifier
from spectral.sparsify._moments import (
    SamplingMoments,
    bernstein_radius,
    edge_draws,
    edge_moments,
    pair_moments,
)
from spectral.sparsify._outcome import Outcome, graph_outcome, head_outcome, least_outcome
from spectral.sparsify._pairs import PairSampler
from spectral.sparsify._sampling import (
    effective_resistance_sampling,
    effective_resistances,
    importance_ssa,
    leverage_scores,
)
from spectral.sparsify._ssa import clustered_mask, projected_clusters, ssa
from spectral.sparsify._top_k import top_k

__all__ = [
    "AttainedEpsilon",
    "Outcome",
    "PairSampler",
    "SamplingMoments",
    "SparseGraph",
    "attained_epsilon",
    "bernstein_radius",
    "clustered_mask",
    "edge_draws",
    "edge_moments",
    "effective_resistance_sampling",
    "effective_resistances",
    "graph_outcome",
    "head_outcome",
    "importance_ssa",
    "is_spectral_sparsifier",
    "least_outcome",
    "leverage_scores",
    "pair_moments",
    "projected_clusters",
    "ssa",
    "top_k",
]
