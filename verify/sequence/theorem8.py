"""Theorem 8: the Riemannian metric of attention.

Statement.  g_X(V, W) = sum_ij P_ij(X) <v_i - v_j, w_i - w_j> is a Riemannian metric on the
sequences X of N tokens in R^d (P softmax attention, so P_ij > 0):

    1   positive definite          2   smooth in X
    3   g_{X + c1}(V, W) = g_X(V, W): invariant under translations of X

Verdict (1): refuted.  g(V, V) = 0 for every V with equal rows: at N = d = 1, V = (1), already.
Verdict (2): holds.
Verdict (3): refuted.  See `theorem8_translations`.

Repair.  (1) On sequences up to translation it is a metric: g(V, V) >= 2 N p ||V - mean||_F^2 with
p = min P_ij, equality where P is uniform.

Proof.  (1) sum_ij |v_i - v_j|^2 = 2N ||V - mean||^2.  (2) dP_ij/ds_il = P_ij (delta_jl - P_il): by
induction every derivative is a polynomial in P and X.  The check bounds the second difference.

Source.  Tested with W_Q = W_K = I, as the statement is for every projection.
"""

from fractions import Fraction

import numpy as np

from spectral.balls import enclosing_min
from spectral.graph import attention_matrix, scores
from spectral.metric import attention_form, deviation_squared, second_derivative_bound
from verify import Claim, ge, gt, le
from verify.given import token_pairs
from verify.proofs.tokens import derivatives_of_softmax, pairs_of_deviations

theorem8 = Claim("sequence/theorem8", "the Riemannian metric of attention")


def g(X, V, W=None):
    return attention_form(attention_matrix(X, X), V, W)


def some_vector(X, V):
    return gt((V * V).sum(), 0)


@theorem8.part(
    r"g_X(V, V) > 0 for V \ne 0",
    part="1",
    given=token_pairs(),
    where=some_vector,
    why="g sees differences of rows only: V with equal rows has g(V, V) = 0",
)
def definite(X, V):
    return gt(g(X, V), 0)


@definite.amend(
    r"g_X(V, V) \ge 2 N p \|V - \bar V\|_F^2,\ p = \min P_{ij}",
    equality=([[0], [0]], [[0], [1]]),
    where=(),
    proofs=[pairs_of_deviations],
)
def definite_up_to_translation(X, V):
    p = enclosing_min(attention_matrix(X, X))
    return ge(g(X, V), 2 * len(X) * p * deviation_squared(V), scale=(V * V).sum())


@definite_up_to_translation.mutant("2 N + 1 in place of 2 N")
def too_definite(X, V):
    p = enclosing_min(attention_matrix(X, X))
    return ge(g(X, V), (2 * len(X) + 1) * p * deviation_squared(V))


@theorem8.part(
    "g_X is smooth in X",
    part="2",
    given=token_pairs(),
    reading="infinitely differentiable; seen as |g(X+hU) - 2g(X) + g(X-hU)| ≤ K h², h = 1/1024",
    proofs=[derivatives_of_softmax],
)
def second_difference(X, V):
    return _second_difference_at_most(X, V, attention_matrix)


@second_difference.mutant("softmax of |score|, which has a kink")
def kinked(X, V):
    return _second_difference_at_most(X, V, _softmax_of_modulus)


def _second_difference_at_most(X, V, attention):
    step = V / 1024
    ahead, here, behind = (attention_form(attention(Y, Y), V) for Y in (X + step, X, X - step))
    difference, size = abs(ahead - 2 * here + behind), ahead + here + behind
    bound = second_derivative_bound(X, V, Fraction(1, 1024))
    return le(difference * 1024**2, bound, scale=size * 1024**2)


def _softmax_of_modulus(X, Y):
    w = np.exp(abs(scores(X, Y)))
    return w / w.sum(axis=1, keepdims=True)
