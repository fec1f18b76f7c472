"""Dense linear algebra in balls: every answer encloses the exact one.

Where all entries remember rationals the exact routines answer, since no width of ball can tell
a zero from a small number.  Else: solves, inverses and determinants are Arb's, symmetric
eigenproblems those of `_eigen_ball`.
"""

import flint
import numpy as np

from spectral import _eigen_ball, _linalg_exact, _rational_eigen
from spectral._ball import Ball, Undecided
from spectral._rational_eigen import is_cheap, remembered
from spectral.balls import ComplexBall, enclosing_max, sqrt_nonnegative, to_balls

eigh = _eigen_ball.eigh
spectral_projector = _eigen_ball.spectral_projector
_LARGE = 16  # from here on singular values are worth a cheaper try; by choice


def check_symmetric(A):
    """A, if each A_ij is proved equal to A_ji: one object, or rationals that are remembered."""
    A = to_balls(A) if not all(isinstance(x, Ball) for x in A.flat) else A
    for i, j in zip(*np.tril_indices(len(A), -1), strict=True):
        try:
            equal = A[i, j] == A[j, i]
        except Undecided as error:
            raise Undecided(f"symmetry of A is not proved, see assume_symmetric: {error}") from None
        if not equal:
            _refuse(A[i, j], A[j, i], i, j)
    return A


def assume_symmetric(A):
    A = to_balls(A)
    for i, j in zip(*np.tril_indices(len(A), -1), strict=True):
        a, b = A[i, j], A[j, i]
        known = a.exact is not None and b.exact is not None
        if a != b if known else not a.arb.overlaps(b.arb):
            _refuse(a, b, i, j)
        A[i, j] = A[j, i] = a if known else Ball(a.arb.intersection(b.arb))
    return A


def _refuse(a, b, i, j):
    raise ValueError(f"A must be symmetric, got A[{i}, {j}] = {a!r}, A[{j}, {i}] = {b!r}")


# Eigenvalues and what follows from them -----------------------------------------------------


def eigvalsh(A):
    M = remembered(A)
    values = None if M is None else _rational_eigen.real_eigenvalues(M)
    return _eigen_ball.eigvalsh(A) if values is None else values


def eigvals(A):
    M = remembered(A)
    if M is not None and is_cheap(M):
        return _rational_eigen.eigenvalues(M)
    try:
        found = flint.acb_mat(_intervals(A)).eig(multiple=True)
    except ValueError as error:
        raise Undecided(f"the eigenvalues of A were not enclosed: {error}") from error
    values = [
        ComplexBall(Ball(z.real), Ball(0 if _is_real(z, found[:k] + found[k + 1 :]) else z.imag))
        for k, z in enumerate(found)
    ]
    return np.array(values, object)


def _is_real(z, others):
    """Whether the one eigenvalue in z is proved real.

    The conjugate is an eigenvalue of a real matrix too.  Where the mirror image of z meets none
    of the other enclosures, it must be the same one.
    """
    mirror = flint.acb(z.real, -z.imag)
    return not any(w.overlaps(mirror) for w in others)


def svdvals(A):
    A = to_balls(A)
    m, n = A.shape
    if min(m, n) <= 1:
        return np.array([sqrt_nonnegative((A**2).sum())] if A.size else [], object)
    M = remembered(A)
    squares = None if M is None else _rational_eigen.real_eigenvalues(_smaller_gram(M))
    if squares is not None:
        return np.sqrt(squares[::-1])
    if min(m, n) > _LARGE:
        squares = _eigen_ball.eigvalsh(_array(_smaller_gram(_intervals(A))))
        if all(x.arb > 0 for x in squares):
            return np.sqrt(squares[::-1])
    # Why not always so: a ball of width d around 0 has a root of width sqrt(d).  The eigenvalues
    # of [[0, A], [A^T, 0]] are +-sigma, at eight times the cost.
    doubled = to_balls(np.zeros((m + n, m + n), int))
    doubled[:m, m:], doubled[m:, :m] = A, A.T
    descending = _eigen_ball.eigvalsh(doubled)[::-1][: min(m, n)]
    return np.array([Ball(x.arb.nonnegative_part()) for x in descending], object)


def _smaller_gram(M):
    wide = M.nrows() < M.ncols()
    return M * M.transpose() if wide else M.transpose() * M


def inertia(A):
    M = remembered(A)
    if M is not None:
        return _linalg_exact.inertia_of(M)
    positive = [bool(x > 0) for x in eigvalsh(A) if x != 0]
    return positive.count(False), len(A) - len(positive), positive.count(True)


def rank(A):
    M = remembered(A)
    if M is not None:
        return M.rank()
    # `arb > 0` is a proof where true; where it is false, sigma may be zero or small.
    if not all(x.arb > 0 for x in svdvals(A)):
        raise Undecided(f"the rank of A, of shape {A.shape}, is not proved to be full")
    return min(A.shape)


# Equations, powers, functions -----------------------------------------------------------------


def solve(A, b):
    M, N = remembered(A), remembered(b)
    if M is not None and N is not None:
        return to_balls(_linalg_exact.solution(M, N))
    try:
        return _array(_intervals(A).solve(_intervals(b)))
    except ZeroDivisionError as error:
        raise Undecided(f"A is not proved nonsingular at {flint.ctx.prec} bits") from error


def inv(A):
    return solve(A, np.eye(len(A), dtype=int).astype(object))


def det(A):
    M = remembered(A)
    return Ball(M.det() if M is not None else _intervals(A).det())


def matrix_power(A, t):
    M = remembered(A)
    if M is not None:
        return to_balls(_linalg_exact.to_array(M**t))
    return _array(_intervals(A) ** t)


def sqrt(x):
    return np.sqrt(to_balls(x))


def exp(x):
    return np.exp(to_balls(x))


def log(x):
    return np.log(to_balls(x))


def _intervals(A):
    return flint.arb_mat(*A.shape, [Ball(x).arb for x in A.flat])


def _array(M):
    array = np.empty((M.nrows(), M.ncols()), object)
    array.flat = [Ball(x) for x in M.entries()]
    return array


largest = enclosing_max
