"""Families of cases that a theorem is asked on; each is also a Hypothesis strategy.

    @given(weights())
    def test_mine(W): assert theorem58.clipped(W)

Matrices   weights, symmetric_matrices, symmetric_pairs, perturbations, real_matrices,
           representations
Graphs     positive_weights, chain_weights, walks, signals, clustered_weights,
           bottlenecks, sparsifications, masked_weights, timed
Vectors    energies, distributions, ensembles, vectors
Tokens     token_pairs, projections, far_fields
Learning   losses, matrix_stacks, binary_heads, regressions, ternary_systems
Circuits   threshold_circuits, quadratic_thresholds, machine_runs, sparse_degrees
Scalars    scalars, counts, magnitudes

All of them are built to meet their hypotheses (nothing is filtered away), begin with the
structured and the degenerate, and carry the hypotheses as named predicates.
"""

from verify.given.binary_heads import binary_heads
from verify.given.bottlenecks import bottlenecks
from verify.given.chains import chain_weights
from verify.given.circuits import quadratic_thresholds, threshold_circuits
from verify.given.clusters import clustered_weights
from verify.given.degrees import sparse_degrees
from verify.given.far_fields import far_fields
from verify.given.graphs import positive_weights, walks
from verify.given.learning import losses, matrix_stacks
from verify.given.machines import machine_runs
from verify.given.magnitudes import magnitudes
from verify.given.masks import masked_weights
from verify.given.matrices import real_matrices, weights
from verify.given.perturbations import perturbations
from verify.given.projections import projections
from verify.given.representations import representations
from verify.given.signals import signals
from verify.given.sparsifications import sparsifications
from verify.given.symmetric import symmetric_matrices, symmetric_pairs
from verify.given.timed import timed
from verify.given.tokens import token_pairs
from verify.given.trits import regressions, ternary_systems
from verify.given.vectors import counts, distributions, energies, ensembles, scalars, vectors

__all__ = [
    "binary_heads",
    "bottlenecks",
    "chain_weights",
    "clustered_weights",
    "counts",
    "distributions",
    "energies",
    "ensembles",
    "far_fields",
    "losses",
    "machine_runs",
    "magnitudes",
    "masked_weights",
    "matrix_stacks",
    "perturbations",
    "positive_weights",
    "projections",
    "quadratic_thresholds",
    "real_matrices",
    "regressions",
    "representations",
    "scalars",
    "signals",
    "sparse_degrees",
    "sparsifications",
    "symmetric_matrices",
    "symmetric_pairs",
    "ternary_systems",
    "threshold_circuits",
    "timed",
    "token_pairs",
    "vectors",
    "walks",
    "weights",
]
