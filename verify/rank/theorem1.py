"""Theorem 1: LayerNorm and the affine rank.

Statement.  arank(X) = rank [X, 1].  Under non-degeneracy,

    H1  no row is constant (sigma_i > 0)        H2  1_d is not in the row space of X
    H3  gamma_j != 0                            H4  sigma = (sigma_i) is not in col(XP)

(P = I - 11^T/d) LayerNorm preserves the affine rank exactly: arank(LN(X)) = arank(X).

    a   under H1-H4                b   for almost every X, any n, d
    c   under H1-H4 and 1_n not in col(X), with the common value rank(X) + 1

Verdict (a): refuted.  LN gives rank(X) + 1 always, X itself only if 1_n is not in col(X).  At
X = (1, 0, 0), (1, 1, 0), (1, -1, 0): the rows lie on a line, arank(X) = 2, but their deviations
are sqrt(2), sqrt(2), sqrt(6) over 3, not affine in the row, and arank(LN(X)) = 3.
Verdict (b): refuted.  If n > d >= 2, then almost every X has arank d + 1, but LN(X) lies in a
hyperplane: arank(LN(X)) <= d, for every X.  At (0, 1), (1, 0), (0, 2): 3 and 2.  (At n = d = 2 it
fails for half of all X, those whose two rows are ordered alike: LN makes them equal.)
Verdict (c): holds.

Repair.  (a) arank(LN(X)) = rank(X) + 1 under H1-H4: the missing hypothesis is 1_n not in col(X).
(b) arank(LN(X)) <= d always; so nothing with n > d can be preserved generically.

Proof.  Multiply the rows of [LN(X), 1] by sigma_i, undo gamma and beta: [XP, sigma].  Under H4 its
rank is rank(XP) + 1, under H2 P is injective on the row space.  Rows of LN(X) are in the
hyperplane sum_j (y_j - beta_j) / gamma_j = 0, an affine space of dimension d - 1.

Source.  Theory Digest of April 28, 2026, on Cirrincione (2026), Method 1.
"""

from spectral.linalg import rank
from spectral.rank import adjoins_direction, affine_rank, centred, layer_norm, row_deviations
from verify import Claim, eq, gt, le
from verify.given import representations
from verify.proofs.rank import rows_of_the_reduced_matrix, rows_sum_to_zero

theorem1 = Claim("rank/theorem1", "LayerNorm and the affine rank")


def no_constant_row(X, gamma, beta):
    return gt(row_deviations(X), 0)


def ones_are_outside_the_row_space(X, gamma, beta):
    return adjoins_direction(X.T, X[0] * 0 + 1)


def deviations_are_outside_the_centred_columns(X, gamma, beta):
    return adjoins_direction(centred(X), row_deviations(X))


def ones_are_outside_the_column_space(X, gamma, beta):
    return adjoins_direction(X, X[:, 0] * 0 + 1)


def more_tokens_than_dimensions(X, gamma, beta):
    return X.shape[0] > X.shape[1]


def full_affine_rank(X, gamma, beta):
    return affine_rank(X) == X.shape[1] + 1


H = (no_constant_row, ones_are_outside_the_row_space, deviations_are_outside_the_centred_columns)


@theorem1.part(
    r"\operatorname{arank}(LN(X)) = \operatorname{arank}(X) under H1-H4",
    part="a",
    given=representations(),
    where=H,
    why="LN(X) has rank(X) + 1 always, X only if 1 is not in its column space",
)
def preserved(X, gamma, beta, *, layer_norm=layer_norm):
    return eq(affine_rank(layer_norm(X, gamma, beta)), affine_rank(X))


@preserved.amend(
    r"\operatorname{arank}(LN(X)) = \operatorname{rank}(X) + 1 under H1-H4",
    proofs=[rows_of_the_reduced_matrix],
)
def one_more_than_the_rank(X, gamma, beta, *, layer_norm=layer_norm):
    return eq(affine_rank(layer_norm(X, gamma, beta)), rank(X) + 1)


@one_more_than_the_rank.mutant("without H4", where=H[:2])
def without_h4(X, gamma, beta):
    return one_more_than_the_rank(X, gamma, beta)


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
