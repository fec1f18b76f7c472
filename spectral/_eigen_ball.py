"""Symmetric eigenproblems in balls: enclosures that shrink with the working precision.

An approximate orthogonal eigenbasis X is found without any claim of rigour (LAPACK, then Jacobi
sweeps in multiprecision), and everything proved is proved from X afterwards:

    values     B = X^T A X and e = ||I - X^T X||_F < 1.  By Ostrowski [HJ]_ (Theorem 4.5.9) the
               k-th eigenvalue of B is t_k times that of A, |t_k - 1| <= e; by Weyl it is within
               ||B - diag d||_F of the k-th smallest of any numbers d.
    subspaces  R = A U - U diag(d) for columns U of X.  For an eigenvector v outside,
               v^T R = (lambda - d_j) v^T u_j entry by entry, so the sines of the angles are at
               most ||R||_F / (gap * smallest singular value of U) in Frobenius norm.  This is
               Davis and Kahan's sin theta theorem [DK]_ with a basis that is not orthonormal.

So position k means the k-th smallest with multiplicity, and multiple eigenvalues do no harm.

References
----------
.. [HJ] R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed. (2013).
.. [DK] C. Davis, W. M. Kahan, The rotation of eigenvectors by a perturbation. III,
   SIAM J. Numer. Anal. 7 (1970).
"""

import flint
import numpy as np

from spectral._ball import Ball, Undecided
from spectral._jacobi import eigenbasis
from spectral.balls import precision, to_balls

_GUARD = 32  # extra bits while proving; by choice, a few more than log2(n^2) at the largest n


def eigvalsh(A):
    """(n,) balls, the k-th around the k-th smallest eigenvalue."""
    with precision(flint.ctx.prec + _GUARD):
        return _array(Ball(x) for x in _Basis(A).values)


def eigh(A):
    """Eigenvalues, and eigenvectors for simple ones: an array (n,) and an array (n, n)."""
    with precision(flint.ctx.prec + _GUARD):
        basis = _Basis(A)
        columns = [basis.unit_vector(k) for k in range(len(A))]
        values = _array(Ball(x) for x in basis.values)
    return values, _array(x for row in columns for x in row).reshape(A.shape).T


def spectral_projector(A, inside):
    """P = U (U^T U)^-1 U^T, each entry widened by ||sin Theta||, which bounds |P - P_true|."""
    if inside.all() or not inside.any():
        return to_balls(np.eye(len(A), dtype=int) * int(inside.any()))
    block = np.flatnonzero(inside).tolist()
    with precision(flint.ctx.prec + _GUARD):
        basis = _Basis(A)
        U = basis.columns(block)
        P = U * (U.transpose() * U).solve(U.transpose())
        error = flint.arb(0, basis.sine(block).upper())
        return _array(Ball(x + error) for x in P.entries()).reshape(A.shape)


class _Basis:
    """An approximate eigenbasis X of a symmetric A, sorted, and what is proved of it."""

    def __init__(self, A):
        self.n = n = len(A)
        self.A = flint.arb_mat(n, n, [x.arb for x in A.flat])
        X = eigenbasis(self.A)
        B = X.transpose() * self.A * X
        order = sorted(range(n), key=lambda k: B[k, k].mid())  # points, so always decided
        self.d = [B[k, k].mid() for k in order]
        self.X = self._take(X, order)
        self.skew = _frobenius(self.X.transpose() * self.X - _diagonal([flint.arb(1)] * n))
        if not self.skew < 1:
            raise Undecided("no eigenbasis was found: the entries of A are too wide")
        off = _frobenius(self.X.transpose() * self.A * self.X - _diagonal(self.d))
        self.values = [(d + flint.arb(0, off)) / (1 + flint.arb(0, self.skew)) for d in self.d]

    def columns(self, block):
        return self._take(self.X, block)

    def unit_vector(self, k):
        """Balls around the unit eigenvector of the k-th eigenvalue."""
        x = self.columns([k])
        length = (x.transpose() * x)[0, 0].sqrt()
        # |v - x| = 2 sin(theta / 2) <= sqrt(2) sin(theta) for the nearer of v and -v.
        error = flint.arb(0, (flint.arb(2).sqrt() * self.sine([k])).upper())
        return [Ball(y / length + error) for y in x.entries()]

    def sine(self, block):
        """Bound on ||sin Theta||_F between the span of `block` and the true eigenspace."""
        outside = [self.values[k] for k in range(self.n) if k not in block]
        if any(self.values[k].overlaps(x) for k in block for x in outside):
            raise Undecided(
                f"eigenvalues at positions {block} are not proved apart from the others"
            )
        gaps = [abs(x - self.d[k]).lower() for k in block for x in outside]
        U = self.columns(block)
        residual = _frobenius(self.A * U - U * _diagonal([self.d[k] for k in block]))
        gap = min(gaps, default=flint.arb("inf"))
        return residual / (gap * (1 - self.skew).sqrt())

    def _take(self, X, block):
        n = X.nrows()
        return flint.arb_mat(n, len(block), [X[i, k] for i in range(n) for k in block])


def _frobenius(M):
    """Upper bound on the Frobenius norm, a point."""
    return sum((x.abs_upper() ** 2 for x in M.entries()), flint.arb(0)).sqrt().upper()


def _diagonal(values):
    n = len(values)
    zero = flint.arb(0)
    return flint.arb_mat(n, n, [values[i] if i == j else zero for i in range(n) for j in range(n)])


def _array(values):
    values = list(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array
