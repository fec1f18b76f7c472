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
Verdict (b): refuted.  LN(X) lies in a hyperplane: `theorem1_generic`.
Verdict (c): holds.  Tested there.

Repair.  arank(LN(X)) = rank(X) + 1 under H1-H4: the missing hypothesis is 1_n not in col(X).

Proof.  Multiply the rows of [LN(X), 1] by sigma_i, undo gamma and beta: [XP, sigma].  Under H4 its
rank is rank(XP) + 1, under H2 P is injective on the row space.

Source.  Theory Digest of April 28, 2026, on Cirrincione (2026), Method 1.
"""

from spectral.linalg import rank
from spectral.rank import adjoins_direction, affine_rank, centred, layer_norm, row_deviations
from verify import Claim, eq, gt
from verify.given import representations
from verify.proofs.rank import rows_of_the_reduced_matrix

theorem1 = Claim("rank/theorem1", "LayerNorm and the affine rank")


def no_constant_row(X, gamma, beta):
    return gt(row_deviations(X), 0)


def ones_are_outside_the_row_space(X, gamma, beta):
    return adjoins_direction(X.T, X[0] * 0 + 1)


def deviations_are_outside_the_centred_columns(X, gamma, beta):
    return adjoins_direction(centred(X), row_deviations(X))


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
