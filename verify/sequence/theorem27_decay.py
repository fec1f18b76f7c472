"""Theorem 27, proof-l2: how fast one row of P^t gets near pi.

Refuted.  W = [[1, 2, 2], [2, 1, 1], [2, 1, 1]] has two equal rows, so P has the eigenvalue 0, and
its third is -3/10: gamma = 1.  The bound says that P = 1 pi; its rows differ.

Repair.  With gamma* for gamma, for symmetric W.  Equality at W = [[2, 1], [1, 2]].

Proof.  For reversible P, by Cauchy-Schwarz, 4 TV^2 <= sum_j pi_j (P^t_ij / pi_j - 1)^2 =
P^2t_ii / pi_i - 1 = the sum over k >= 2 of lambda_k^2t f_k(i)^2 <= (1 - gamma*)^2t (1/pi_i - 1).

Source.  Levin, Peres, Wilmer (2017), proof of Theorem 12.4.
"""

from spectral.chain import stationary_distribution
from spectral.graph import transition_matrix
from spectral.linalg import matrix_power
from spectral.mixing import squared_deviations
from verify import le
from verify.given import counts, timed
from verify.proofs.mixing import slack_of_a_step
from verify.sequence.theorem27 import gap, largest_modulus
from verify.sequence.theorem27_upper import theorem27


def bounded_by(factor, W, t, scale=1):
    """4 TV(i)^2 pi_i <= (1 - pi_i) factor."""
    P, pi = transition_matrix(W), stationary_distribution(transition_matrix(W))
    left = squared_deviations(matrix_power(P - pi, t), pi)
    return le(left, (1 - pi) * factor, scale=scale)


@theorem27.part(
    r"TV(P^t(i, \cdot), \pi) \le \tfrac{1}{2} \sqrt{(1 - \pi_i)/\pi_i} |1 - \gamma|^t",
    part="proof-l2",
    given=timed(counts(1, 6), symmetric=True),
    reading="|1 − γ|^t, as (1 − γ)^t is negative for γ > 1 and odd t",
    why="a negative eigenvalue of P may be larger in modulus",
)
def decay(W, t):
    return bounded_by((1 - gap(W)) ** (2 * t), W, t)


@decay.amend(
    r"TV(P^t(i, \cdot), \pi) \le \tfrac{1}{2} \sqrt{(1 - \pi_i)/\pi_i} (1 - \gamma^*)^t "
    "for symmetric W",
    equality=([[2, 1], [1, 2]], 1),
    reference="Levin, Peres, Wilmer (2017), proof of Theorem 12.4",
    proofs=[slack_of_a_step],
)
def decay_by_the_absolute_gap(W, t):
    return bounded_by(largest_modulus(W) ** (2 * t), W, t)


@decay_by_the_absolute_gap.mutant("for every W > 0", given=timed(counts(1, 6)))
def decay_for_chains(W, t):
    return decay_by_the_absolute_gap(W, t)


@decay_by_the_absolute_gap.mutant("2t + 1 in place of 2t")
def faster_decay(W, t):
    return bounded_by(largest_modulus(W) ** (2 * t + 1), W, t, scale=0)
