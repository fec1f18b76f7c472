"""Theorem 27 in continuous time, where both printed bounds are right as they stand.

For e^{-tL} in place of P^t and symmetric W,

    1/2 e^{-gamma t} <= max_i TV(e^{-tL}(i, .), pi),
    TV(e^{-tL}(i, .), pi) <= 1/2 sqrt((1 - pi_i)/pi_i) e^{-gamma t};  equality at [[2, 1], [1, 2]].

Proof.  As in `theorem27` and `theorem27_decay`, with e^{-lambda t} for lambda^t: no eigenvalue of
e^{-tL} is negative.

Source.  Levin, Peres, Wilmer (2017), chapter 20.
"""

from spectral.chain import stationary_distribution
from spectral.graph import transition_matrix
from spectral.heat import heat_distance, heat_kernel
from spectral.linalg import exp
from spectral.mixing import squared_deviations
from verify import le
from verify.given import scalars, timed
from verify.proofs.mixing import eigenvectors_have_mean_zero, slack_of_a_step
from verify.sequence.theorem27 import gap
from verify.sequence.theorem27_upper import at_most


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
    P, pi = transition_matrix(W), stationary_distribution(transition_matrix(W))
    slowest, left = exp(-t * gap(W), like=W), squared_deviations(heat_kernel(P, t) - pi, pi)
    lower = le(slowest, 2 * heat_distance(P, t), scale=1)
    return lower & le(left, (1 - pi) * slowest**2, scale=1)


@in_continuous_time.mutant("max TV_i at least e^{-γt}")
def farther_in_continuous_time(W, t):
    return le(exp(-t * gap(W), like=W), heat_distance(transition_matrix(W), t))
