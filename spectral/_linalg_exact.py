"""Dense linear algebra on rationals, exact: `flint.fmpq_mat`.

What is irrational in general (eigenvalues, singular values) raises TypeError, as NumPy does
where an object has no such method, and the caller goes on to balls.
"""

from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np

from spectral._ball_values import value_of
from spectral.balls import rational_sqrt


def to_matrix(A):
    return flint.fmpq_mat(*A.shape, [value_of(x) for x in A.flat])


def to_array(M):
    array = np.empty((M.nrows(), M.ncols()), object)
    array.flat = [_fraction(x) for x in M.entries()]
    return array


def _fraction(x):
    return Fraction(int(x.p), int(x.q))


def check_symmetric(A):
    unequal = np.argwhere(A != A.T)
    if unequal.size:
        i, j = unequal[0]
        raise ValueError(
            f"A must be symmetric, got A[{i}, {j}] = {A[i, j]}, A[{j}, {i}] = {A[j, i]}"
        )
    return A


assume_symmetric = check_symmetric


def _irrational(what):
    def refuse(*_):
        raise TypeError(f"{what} of rationals are irrational in general: take balls or floats")

    return refuse


eigvals = eigvalsh = _irrational("eigenvalues")
eigh = spectral_projector = _irrational("eigenvectors")
svdvals = _irrational("singular values")
exp = _irrational("exponentials")
log = _irrational("logarithms")


def sqrt(x):
    return np.frompyfunc(rational_sqrt, 1, 1)(x)


sqrt_nonnegative = sqrt


def solve(A, b):
    return solution(to_matrix(A), to_matrix(b))


def solution(M, N):
    try:
        return to_array(M.solve(N))
    except ZeroDivisionError as error:
        raise ArithmeticError("A must be nonsingular, got det A = 0") from error


def inv(A):
    return solve(A, np.eye(len(A), dtype=int))


def det(A):
    return _fraction(to_matrix(A).det())


def rank(A):
    return to_matrix(A).rank()


def matrix_power(A, t):
    return to_array(to_matrix(A) ** t)


def largest(row):
    return row.max()


def inertia(A):
    return inertia_of(to_matrix(A))


def inertia_of(M):
    """By Descartes' rule of signs, which counts exactly where all roots are real.

    The characteristic polynomial of a symmetric matrix is such: as many positive roots as sign
    changes in its coefficients, as many zero roots as it has factors t.
    """
    coefficients = M.charpoly().coeffs()
    signs = [x > 0 for x in coefficients if x != 0]
    zero = next(k for k, x in enumerate(coefficients) if x != 0)
    positive = sum(a != b for a, b in pairwise(signs))
    return M.nrows() - zero - positive, zero, positive
