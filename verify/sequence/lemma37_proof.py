"""Lemma 37, the two bounds of its proof (A.1).

A1-linear holds.  A1-frobenius: refuted.  Rows of sum 1 give ||A||_F <= sqrt(N), dense or sparse,
with equality at the identity, which has N nonzeros: no reduction.

Source.  Appendix A.1; `spectral.rademacher`.
"""

import numpy as np

from spectral.balls import enclosing_max
from spectral.graph import transition_matrix
from spectral.rademacher import linear_class_complexity
from verify import every, le
from verify.given import chain_weights, real_matrices, scalars
from verify.proofs.rademacher import signs_are_orthogonal, squares_of_probabilities
from verify.sequence.lemma37 import lemma37


@lemma37.part(
    r"R_S(\{x \mapsto \langle a, x\rangle, \|a\| \le B\}) \le B \max\|x_i\|/\sqrt m",
    part="A1-linear",
    given=(real_matrices(max_side=3), scalars(0, 4)),
    reading="scalar outputs",
    equality=([[1]], 1),
    proofs=[signs_are_orthogonal],
)
def linear(x, B):
    value = linear_class_complexity(x, B)
    return le(value * value * len(x), B * B * enclosing_max((x * x).sum(axis=1)))


@linear.mutant("99/100 of it")
def smaller_linear(x, B):
    value = linear_class_complexity(x, B)
    return le(value * value * len(x) * 10000, 9801 * B * B * enclosing_max((x * x).sum(axis=1)))


@lemma37.part(
    r"\|A\|_F \le \sqrt\rho \max over dense A of \|A\|_F",
    part="A1-frobenius",
    given=every([(N, r) for N in (2, 3, 4) for r in (N, N * N)]),
    reading="row-stochastic A; the identity has N nonzeros, and dense A have ‖A‖_F² ≤ N",
    why="sparse or dense, ‖A‖_F is at most √N, with equality at the identity",
)
def frobenius(N, r):
    identity = (np.eye(N, dtype=int) ** 2).sum()
    return le(int(identity) * N * N, r * N)


@frobenius.amend(
    r"\|A\|_F \le \sqrt N",
    given=chain_weights(),
    equality=[[1, 0], [0, 1]],
    proofs=[squares_of_probabilities],
)
def frobenius_of_rows(W):
    return le((transition_matrix(W) ** 2).sum(), len(W))


@frobenius_of_rows.mutant("N - 1/2 in place of N")
def fewer_rows(W):
    return le(2 * (transition_matrix(W) ** 2).sum(), 2 * len(W) - 1)
