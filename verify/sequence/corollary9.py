"""Corollary 9: geodesics of the attention metric.

Statement.  (a) Geodesics are optimal information transport paths, d_g a natural measure of semantic
similarity.  (b) d_g, the infimum of g-lengths, is a distance between sequences.

Verdict (a): vague.  "Information transport" and "similarity" are not defined.
Verdict (b): refuted.  d_g(X, X + V) <= sqrt(2N) ||V - mean||, since P_ij <= 1 on the straight path;
so d_g = 0 between X and any translate, N = d = 1 included.

Repair.  d_g is a pseudo-distance, and g(V, V) <= N max |v_i - v_j|^2 along straight paths.

Source.  Theorem 8 for the form.
"""

import numpy as np

from spectral.balls import enclosing_max
from spectral.graph import attention_matrix
from spectral.metric import attention_form, deviation_squared
from verify import Claim, gt, le
from verify.given import token_pairs
from verify.proofs.tokens import rows_sum_to_one

corollary9 = Claim("sequence/corollary9", "geodesics of the attention metric")


@corollary9.vague(
    "geodesics are optimal information transport paths; d_g measures semantic similarity",
    part="a",
    why='neither "information transport" nor "similarity" is defined, and no cost is named.',
)
def straight_paths():
    X = np.random.default_rng(0).standard_normal((8, 4))
    return {
        "g(V, V) of a translation V of 8 Gaussian tokens": attention_form(
            attention_matrix(X, X), np.ones((8, 4))
        )
    }


def different(X, V):
    return gt((V * V).sum(), 0)


@corollary9.part(
    r"d_g(X, X + V) > 0 for V \ne 0",
    part="b",
    given=token_pairs(),
    where=different,
    reading="tested on its bound by the straight path, d_g² ≤ 2N ‖V - V̄‖²",
    why="translates are at distance 0",
)
def separates(X, V):
    return gt(2 * len(V) * deviation_squared(V), 0)


@separates.amend(
    r"g_{X+sV}(V, V) \le N \max |v_i - v_j|^2 on the straight path",
    where=(),
    proofs=[rows_sum_to_one],
)
def straight_path(X, V):
    return le(attention_form(attention_matrix(X + V / 2, X + V / 2), V), len(V) * _widest(V))


@straight_path.mutant("N - 1 in place of N, and a tenth of it")
def shorter_path(X, V):
    return le(
        10 * attention_form(attention_matrix(X + V / 2, X + V / 2), V), (len(V) - 1) * _widest(V)
    )


def _widest(V):

    return enclosing_max(((V[:, None] - V[None]) ** 2).sum(axis=2))
