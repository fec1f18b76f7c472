"""Corollary 28: mixing times of sparse attention.

Statement.  If |gamma - gamma~| <= delta < gamma, then tau~(eps) <= gamma/(gamma - delta) tau(eps).

Verdict: refuted.  Uniform attention on two tokens mixes in one step.  Without the loop of one token
the second eigenvalue is -1/2: gaps 1 and 3/2, delta = 1/2, factor 2, yet tau~(1/100) = 7.

Repair.  For reversible sparse chains tau~ <= log(1/(eps pi~_min))/gamma~_*, with the
absolute gap gamma~_*.

Source.  Levin, Peres, Wilmer, Markov Chains and Mixing Times (2017), Theorem 12.4.
"""

from fractions import Fraction

from spectral.gap import spectral_gap
from spectral.graph import transition_matrix
from spectral.mixing import is_ergodic, mixing_time, reversible_upper_bound
from verify import Claim, gt, le
from verify.given import masked_weights, scalars

corollary28 = Claim("sequence/corollary28", "mixing times of sparse attention")


def sparse(W, mask):
    return transition_matrix(W * mask)


def gaps(W, mask):
    return spectral_gap(transition_matrix(W)), spectral_gap(sparse(W, mask))


def both_chains_are_ergodic(W, mask, eps):
    return is_ergodic(sparse(W, mask))


def gap_change_is_below_the_gap(W, mask, eps):
    dense, thin = gaps(W, mask)
    return gt(dense, abs(dense - thin))


@corollary28.part(
    r"τ̃(\epsilon) \le \tfrac{\gamma}{\gamma - \delta}\tau(\epsilon), \delta = |\gamma - γ̃|",
    given=(masked_weights(max_n=3), scalars(Fraction(1, 64), Fraction(1, 4))),
    where=(both_chains_are_ergodic, gap_change_is_below_the_gap),
    reading="γ the smallest real part of a non-zero eigenvalue; sparse = masked and renormalised",
    why="a mixing time depends on all eigenvalues and on π_min, not on one gap",
)
def preserved(W, mask, eps):
    dense, thin = gaps(W, mask)
    factor = dense / (dense - abs(dense - thin))
    return le(mixing_time(sparse(W, mask), eps), factor * mixing_time(transition_matrix(W), eps))


@preserved.amend(
    r"τ̃(\epsilon) \le \lceil\log(1/\epsilon π̃_{min})/γ̃_*\rceil, reversible",
    given=(masked_weights(symmetric=True, max_n=3), scalars(0, 1)),
    where=both_chains_are_ergodic,
    reference="Levin, Peres, Wilmer (2017), Theorem 12.4",
)
def bounded_by_its_own_gap(W, mask, eps):
    P = sparse(W, mask)
    return le(mixing_time(P, eps), reversible_upper_bound(P, eps, reversible=True))


@bounded_by_its_own_gap.mutant("a third of it")
def bounded_by_less(W, mask, eps):
    P = sparse(W, mask)
    return le(3 * mixing_time(P, eps), reversible_upper_bound(P, eps, reversible=True))
