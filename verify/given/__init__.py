"""Families of cases that a theorem is asked on; each is also a Hypothesis strategy.

    @given(weights())
    def test_mine(W): assert theorem58.clipped(W)

Matrices   weights, symmetric_matrices, symmetric_pairs, real_matrices, representations
Graphs     positive_weights, chain_weights, walks, signals, clustered_weights,
           bottlenecks
Vectors    energies, distributions, ensembles, vectors
Tokens     token_pairs
Learning   losses, matrix_stacks, binary_heads
Scalars    scalars, counts

All of them are built to meet their hypotheses (nothing is filtered away), begin with the
structured and the degenerate, and carry the hypotheses as named predicates.
"""

from verify.given.binary_heads import binary_heads
from verify.given.bottlenecks import bottlenecks
from verify.given.chains import chain_weights
from verify.given.clusters import clustered_weights
from verify.given.graphs import positive_weights, walks
from verify.given.learning import losses, matrix_stacks
from verify.given.matrices import real_matrices, weights
from verify.given.representations import representations
from verify.given.signals import signals
from verify.given.symmetric import symmetric_matrices, symmetric_pairs
from verify.given.tokens import token_pairs
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
    "losses",
    "matrix_stacks",
    "positive_weights",
    "real_matrices",
    "representations",
    "scalars",
    "signals",
    "symmetric_matrices",
    "symmetric_pairs",
    "token_pairs",
    "vectors",
    "walks",
    "weights",
]
