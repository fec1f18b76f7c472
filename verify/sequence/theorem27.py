"""Theorem 27: mixing time and spectral gap.

Statement.  W > 0 (Definition 5), P = D^-1 W, pi P = pi, gamma = lambda_2(I - P), and
tau(eps) = min {t in N : max_i TV(P^t(i, .), pi) <= eps} (Definition 26).  For 0 < eps < 1

    lower       (1/gamma) log(1 / (2 eps)) <= tau(eps)
    upper       tau(eps) <= (1/gamma) log(1 / (eps pi_min))
    proof-l2    TV(P^t(i, .), pi) <= 1/2 sqrt((1 - pi_i)/pi_i) |1 - gamma|^t

Symmetric W is asked for, which favours the author: P is then reversible and its spectrum real.

Verdict (lower): refuted.  W = [[1, 1], [1, 1]] mixes in one step: gamma = 1, tau(1/100) = 1, and
log 50 = 3.9.  The bound holds with 1/gamma - 1 for 1/gamma.
Verdict (upper): refuted.  W = [[1, 9], [9, 1]] is nearly periodic: 1 - gamma = -4/5, TV is
(4/5)^t / 2 and tau(1/100) = 18, but log(200) / (9/5) = 2.9.  An eigenvalue of P near -1 is slow.
Verdict (proof-l2): refuted.  W = [[1, 2, 2], [2, 1, 1], [2, 1, 1]] has two equal rows, so P has the
eigenvalue 0, and its third is -3/10: gamma = 1.  The bound says that P = 1 pi; its rows differ.

Repair.  With gamma* = 1 - max |lambda| over the eigenvalues lambda of P other than the first 1:

    lower       (1 - gamma*)^tau(eps) <= 2 eps, for every W > 0, which implies
                (1/gamma* - 1) log(1 / (2 eps)) <= tau(eps)
    upper       with gamma* for gamma, for symmetric W; no ceiling is needed.  gamma* = gamma if
                W is positive semidefinite, as for q = k (Schur: so is exp of <q_i, q_j>)
    proof-l2    with gamma* for gamma, for symmetric W

In continuous time, for e^{-tL} in place of P^t, both printed bounds are right as they stand.  At
W = [[2, 1], [1, 2]] there is equality in lower (eps = 1/6), in proof-l2 and in continuous time.

Proof.  An eigenvector f to lambda != 1 has <pi, f> = 0, so that |lambda^t f_i| = |sum_j (P^t_ij -
pi_j) f_j| <= 2 TV max |f|: take the largest f_i.  For reversible P, by Cauchy-Schwarz, 4 TV^2 <=
sum_j pi_j (P^t_ij / pi_j - 1)^2 = P^2t_ii / pi_i - 1 = the sum over k >= 2 of lambda_k^2t f_k(i)^2
<= (1 - gamma*)^2t (1/pi_i - 1).  So TV <= eps from t_0 = log(1 / (2 eps sqrt(pi_min))) / gamma* on,
and the printed bound exceeds t_0 by log(2 / sqrt(pi_min)) / gamma* >= log(2 sqrt 2) > 1; where t_0
< 0, tau = 0.  For e^{-tL} put e^{-lambda t} for lambda^t.

Source.  Levin, Peres, Wilmer, Markov Chains and Mixing Times, 2nd ed. (2017), Theorems 12.4 and
12.5 and chapter 20.
"""

from fractions import Fraction

from spectral.balls import enclosing_min
from spectral.chain import stationary_distribution
from spectral.gap import absolute_gap, spectral_gap
from spectral.graph import attention_weights, transition_matrix
from spectral.heat import heat_distance, heat_kernel
from spectral.linalg import exp, inertia, log, matrix_power
from spectral.mixing import mixing_time
from verify import Claim, le
from verify.given import counts, scalars, timed
from verify.proofs.mixing import eigenvectors_have_mean_zero, slack_of_a_step

theorem27 = Claim("sequence/theorem27", "mixing time and spectral gap")

WALKS = timed(scalars(0, 1), symmetric=True)
CHAINS = timed(scalars(0, 1))


def tau(W, eps):
    return mixing_time(transition_matrix(W), eps)


def gap(W):
    return spectral_gap(transition_matrix(W))


def largest_modulus(W):
    return 1 - absolute_gap(transition_matrix(W))


def stationary(W):
    return stationary_distribution(transition_matrix(W))


def quarter(head):
    return attention_weights(head.q, head.k, causal=head.causal), Fraction(1, 4)


def deviations(M, pi):
    """(N,) 4 TV(i)^2 pi_i, where row i of M is a distribution less pi."""
    return abs(M).sum(axis=1) ** 2 * pi


def log_of_start(W, eps):
    """log(1 / (eps pi_min))"""
    return log(1 / (eps * enclosing_min(stationary(W))), like=W)


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
def slowest_eigenvector(W, eps):
    return le(largest_modulus(W) ** tau(W, eps), 2 * eps, scale=1)


@slowest_eigenvector.mutant("ε in place of 2ε")
def twice_as_near(W, eps):
    return le(largest_modulus(W) ** tau(W, eps), eps)


