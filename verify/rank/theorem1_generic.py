"""Theorem 1, b and c: for almost every X, and where the common value is rank(X) + 1.

b: refuted.  If n > d >= 2, then almost every X has arank d + 1, but LN(X) lies in a hyperplane:
arank(LN(X)) <= d, for every X.  At (0, 1), (1, 0), (0, 2): 3 and 2.  (At n = d = 2 it fails for
half of all X, those whose two rows are ordered alike: LN makes them equal.)
c: holds.

Repair.  arank(LN(X)) <= d always; so nothing with n > d can be preserved generically.

Proof.  Rows of LN(X) are in the hyperplane sum_j (y_j - beta_j) / gamma_j = 0, an affine space of
dimension d - 1.
"""

from spectral.linalg import rank
from spectral.rank import adjoins_direction, affine_rank, layer_norm
from verify import eq, le
from verify.given import representations
from verify.proofs.rank import rows_of_the_reduced_matrix, rows_sum_to_zero
from verify.rank.theorem1 import H, no_constant_row, theorem1


def ones_are_outside_the_column_space(X, gamma, beta):
    return adjoins_direction(X, X[:, 0] * 0 + 1)


def more_tokens_than_dimensions(X, gamma, beta):
    return X.shape[0] > X.shape[1]


def full_affine_rank(X, gamma, beta):
    return affine_rank(X) == X.shape[1] + 1


@theorem1.part(
    r"\operatorname{arank}(LN(X)) = \operatorname{arank}(X) for almost every X",
    part="b",
    given=representations(),
    where=(no_constant_row, more_tokens_than_dimensions, full_affine_rank),
    reading="any X with n > d of full affine rank d + 1, as almost every such X has",
    why="LN(X) lies in a hyperplane, X does not",
)
def preserved_generically(X, gamma, beta, *, layer_norm=layer_norm):
    return eq(affine_rank(layer_norm(X, gamma, beta)), affine_rank(X))


@preserved_generically.amend(
    r"\operatorname{arank}(LN(X)) \le d", where=no_constant_row, proofs=[rows_sum_to_zero]
)
def in_a_hyperplane(X, gamma, beta, *, layer_norm=layer_norm):
    return le(affine_rank(layer_norm(X, gamma, beta)), X.shape[1])


@in_a_hyperplane.mutant("at most d - 1")
def smaller(X, gamma, beta):
    return le(affine_rank(layer_norm(X, gamma, beta)), X.shape[1] - 1)


@theorem1.part(
    r"\operatorname{arank}(LN(X)) = \operatorname{arank}(X) = \operatorname{rank}(X) + 1",
    part="c",
    given=representations(),
    where=(*H, ones_are_outside_the_column_space),
    proofs=[rows_of_the_reduced_matrix],
)
def both_one_more(X, gamma, beta, *, layer_norm=layer_norm):
    after, before = affine_rank(layer_norm(X, gamma, beta)), affine_rank(X)
    return eq(after, rank(X) + 1) & eq(before, rank(X) + 1)


@both_one_more.mutant("without 1_n outside col(X)", where=H)
def without_the_last(X, gamma, beta):
    return both_one_more(X, gamma, beta)
