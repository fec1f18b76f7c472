"""Theorem 27: mixing time and spectral gap.

Statement.  W > 0 (Definition 5), P = D^-1 W, pi P = pi, gamma = lambda_2(I - P), and
tau(eps) = min {t in N : max_i TV(P^t(i, .), pi) <= eps} (Definition 26).  For 0 < eps < 1

    lower       (1/gamma) log(1 / (2 eps)) <= tau(eps)
    upper       tau(eps) <= (1/gamma) log(1 / (eps pi_min))
    proof-l2    TV(P^t(i, .), pi) <= 1/2 sqrt((1 - pi_i)/pi_i) |1 - gamma|^t

Symmetric W is asked for, which favours the author: P is then reversible and its spectrum real.

Verdict (lower): refuted.  W = [[1, 1], [1, 1]] mixes in one step: gamma = 1, tau(1/100) = 1, and
log 50 = 3.9.  The bound holds with 1/gamma - 1 for 1/gamma.
Verdict (upper): refuted.  See `theorem27_upper`.
Verdict (proof-l2): refuted.  See `theorem27_decay`.

Repair.  (1 - gamma*)^tau(eps) <= 2 eps, for every W > 0, where gamma* = 1 - max |lambda| over the
eigenvalues lambda of P other than the first 1.  This implies (1/gamma* - 1) log(1 / (2 eps)) <=
tau(eps), and is an equality at W = [[2, 1], [1, 2]], eps = 1/6.  In continuous time
(`theorem27_continuous`) both printed bounds are right as they stand.

Proof.  An eigenvector f to lambda != 1 has <pi, f> = 0, so that |lambda^t f_i| = |sum_j (P^t_ij -
pi_j) f_j| <= 2 TV max |f|: take the largest f_i.

Source.  Levin, Peres, Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017), Theorem 12.5.
"""

from fractions import Fraction

from spectral.gap import absolute_gap, spectral_gap
from spectral.graph import attention_weights, transition_matrix
from spectral.linalg import log
from spectral.mixing import mixing_time
from verify import Claim, le
from verify.given import scalars, timed
from verify.proofs.mixing import eigenvectors_have_mean_zero

theorem27 = Claim("sequence/theorem27", "mixing time and spectral gap")

WALKS, CHAINS = timed(scalars(0, 1), symmetric=True), timed(scalars(0, 1))


def tau(W, eps, mixing_time=mixing_time):
    return mixing_time(transition_matrix(W), eps)


def gap(W):
    return spectral_gap(transition_matrix(W))


def largest_modulus(W):
    return 1 - absolute_gap(transition_matrix(W))


def quarter(head):
    return attention_weights(head.q, head.k, causal=head.causal), Fraction(1, 4)


@theorem27.part(
    r"\tfrac{1}{\gamma} \log\tfrac{1}{2\epsilon} \le \tau(\epsilon)",
    part="lower",
    given=WALKS,
    on=quarter,
    why="rank one: gamma = 1, and a single step mixes",
)
def at_least(W, eps):
    return le(log(1 / (2 * eps), like=W) / gap(W), tau(W, eps))


@at_least.amend(
    r"(1 - \gamma^*)^{\tau(\epsilon)} \le 2\epsilon, \gamma^* = 1 - \max|\lambda|, for every W > 0",
    given=CHAINS,
    equality=([[2, 1], [1, 2]], Fraction(1, 6)),
    reference="Levin, Peres, Wilmer (2017), proof of Theorem 12.5",
    on=None,
    proofs=[eigenvectors_have_mean_zero],
)
def slowest_eigenvector(W, eps, *, mixing_time=mixing_time):
    return le(largest_modulus(W) ** tau(W, eps, mixing_time), 2 * eps, scale=1)


@slowest_eigenvector.mutant("ε in place of 2ε")
def twice_as_near(W, eps):
    return le(largest_modulus(W) ** tau(W, eps), eps)