@theorem27.part(
    r"\tau(\epsilon) \le \tfrac{1}{\gamma} \log\tfrac{1}{\epsilon \pi_{min}}",
    part="upper",
    given=WALKS,
    on=quarter,
    why="an eigenvalue of P near -1 is slow, and gamma does not see it",
)
def at_most(W, eps):
    return le(tau(W, eps), log_of_start(W, eps) / gap(W))


@at_most.amend(
    r"\tau(\epsilon) \le \tfrac{1}{\gamma^*} \log\tfrac{1}{\epsilon \pi_{min}}, "
    r"\gamma^* = 1 - \max|\lambda|, for symmetric W",
    reference="Levin, Peres, Wilmer (2017), Theorem 12.4",
    on=None,
    proofs=[slack_of_a_step],
)
def at_most_by_the_absolute_gap(W, eps):
    return le(tau(W, eps), log_of_start(W, eps) / absolute_gap(transition_matrix(W)))


@at_most_by_the_absolute_gap.mutant("for every W > 0", given=CHAINS)
def at_most_for_chains(W, eps):
    return at_most_by_the_absolute_gap(W, eps)


@at_most_by_the_absolute_gap.mutant("without π_min")
def at_most_from_anywhere(W, eps):
    return le(tau(W, eps), log(1 / eps, like=W) / absolute_gap(transition_matrix(W)))


def positive_semidefinite(W, eps):
    return inertia(W).negative == 0


@at_most.amend(
    r"\tau(\epsilon) \le \tfrac{1}{\gamma} \log\tfrac{1}{\epsilon \pi_{min}} for symmetric, "
    "positive semidefinite W, as for q = k",
    where=positive_semidefinite,
    reference="then γ = γ*; Schur's product theorem",
    on=None,
    proofs=[slack_of_a_step],
)
def at_most_for_kernels(W, eps):
    return at_most(W, eps)


@at_most_for_kernels.mutant("not positive semidefinite", where=())
def at_most_for_others(W, eps):
    return at_most(W, eps)


@at_most.amend(
    r"In continuous time both bounds hold: TV_i = TV(e^{-tL}(i, \cdot), \pi) for symmetric W has "
    r"\max TV_i \ge \tfrac{1}{2} e^{-\gamma t}, "
    r"TV_i \le \tfrac{1}{2} \sqrt{(1 - \pi_i)/\pi_i} e^{-\gamma t}",
    given=timed(scalars(0, 4), symmetric=True),
    equality=([[2, 1], [1, 2]], 1),
    reference="Levin, Peres, Wilmer (2017), chapter 20",
    on=None,
    proofs=[eigenvectors_have_mean_zero, slack_of_a_step],
)
def in_continuous_time(W, t):
    P, pi = transition_matrix(W), stationary(W)
    slowest, left = exp(-t * gap(W), like=W), deviations(heat_kernel(P, t) - pi, pi)
    lower = le(slowest, 2 * heat_distance(P, t), scale=1)
    return lower & le(left, (1 - pi) * slowest**2, scale=1)


@in_continuous_time.mutant("max TV_i at least e^{-γt}")
def farther_in_continuous_time(W, t):
    return le(exp(-t * gap(W), like=W), heat_distance(transition_matrix(W), t))


@theorem27.part(
    r"TV(P^t(i, \cdot), \pi) \le \tfrac{1}{2} \sqrt{(1 - \pi_i)/\pi_i} |1 - \gamma|^t",
    part="proof-l2",
    given=timed(counts(1, 6), symmetric=True),
    reading="|1 − γ|^t, as (1 − γ)^t is negative for γ > 1 and odd t",
    why="a negative eigenvalue of P may be larger in modulus",
)
def decay(W, t):
    pi = stationary(W)
    left = deviations(matrix_power(transition_matrix(W) - pi, t), pi)
    return le(left, (1 - pi) * (1 - gap(W)) ** (2 * t), scale=1)


@decay.amend(
    r"TV(P^t(i, \cdot), \pi) \le \tfrac{1}{2} \sqrt{(1 - \pi_i)/\pi_i} (1 - \gamma^*)^t "
    "for symmetric W",
    equality=([[2, 1], [1, 2]], 1),
    reference="Levin, Peres, Wilmer (2017), proof of Theorem 12.4",
    proofs=[slack_of_a_step],
)
def decay_by_the_absolute_gap(W, t):
    pi = stationary(W)
    left = deviations(matrix_power(transition_matrix(W) - pi, t), pi)
    return le(left, (1 - pi) * largest_modulus(W) ** (2 * t), scale=1)


@decay_by_the_absolute_gap.mutant("for every W > 0", given=timed(counts(1, 6)))
def decay_for_chains(W, t):
    return decay_by_the_absolute_gap(W, t)


@decay_by_the_absolute_gap.mutant("2t + 1 in place of 2t")
def faster_decay(W, t):
    pi = stationary(W)
    left = deviations(matrix_power(transition_matrix(W) - pi, t), pi)
    return le(left, (1 - pi) * largest_modulus(W) ** (2 * t + 1))
