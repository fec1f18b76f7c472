"""Lemma 37: reduction of the Rademacher complexity.

Statement.  R_S(H_rho) <= sqrt(rho) R_S(H_1), H_rho attention with at most rho N^2 nonzeros.  Its
proof (A.1): {x -> <a, x>, ||a|| <= B} has R_S <= B max ||x_i|| / sqrt(m) (A1-linear); and
||A||_F <= sqrt(rho) N for sparse row-stochastic A "yields the claimed reduction" (A1-frobenius).

Verdict: refuted.  A linear function of A is largest at a vertex, with one key a row: all budgets
rho >= 1/N have the same R_S.  At X = (0, 1), N = 2, rho = 1/2: 1 and 1, not 1 and 0.71.
Verdict (A1-linear): holds.
Verdict (A1-frobenius): refuted.  ||A||_F <= sqrt(N), dense or sparse: `lemma37_proof`.

Repair.  R_S(H_rho) = R_S(H_1) for every rho >= 1/N; ||A||_F <= sqrt(N).

Proof.  Vertices of the simplex; `spectral.rademacher`.

Source.  Section 8.1 and appendix A.1.
"""

from itertools import product

import numpy as np

from spectral.rademacher import (
    attention_class_complexity,
    finite_class_complexity,
)
from verify import Claim, eq, le
from verify.given import counts, real_matrices

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
