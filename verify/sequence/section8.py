"""Section 8: generalisation through sparsity.

Statements.  Definition 34: H_rho, attention with at most rho N^2 nonzeros.  Definition 35: R_S.
Theorem 36: with probability 1 - delta, for all h,
R(h) <= R_hat(h) + 2 R_S + 3 sqrt(log(2/delta)/(2m)).
Lemma 37: R_S(H_rho) <= sqrt(rho) R_S(H_1).  Its proof (A.1): {x -> <a, x>, ||a|| <= B} has
R_S <= B max ||x_i|| / sqrt(m); and ||A||_F <= sqrt(rho) N "yields the reduction".
Corollary 38: at rho = N^(-1/2), R_S(H_SSA) <= N^(-1/4) R_S(H_dense).

Verdict (definition34): definition.
Verdict (definition35): definition.
Verdict (theorem36 literal): refuted.  Nothing bounds the loss.  One hypothesis (R_S = 0) with
losses 0 and 8, one sample, delta = 1/4: with probability 1/2, R_hat = 0 and R = 4 > 3.06.
Verdict (theorem36 loss-class): supported.  The theorem of Bartlett and Mendelson.
Verdict (theorem36 hypothesis-class): refuted.  A 0-1 loss does not see the size of outputs, and
R_S does: all sign patterns of size 1/100 on 100 points have R_S <= 1/100, and the h that is right
on the 8 sampled points only has R >= 92/100, against 0.903 (delta = 1/2), on every sample.
Verdict (lemma37): refuted.  A linear function of A is largest at a vertex, with one key a row: all
budgets rho >= 1/N have the same R_S.  At X = (0, 1), N = 2, rho = 1/2: 1 and 1, not 1 and 0.71.
Verdict (lemma37 A1-linear): holds.
Verdict (lemma37 A1-frobenius): refuted.  Rows of sum 1 give ||A||_F <= sqrt(N), dense or sparse,
with equality at the identity, which has N nonzeros: no reduction.
Verdict (corollary38): refuted.  As Lemma 37, at N = 4.

Repair.  (36) with R_S of the losses, or L R_S(H) for an L-Lipschitz loss (contraction).  (37, 38)
R_S(H_rho) = R_S(H_1) for every rho >= 1/N.

Source.  Bartlett and Mendelson (2002), Theorem 8; Mohri et al. (2018), Theorem 3.3, Lemma 5.7.
"""

from fractions import Fraction
from itertools import product

import numpy as np

from spectral.balls import enclosing_max
from spectral.generalization import contraction, deviation_squared, failure_probability
from spectral.graph import transition_matrix
from spectral.rademacher import (
    attention_class_complexity,
    finite_class_complexity,
    linear_class_complexity,
)
from verify import Claim, eq, every, le, rows
from verify.given import chain_weights, counts, losses, real_matrices, scalars

definition34 = Claim("sequence/definition34", "attention functions of given sparsity")
definition35 = Claim("sequence/definition35", "Rademacher complexity")
theorem36 = Claim("sequence/theorem36", "a generalisation bound via sparsity")
lemma37 = Claim("sequence/lemma37", "reduction of the Rademacher complexity")
corollary38 = Claim("sequence/corollary38", "improved generalisation of sparse attention")

definition34.definition(
    r"\|Attn(X)\|_0 \le \rho N^2", where="spectral.rademacher.attention_class_complexity"
)
definition35.definition(
    r"R_S(H) = E \max_h \tfrac1m \sum_i \sigma_i h(x_i)",
    where="spectral.rademacher.finite_class_complexity",
)

BOUND = r"R(h) \le \hat R(h) + 2 R_S + 3\sqrt{\log(2/\delta)/2m}"


def no_complexity(on_sample):
    """R_S of a class with one hypothesis."""
    return 0


@theorem36.part(
    BOUND,
    part="literal",
    given=rows([(top, Fraction(1, 4)) for top in (1, 8)]),
    reading="one hypothesis, losses 0 and top on two equally likely points, m = 1",
    why="nothing bounds the loss, and R_S does not see it",
)
def any_loss(top, delta):
    of_one = np.array([[delta * 0, delta * 0 + top]])
    return le(failure_probability(of_one, 1, delta, complexity=no_complexity), delta)


@any_loss.amend(
    "with losses in [0, 1] and R_S of the losses",
    given=(losses(), counts(1, 3), scalars(0, 1)),
    reference="Bartlett and Mendelson (2002), Theorem 8; Mohri et al. (2018), Theorem 3.3",
)
def bounded_loss(x, m, delta):
    return le(failure_probability(x, m, delta), delta)


