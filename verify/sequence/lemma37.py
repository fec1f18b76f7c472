"""Lemma 37: reduction of the Rademacher complexity.

Statement.  R_S(H_rho) <= sqrt(rho) R_S(H_1), H_rho attention with at most rho N^2 nonzeros.  Its
proof (A.1): {x -> <a, x>, ||a|| <= B} has R_S <= B max ||x_i|| / sqrt(m) (A1-linear); and
||A||_F <= sqrt(rho) N for sparse row-stochastic A "yields the claimed reduction" (A1-frobenius).

Verdict: refuted.  A linear function of A is largest at a vertex, with one key a row: all budgets
rho >= 1/N have the same R_S.  At X = (0, 1), N = 2, rho = 1/2: 1 and 1, not 1 and 0.71.
Verdict (A1-linear): holds.
Verdict (A1-frobenius): refuted.  Rows of sum 1 give ||A||_F <= sqrt(N), dense or sparse, with
equality at the identity, which has N nonzeros: no reduction.

Repair.  R_S(H_rho) = R_S(H_1) for every rho >= 1/N; ||A||_F <= sqrt(N).

Proof.  Vertices of the simplex; `spectral.rademacher`.

Source.  Section 8.1 and appendix A.1.
"""

from itertools import product

import numpy as np

from spectral.balls import enclosing_max
from spectral.graph import transition_matrix
from spectral.rademacher import (
    attention_class_complexity,
    finite_class_complexity,
    linear_class_complexity,
)
from verify import Claim, eq, every, le
from verify.given import chain_weights, counts, real_matrices, scalars
from verify.proofs.rademacher import signs_are_orthogonal, squares_of_probabilities

lemma37 = Claim("sequence/lemma37", "reduction of the Rademacher complexity")


def budget_is_possible(X, r):
    return X.shape[1] <= r <= X.shape[1] ** 2


@lemma37.part(
    r"R_S(H_\rho) \le \sqrt\rho R_S(H_1)",
    given=(real_matrices(max_side=3), counts(1, 9)),
    where=budget_is_possible,
    reading="h_A(X) = 1ᵀ A X, A row-stochastic with r = ρN² nonzeros",
    why="the maximum is at a vertex, which has one nonzero a row",
)
def reduced(X, r):
    N = X.shape[1]
    sparse, dense = attention_class_complexity(X, r), attention_class_complexity(X, N * N)
    return le(sparse * sparse * N * N, dense * dense * r)


@reduced.amend(r"R_S(H_\rho) = R_S(H_1) for \rho \ge 1/N", reference="vertices of the simplex")
def not_reduced(X, r):
    N = X.shape[1]
    one_key_a_row = np.array([_outputs(X, keys) for keys in product(range(N), repeat=N)])
    selectors = finite_class_complexity(one_key_a_row)
    return eq(selectors, attention_class_complexity(X, r), scale=N * abs(X).max()) & eq(
        selectors, attention_class_complexity(X, N * N), scale=N * abs(X).max()
    )


@not_reduced.mutant("all rows share one key, which is the first")
def first_key_only(X, r):
    outputs = _outputs(X, [0] * X.shape[1])[None]
    return eq(finite_class_complexity(outputs), attention_class_complexity(X, r))


def _outputs(X, keys):
    return X[:, list(keys)].sum(axis=1)


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
