"""Corollary 38: improved generalisation of sparse attention.

Statement.  At rho = N^(-1/2), R_S(H_SSA) <= N^(-1/4) R_S(H_dense).

Verdict: refuted.  As Lemma 37: every budget rho >= 1/N has the same R_S.  At N = 4, one sample
X = (0, 0, 0, 1): 2 and 2, not 2 and 1.41.

Repair.  R_S(H_SSA) = R_S(H_dense).

Source.  Lemma 37.
"""

from spectral.rademacher import attention_class_complexity, finite_class_complexity
from verify import Claim, eq, le
from verify.given import real_matrices

corollary38 = Claim("sequence/corollary38", "improved generalisation of sparse attention")


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
    one_key = 4 * X.T  # the outputs of the four matrices whose rows share one key
    return eq(finite_class_complexity(one_key), attention_class_complexity(X, 8), scale=4)


@equally_tight.mutant("with three of the four keys")
def fewer_keys(X):
    return eq(finite_class_complexity(4 * X.T[:3]), attention_class_complexity(X, 8))
