"""Dense linear algebra in float64, real or complex: LAPACK, and tolerances with their reasons."""

import numpy as np

_EPS = np.finfo(float).eps


def _check_symmetric(A, within, remedy):
    gap = np.abs(A - A.conj().T).max(initial=0)
    if gap > within * np.abs(A).max(initial=0):
        raise ValueError(f"A must be symmetric, got max |A - A^T| = {gap:.2e}{remedy}")


def check_symmetric(A):
    # An entry that is an inner product of length n is rounded by at most n eps times its terms;
    # the factor 4, for two entries and a scaling on each side, is by choice.
    _check_symmetric(A, 4 * len(A) * _EPS, "; see assume_symmetric")
    return A


def assume_symmetric(A):
    _check_symmetric(A, np.sqrt(_EPS), "")
    return np.tril(A) + np.tril(A, -1).conj().T


def eigvals(A):
    return np.linalg.eigvals(A).astype(complex)


def eigvalsh(A):
    return np.linalg.eigvalsh(A)  # reads the lower triangle


def eigh(A):
    return np.linalg.eigh(A)


def spectral_projector(A, inside):
    values, vectors = np.linalg.eigh(A)
    gap = np.abs(values[inside][:, None] - values[~inside]).min(initial=np.inf)
    if gap <= len(A) * _EPS * np.abs(values).max(initial=0):  # the solver's own backward error
        raise ArithmeticError(f"the block must be apart from the other eigenvalues, got gap {gap}")
    U = vectors[:, inside]
    return U @ U.conj().T


def svdvals(A):
    return np.linalg.svd(A, compute_uv=False)


def inertia(A):
    values = np.linalg.eigvalsh(A)
    zero = len(A) * _EPS * np.abs(values).max(initial=0)
    return (values < -zero).sum(), (np.abs(values) <= zero).sum(), (values > zero).sum()


def solve(A, b):
    try:
        return np.linalg.solve(A, b)
    except np.linalg.LinAlgError as error:
        raise ArithmeticError(f"A must be nonsingular: {error}") from error


def inv(A):
    return solve(A, np.eye(len(A)))


def det(A):
    return np.linalg.det(A)


def rank(A):
    return np.linalg.matrix_rank(A) if A.size else 0


def matrix_power(A, t):
    return np.linalg.matrix_power(np.asarray(A, np.result_type(A, float)), t)


def largest(row):
    return row.max()


def sqrt_nonnegative(x):
    return np.sqrt(x)  # a sum of squares of floats is not negative


sqrt, exp, log = np.sqrt, np.exp, np.log
