"""False statements on Markov chains P = D^-1 W: of W >= 0, and of positive (attention) weights."""

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_min
from spectral.chain import (
    distance_to_stationarity,
    is_irreducible,
    period,
    stationary_distribution,
)
from spectral.gap import absolute_gap, spectral_gap
from spectral.graph import symmetrize, transition_matrix
from verify import eq, ge, gt, le
from verify.given import chain_weights, positive_weights

from .planting import Table

chains = Table("planted/chains1", "what a hurried author writes of Markov chains")


def chain_is_irreducible(W):
    return is_irreducible(transition_matrix(W))


def chain_is_aperiodic(W):
    return period(transition_matrix(W)) == 1


def has_two_states(W):
    return len(W) >= 2


def is_lower_triangular(W):
    return bool((W == np.tril(W)).all())


# lambda_2 forgets the negative end: the path of 3 has spectrum 1, 0, -1 and period 2.
@chains.false(
    r"\chi^2(P(x,\cdot), \pi) \le \lambda_2^2 \, \chi^2(\delta_x, \pi)",
    (9, 4, 1),
    given=chain_weights(symmetric=True),
    where=(has_two_states, chain_is_irreducible),
)
def second_eigenvalue(W):
    P = transition_matrix(W)
    pi = W.sum(axis=1) / W.sum()
    after = (P**2 / pi).sum(axis=1) - 1
    return le(after, (1 - spectral_gap(P, reversible=True)) ** 2 * (1 / pi - 1), scale=1)


# That is so for symmetric W.  W = [[1, 1], [2, 1]]: pi = (4, 3)/7, the columns sum to 3, 2.
@chains.false(
    r"\pi_j = \sum_i W_{ij} / \sum_{ij} W_{ij}", (4, 4, 1), given=positive_weights(min_n=2)
)
def in_degrees(W):
    return eq(stationary_distribution(transition_matrix(W)), W.sum(axis=0) / W.sum())


# As for real eigenvalues, of which one is 1.  The cycle of 3: P^2 has no diagonal, 0 < 1.
@chains.false(r"tr P^2 \ge 1", (9, 3, 1), given=chain_weights())
def real_spectrum(W):
    P = transition_matrix(W)
    return ge((P * P.T).sum(), 1)


# Only in l2(pi), of a reversible chain.  The cycle 0 -> 1 -> 2 -> 0 or 2, by halves: |lambda| is
# 0.71, and d(1) = 3/4.
@chains.false(
    r"d(1) \le \max_{\lambda \ne 1} |\lambda|",
    (9, 4, 1),
    given=chain_weights(),
    where=(has_two_states, chain_is_irreducible),
)
def one_step(W):
    P = transition_matrix(W)
    return le(distance_to_stationarity(P, 1), 1 - absolute_gap(P))


# The stationary laws differ.  W = [[1, 1], [4, 1]]: 1 - lambda_2 = 13/10, symmetrized 10/7.
@chains.false(r"gap(W) \ge gap((W + W^T)/2)", (4, 4, 1), given=positive_weights(min_n=2))
def symmetrized_gap(W):
    P, Q = transition_matrix(W), transition_matrix(symmetrize(W, "mean"))
    return ge(spectral_gap(P), spectral_gap(Q, reversible=True))


# Of three states it is true.  The path of 4 has lambda_2 = 1/2 and leaves every state at once.
@chains.false(
    r"1 - \lambda_2 \ge \min_x (1 - P(x, x))",
    (16, 6, 1),
    given=chain_weights(symmetric=True),
    where=(has_two_states, chain_is_irreducible),
)
def escape(W):
    P = transition_matrix(W)
    return ge(spectral_gap(P, reversible=True), enclosing_min(1 - np.diagonal(P)))


# A diagonal that is tied makes a Jordan block, t lambda^(t-1), and a zero in it a delay.  The
# rows (1), (1, 1), (0, 1, 1): from state 2 still outside after four steps, 5/16 > 3/16.
@chains.false(
    r"P^4(x, y > 0) \le n \max_{y > 0} P(y, y)^4, of triangular P",
    (9, 5, 1),
    given=chain_weights(),
    where=(is_lower_triangular, has_two_states),
)
def triangular(W):
    P = transition_matrix(W)
    outside = linalg.matrix_power(P, 4)[:, 1:].sum(axis=1)
    return le(outside, len(P) * max(np.diagonal(P)[1:]) ** 4)


# Equal rows (W of rank one) leave no second eigenvalue: W = ones, 0 < 1/2.
@chains.false(
    r"\max_{\lambda \ne 1} |\lambda| \ge \min_{xy} P(x, y)",
    (4, 4, 1),
    given=positive_weights(min_n=2),
)
def memory(W):
    P = transition_matrix(W)
    return ge(1 - absolute_gap(P), enclosing_min(P))


# Wielandt: (n - 1)^2 + 1 steps may be needed, 10 of 4 states; the cycle with one chord.
@chains.false(
    r"P irreducible and aperiodic \Rightarrow P^{2n} > 0",
    (16, 5, 1),
    given=chain_weights(),
    where=(chain_is_irreducible, chain_is_aperiodic),
)
def primitive(W):
    P = transition_matrix(W)
    return gt(linalg.matrix_power(P, 2 * len(P)), 0)


# So of two states.  Of three, 0 may be entered from a state that is hardly ever visited.
@chains.false(
    r"\pi_0 - \pi_1 has the sign of \sum_i (P_{i0} - P_{i1})",
    (9, 5, 1),
    given=chain_weights(),
    where=(has_two_states, chain_is_irreducible),
)
def page_rank(W):
    P = transition_matrix(W)
    pi, entered = stationary_distribution(P), P.sum(axis=0)
    return ge((pi[0] - pi[1]) * (entered[0] - entered[1]), 0, scale=1)
