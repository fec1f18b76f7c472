"""Theorem 30, step 1: Davis-Kahan with the gap delta_k of L alone.

Refuted.  A = diag(0, 1), E = diag(0, -2): E U_1 = 0, and the eigenvector turns by 90 degrees.

Repair.  With the gap between the first k eigenvalues of A and the rest of A + E; or, with that of A
alone, the spread of E for its norm: `theorem30_every_outcome` has the proof.

Source.  Davis and Kahan (1970); Yu, Wang and Samworth (2015), Theorem 2.
"""

from fractions import Fraction

from spectral import linalg
from spectral.balls import minimum
from spectral.first_eigenvectors import gap_after, rotation, turn
from verify import gt, le
from verify.given import perturbations
from verify.proofs.perturbation import trace_inequality
from verify.sequence.theorem30 import theorem30


def open_gap(A, E, k):
    return gt(gap_after(A, k), 0)


def open_gap_to_the_rest(A, E, k):
    return gt(gap_after(A, k, of=A + E), 0)


def davis_kahan(gap, A, E, k):
    """gap ||sin Theta||_F <= ||E U_k||_F."""
    turned = turn(A, E, k)
    return le(turned.sine * gap, turned.residual, scale=abs(A).max() + abs(E).max())


@theorem30.part(
    r"\|\sin\Theta(U_k, \tilde U_k)\|_F \le \|E U_k\|_F / \delta_k, \tilde A = A + E",
    part="step1",
    given=perturbations(),
    where=open_gap,
    reading="δ_k the gap of A, as in the statement",
    why="the gap must be between the block of A and the rest of A + E",
)
def within_the_gap(A, E, k):
    return davis_kahan(gap_after(A, k), A, E, k)


@within_the_gap.amend(
    r"with the gap from $\lambda_1, …, \lambda_k$ of A to the rest of A + E",
    where=open_gap_to_the_rest,
    equality=([[0, 0], [0, 1]], [["9/25", "12/25"], ["12/25", "-9/25"]], 1),
    reference="Davis and Kahan (1970), the sin θ theorem",
)
def within_the_gap_to_the_rest(A, E, k):
    return davis_kahan(gap_after(A, k, of=A + E), A, E, k)


@within_the_gap_to_the_rest.mutant("9/10 of it")
def nine_tenths(A, E, k):
    return davis_kahan(gap_after(A, k, of=A + E) * Fraction(10, 9), A, E, k)


def variational(spread_factor, norm_factor, A, E, k):
    """delta_k ||sin Theta||_F <= min(a sqrt(j) spread(E), b sqrt(2) ||E||_F)."""
    e, j = linalg.eigvalsh(E), linalg.sqrt(min(k, len(A) - k), like=A)
    by_norm = norm_factor * linalg.sqrt(2, like=A) * linalg.norm(E, "fro")
    bound = minimum(spread_factor * j * (e[-1] - e[0]), by_norm)
    return le(rotation(A, A + E, k) * gap_after(A, k), bound, scale=abs(A).max() + abs(E).max())


@within_the_gap.amend(
    r"\|\sin\Theta\|_F \le \min(\sqrt{\min(k, n-k)}(\lambda_{max} - \lambda_{min})(E), "
    r"\sqrt 2\|E\|_F)/\delta_k",
    reference="proof as of Yu, Wang and Samworth (2015), Theorem 2; approached by A = diag(0, 1), "
    "E = diag(t, −t), t ↓ 1/2",
    proofs=[trace_inequality],
)
def within_the_spread(A, E, k):
    return variational(1, 1, A, E, k)


@within_the_spread.mutant("49/50 of the spread")
def less_spread(A, E, k):
    return variational(Fraction(49, 50), 1, A, E, k)


@within_the_spread.mutant("49/50 of the Frobenius norm")
def less_frobenius(A, E, k):
    return variational(1, Fraction(49, 50), A, E, k)
