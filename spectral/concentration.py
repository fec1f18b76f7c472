"""Matrix Bernstein, and the law it bounds, for signs: sum eps_i A_i with eps_i = +-1.

    P(||sum X_i|| >= t) <= (d1 + d2) exp(-(t^2 / 2) / (sigma^2 + R t / 3)),
    sigma^2 = max(||sum E X_i X_i^T||, ||sum E X_i^T X_i||),   R >= ||X_i|| almost surely.

References: Tropp, User-friendly tail bounds for sums of random matrices, Found. Comput. Math. 12
(2012), Theorem 1.6.
"""

from fractions import Fraction
from itertools import product

import numpy as np

from spectral import linalg
from spectral._checks import check_array, check_count, check_scalar
from spectral.balls import enclosing_max

_MOST = 16  # 2^16 norms; a choice


def bernstein_bound(A, t):
    """The bound for X_i = +-A_i with fair signs, a number; A is (n, d1, d2), t >= 0."""
    A = check_array(A, "A", ndim=3)
    t = check_scalar(t, "t", like=A)
    rows = sum((a @ a.T for a in A[1:]), A[0] @ A[0].T)
    columns = sum((a.T @ a for a in A[1:]), A[0].T @ A[0])
    variance = enclosing_max(np.array([_largest(rows), _largest(columns)]))
    R = enclosing_max(np.array([linalg.norm(a, "spectral") for a in A]))
    exponent = (t * t / 2) / (variance + R * t / 3)
    return (A.shape[1] + A.shape[2]) * np.exp(-exponent)


def sign_tail(A, t):
    """P(||sum eps_i A_i|| >= t) over fair signs, exactly: a Fraction; A is (n, d1, d2).

    In balls the comparison of a norm with t decides or raises Undecided.
    """
    A = check_array(A, "A", ndim=3)
    check_count(len(A), "the number of matrices", 1, _MOST)
    signs = list(product((1, -1), repeat=len(A)))
    norms = (_norm(sum(s * a for s, a in zip(row, A, strict=True))) for row in signs)
    return Fraction(sum(bool(norm >= t) for norm in norms), len(signs))


def _norm(S):
    return linalg.norm(S, "spectral")


def _largest(G):
    return linalg.eigvalsh(linalg.assume_symmetric(G))[-1]
