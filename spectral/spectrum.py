"""Spectra with their residuals, and a word on what is missing from them.

What a residual r = ||A v - lambda v||_2 of a unit vector proves:

    A symmetric     some eigenvalue lies within r of lambda, and within r^2 / gap of a Rayleigh
                    quotient, gap being the distance to the next one [P]_ (Theorem 11.7.1)
    A otherwise     lambda is an eigenvalue of a matrix within r of A, no more: to first order the
                    eigenvalues themselves may be off by r times their condition [GVL]_ (7.2.2)

A random-walk Laplacian of a *symmetric* W is similar to a symmetric matrix and is solved there:
its spectrum is real.  Of a directed W it is complex: take `general_spectrum(random_walk(W))`.

References
----------
.. [P] B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM (1998).
.. [GVL] G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. (2013).
"""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import check_square, check_symmetric
from spectral._sparse_spectrum import (
    EigenvalueCount,
    count_below,
    smallest_eigenpairs,
    smallest_laplacian_eigenpairs,
)
from spectral._spectrum import Spectrum, from_symmetric, to_random_walk
from spectral.balls import has_balls
from spectral.graph import degrees
from spectral.laplacian import random_walk, symmetric_normalized


def symmetric_spectrum(A) -> Spectrum:
    """All n eigenpairs of a symmetric A, real, in floats or balls."""
    A = check_symmetric(A, "A")
    pairs = linalg.eigh(A)
    return from_symmetric(A, pairs.values, pairs.vectors, np.inf)


def general_spectrum(A) -> Spectrum:
    """All n eigenpairs of a square float A, complex whatever they turn out to be.

    A defective eigenvalue shows in its condition, which grows without bound (1e8 and more).
    """
    from scipy.linalg import eig

    A = check_square(A, "A", real=False)
    if A.dtype == object:
        raise TypeError("general_spectrum takes floats; of balls, linalg.eigvals gives the values")
    values, left, right = eig(A, left=True, right=True)
    order = np.lexsort((values.imag, values.real))
    values, left, right = values.astype(complex)[order], left[:, order], right[:, order]
    with np.errstate(divide="ignore"):
        conditions = 1 / np.abs((left.conj() * right).sum(axis=0))
    residuals = np.linalg.norm(A @ right - right * values, axis=0)
    return Spectrum(values, right, residuals, conditions, np.inf)


def laplacian_eigenvalues(W):
    """(N,) real eigenvalues of I - D^-1 W, ascending, for a symmetric W; in [0, 2].

    Floats: of the symmetric form, right to a few N eps absolutely.  Balls: where W remembers
    rationals, of the rational matrix itself, so that lambda_2 = 0 is decided.

    *Hypothesis:* W >= 0 is symmetric, without a zero row.  Fractions: TypeError.
    """
    W = check_symmetric(W, "W")
    if has_balls(W):
        from spectral._rational_eigen import real_eigenvalues, remembered

        M = remembered(random_walk(W))
        exact = None if M is None else real_eigenvalues(M)
        if exact is not None:
            return exact
    return linalg.eigvalsh(symmetric_normalized(W))


def nonzero_laplacian_eigenvalues(W):
    """(N - 1,) eigenvalues of I - D^-1 W but for one 0, complex, in no order, for any W.

    Those of L on functions modulo constants, in the coordinates f_i - f_N.  Floats and balls.
    """
    L = random_walk(W)
    return linalg.eigvals(L[:-1, :-1] - L[-1:, :-1])


def random_walk_spectrum(W) -> Spectrum:
    """All eigenpairs of I - D^-1 W for a symmetric W, values real, solved on the symmetric form.

    The vectors are right eigenvectors of I - D^-1 W, of unit length, so not orthogonal unless W
    is regular; they are orthogonal in <f, g>_D.  Residuals are those of the symmetric form, and
    so bound the error of the values.
    """
    W = check_symmetric(W, "W")
    found = symmetric_spectrum(symmetric_normalized(W))
    right, conditions = to_random_walk(found.vectors, degrees(W))
    return Spectrum(found.values, right, found.residuals, conditions, np.inf)


__all__ = [
    "EigenvalueCount",
    "Spectrum",
    "count_below",
    "general_spectrum",
    "laplacian_eigenvalues",
    "nonzero_laplacian_eigenvalues",
    "random_walk_spectrum",
    "smallest_eigenpairs",
    "smallest_laplacian_eigenpairs",
    "symmetric_spectrum",
]