@bounded_loss.mutant("1/4 in place of 3")
def too_sharp(x, m, delta):
    return le(failure_probability(x, m, delta, factor=Fraction(1, 4)), delta)


@theorem36.part(
    BOUND,
    part="loss-class",
    given=(losses(), counts(1, 3), scalars(0, 1)),
    reading="losses in [0, 1], R_S of the losses; failure probabilities by enumeration",
    why="the bound is loose: at m ≤ 3 its root alone exceeds most excesses",
)
def loss_class(x, m, delta):
    return bounded_loss(x, m, delta)


@loss_class.mutant("1/4 in place of 3, and no R_S")
def without_complexity(x, m, delta):
    p = failure_probability(x, m, delta, complexity=no_complexity, factor=Fraction(1, 4))
    return le(p, delta)


@theorem36.part(
    BOUND,
    part="hypothesis-class",
    given=rows([(100, 8, Fraction(1, 100), Fraction(1, 2))]),
    reading="0-1 loss; all sign patterns of size c on n points, h right on the m sampled ones",
    why="a 0-1 loss does not see the size of outputs, R_S does",
)
def hypothesis_class(n, m, c, delta):
    excess = 1 - Fraction(m, n) - 2 * c  # R - R_hat - 2 R_S at least, positive
    return le(excess * excess, deviation_squared(m, delta, like=np.array([c])))


@hypothesis_class.amend(
    r"R_S(\ell \circ H) \le L R_S(H) for an L-Lipschitz loss",
    given=(real_matrices(max_side=3), scalars(0, 4)),
    reference="Mohri et al. (2018), Lemma 5.7",
)
def lipschitz(outputs, L):
    of_losses, of_outputs = contraction(outputs, L)
    return le(of_losses, of_outputs, scale=L * abs(outputs).max())


@lipschitz.mutant("L/2")
def half_lipschitz(outputs, L):
    of_losses, of_outputs = contraction(outputs, L)
    return le(2 * of_losses, of_outputs, scale=L * abs(outputs).max())


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
)
def linear(x, B):
    value = linear_class_complexity(x, B)
    return le(value * value * len(x), B * B * enclosing_max((x * x).sum(axis=1)))


@linear.proof
def signs_are_orthogonal():
    from sympy import symbols

    x, y = symbols("x_i x_j")
    yield (
        "mean of (x_i +- x_j)^2 is x_i^2 + x_j^2; Jensen does the rest",
        (((x + y) ** 2 + (x - y) ** 2) / 2 - x**2 - y**2),
    )


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


@frobenius.amend(r"\|A\|_F \le \sqrt N", given=chain_weights(), equality=[[1, 0], [0, 1]])
def frobenius_of_rows(W):
    return le((transition_matrix(W) ** 2).sum(), len(W))


@frobenius_of_rows.proof
def squares_of_probabilities():
    from sympy import symbols

    p = symbols("p")
    yield "p - p^2 = p (1 - p) >= 0 on [0, 1]; rows sum to 1", p - p**2 - p * (1 - p)


@frobenius_of_rows.mutant("N - 1/2 in place of N")
def fewer_rows(W):
    return le(2 * (transition_matrix(W) ** 2).sum(), 2 * len(W) - 1)


def four_tokens(X):
    return X.shape[1] == 4


@corollary38.part(
    r"R_S(H_{SSA}) \le N^{-1/4} R_S(H_{dense})",
    given=real_matrices(max_side=4),
    where=four_tokens,
    reading="N = 4, ρ = 1/2: 8 nonzeros",
    why="as Lemma 37",
)
def tighter(X):
    sparse, dense = attention_class_complexity(X, 8), attention_class_complexity(X, 16)
    return le(2 * sparse * sparse, dense * dense)


@tighter.amend(r"R_S(H_{SSA}) = R_S(H_{dense})", reference="vertices of the simplex")
def equally_tight(X):
    selectors = np.array([_outputs(X, [key] * 4) for key in range(4)])
    return eq(
        finite_class_complexity(selectors), attention_class_complexity(X, 8), scale=abs(X).max()
    )


@equally_tight.mutant("with three of the four keys")
def fewer_keys(X):
    selectors = np.array([_outputs(X, [key] * 4) for key in range(3)])
    return eq(finite_class_complexity(selectors), attention_class_complexity(X, 8))
