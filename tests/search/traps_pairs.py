r"""True statements on symmetric matrices, at equality and where floats fail.

Eigenvalues ascend, gap = lambda_2 - lambda_1, Theta is the angle between first eigenvectors.
"""

from fractions import Fraction

import numpy as np

from spectral import linalg
from verify import eq, ge, gt, le
from verify.given import symmetric_matrices, symmetric_pairs

from .planted_pairs import first_gap_is_positive, gap, norm, sines_squared, values
from .planting import Table, beginning_with

pairs = Table("traps/pairs1", "true of symmetric perturbations")


def mixed_gap(A, E):
    return values(A + E)[1] - values(A)[0]


def the_mixed_gap_is_positive(A, E):
    return len(A) > 1 and gt(mixed_gap(A, E), 0)


# Davis and Kahan (1970).  At E = 0 rounding alone turns eigenvectors.
@pairs.true(
    r"\sin\Theta \le \|E\|_2 / (\lambda_2(A+E) - \lambda_1(A))",
    given=symmetric_pairs(),
    where=the_mixed_gap_is_positive,
)
def davis_kahan(A, E):
    return le(sines_squared(A, A + E, 1) * mixed_gap(A, E) ** 2, norm(E) ** 2)


# Yu, Wang and Samworth (2015); 2 is met as E swaps lambda_1 and lambda_2, at A + E = c I.
@pairs.true(
    r"\sin\Theta \le 2 \|E\|_2 / gap(A)",
    given=symmetric_pairs(min_n=2),
    where=first_gap_is_positive,
)
def yu_wang_samworth(A, E):
    return le(sines_squared(A, A + E, 1) * gap(A) ** 2, 4 * norm(E) ** 2)


# Weyl (1912); equality for E = c I, and for E = 0.
@pairs.true(r"|\lambda_k(A+E) - \lambda_k(A)| \le \|E\|_2", given=symmetric_pairs())
def weyl(A, E):
    return le(abs(values(A + E) - values(A)), norm(E))


# Weyl twice; equality where A + E = c I: gap(A) = 1, E = diag(1/2, -1/2).
@pairs.true(r"gap(A+E) \ge gap(A) - 2\|E\|_2", given=symmetric_pairs(min_n=2))
def gap_moves_twice(A, E):
    return ge(gap(A + E), gap(A) - 2 * norm(E), scale=norm(A))


# Hoffman and Wielandt (1953); equality for diagonal A and E that keep the order.
@pairs.true(
    r"\sum_k |\lambda_k(A+E) - \lambda_k(A)|^2 \le \|E\|_F^2",
    given=symmetric_pairs(),
)
def hoffman_wielandt(A, E):
    return le(((values(A + E) - values(A)) ** 2).sum(), linalg.norm_squared(E))


# Boettcher and Wenzel (2008); equality at diag(1, -1), [[0, 1], [1, 0]].
@pairs.true(
    r"\|AE - EA\|_F \le \sqrt2 \|A\|_F \|E\|_F",
    given=beginning_with(symmetric_pairs(), (np.diag([1.0, -1.0]), np.fliplr(np.eye(2)))),
)
def commutator(A, E):
    return le(
        linalg.norm_squared(A @ E - E @ A), 2 * linalg.norm_squared(A) * linalg.norm_squared(E)
    )


# A + E = c I, for c = tr A: all eigenvalues are c.
@pairs.true(r"\lambda_k(A + (c I - A)) = c", given=symmetric_matrices())
def multiple_of_the_identity(A):
    c = np.diagonal(A).sum()
    E = c * np.eye(len(A), dtype=int) - A
    return eq(values(A + E), c)


# It has the eigenvectors of A.  In floats 10^6 I rounds differences of 1e-10 away.
@pairs.true(
    r"A + 10^6 I has the first eigenvector of A",
    given=beginning_with(
        symmetric_matrices(min_n=2), np.array([[0.3, 3e-10], [3e-10, 0.3 + 1e-10]])
    ),
    where=lambda A: gt(gap(A), 0),
)
def shifted_eigenvector(A):
    return eq(sines_squared(A, A + 10**6 * np.eye(len(A), dtype=int), 1), 0, scale=1)


# Congruence by diag(1, 10^-20, 1, ...) keeps the rank (Sylvester); a rank of floats does not.
@pairs.true(r"rank(D A D) = rank(A), D regular", given=symmetric_matrices())
def rank_of_congruent(A):
    D = np.ones(len(A), int) * (A[0, 0] * 0 + 1)
    D[1:2] = D[1:2] * (D[0] / 10**20)
    return eq(linalg.rank(A * np.outer(D, D)), linalg.rank(A))


# By definition.  But NumPy's inverse knows floats only, and Hilbert's matrix of 12 is beyond it.
@pairs.true(
    r"\|A A^{-1} - I\|_F \le 1/1000",
    given=beginning_with(
        symmetric_matrices(),
        1 / (np.arange(12)[:, None] + np.arange(12) + 1.0),
    ),
)
def inverse_of_floats(A):
    product = A @ np.linalg.inv(A)
    return le(linalg.norm_squared(product - np.eye(len(A), dtype=int)), Fraction(1, 10**6))
