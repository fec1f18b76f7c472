"""Theorem 27, upper: tau(eps) <= (1/gamma) log(1 / (eps pi_min)).

Refuted.  W = [[1, 9], [9, 1]] is nearly periodic: 1 - gamma = -4/5, TV is (4/5)^t / 2 and
tau(1/100) = 18, but log(200) / (9/5) = 2.9.  An eigenvalue of P near -1 is slow.

Repair.  With gamma* for gamma, for symmetric W; no ceiling is needed.  gamma* = gamma if W is
positive semidefinite, as for q = k (Schur: so is exp of <q_i, q_j>).

Proof.  By `theorem27_decay`, TV <= eps from t_0 = log(1 / (2 eps sqrt(pi_min))) / gamma* on, and
the printed bound exceeds t_0 by log(2 / sqrt(pi_min)) / gamma* >= log(2 sqrt 2) > 1; where t_0 < 0,
tau = 0.

Source.  Levin, Peres, Wilmer (2017), Theorem 12.4.
"""

from spectral.gap import absolute_gap
from spectral.graph import transition_matrix
from spectral.linalg import inertia, log
from spectral.mixing import log_of_start, mixing_time
from verify import le
from verify.proofs.mixing import slack_of_a_step
from verify.sequence.theorem27 import CHAINS, WALKS, gap, quarter, tau, theorem27


@theorem27.part(
    r"\tau(\epsilon) \le \tfrac{1}{\gamma} \log\tfrac{1}{\epsilon \pi_{min}}",
    part="upper",
    given=WALKS,
    on=quarter,
    why="an eigenvalue of P near -1 is slow, and gamma does not see it",
)
def at_most(W, eps):
    return le(tau(W, eps), log_of_start(transition_matrix(W), eps) / gap(W))


@at_most.amend(
    r"\tau(\epsilon) \le \tfrac{1}{\gamma^*} \log\tfrac{1}{\epsilon \pi_{min}}, "
    r"\gamma^* = 1 - \max|\lambda|, for symmetric W",
    reference="Levin, Peres, Wilmer (2017), Theorem 12.4",
    on=None,
    proofs=[slack_of_a_step],
)
def at_most_by_the_absolute_gap(W, eps, *, mixing_time=mixing_time):
    steps, slowest = tau(W, eps, mixing_time), absolute_gap(transition_matrix(W))
    return le(steps, log_of_start(transition_matrix(W), eps) / slowest)


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
