r"""What products with a few vectors prove of the largest eigenvalues of a symmetric A.

Let X be orthonormal, X^T A X = diag(theta), theta descending, and R = A X - X diag(theta).

    below    lambda_j >= theta_j                                       Cauchy's interlacing
    above    lambda_j <= lambda_j(diag(theta) + R^T R / (mu - rho))    for every j with that >= mu,

for every mu > rho, where rho^2 = ||A||_F^2 - 2 ||A X||_F^2 + ||theta||^2.

Proof of the second.  Complete X to an orthonormal basis [X, Z].  A in it has the blocks
diag(theta), C = Z^T A X with C^T C = R^T R, and B = Z^T A Z with ||B||_2 <= ||B||_F = rho.  For
t >= mu > rho the block t - B is positive definite, so A has as many eigenvalues above t as the
Schur complement diag(theta) - t + C^T (t - B)^-1 C has above 0, at most as many as
diag(theta) + R^T R / (mu - rho) has above t.

So a small rho shows that no eigenvalue is missing, and how close the next one can be: it needs
the squares of all weights, and enough vectors to account for most of their sum.  Without it the
residuals alone show that *some* eigenvalue is within ||r_j|| of theta_j [P]_.

References
----------
.. [P] B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM (1998): Theorems 4.5.1 and 10.1.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Proof:
    """Ritz pairs of A in the span of X, by descending value, and what is proved of A's."""

    values: np.ndarray  # (m,) theta
    vectors: np.ndarray  # (N, m)
    residuals: np.ndarray  # (m,) ||A x - theta x||, as computed
    above: np.ndarray  # (m,) lambda_j <= above_j; inf if the squares are not known
    smallest: float  # no eigenvalue of A is below; -inf likewise


def prove(X, AX, squares: float, rounding: float) -> Proof:
    """The proof from (N, m) images AX of orthonormal X.

    `squares` is ||A||_F^2, or inf if unknown.  `rounding` bounds the error of a product with a
    unit vector, and is added where it counts; that X is orthonormal only up to N eps is in it.
    """
    G = X.T @ AX
    theta, y = np.linalg.eigh((G + G.T) / 2)
    theta, y = theta[::-1], y[:, ::-1]
    X, AX = X @ y, AX @ y
    R = AX - X * theta
    residuals = np.linalg.norm(R, axis=0)
    if len(theta) == len(X):  # all of A: nothing is left, and Weyl's bound is enough
        within = np.linalg.norm(R) + 2 * rounding
        return Proof(theta, X, residuals, theta + within, float(theta[-1] - within))
    if not np.isfinite(squares):
        return Proof(theta, X, residuals, np.full(len(theta), np.inf), -np.inf)
    # A square is off by twice `rounding` of itself, and so is each of the sums below.
    slack = 4 * rounding * squares
    rho = np.sqrt(max(squares - 2 * np.vdot(AX, AX) + theta @ theta, 0.0) + slack)
    positive = theta[theta > 0]
    smallest = -np.sqrt(max(squares - positive @ positive, 0.0) + slack)
    return Proof(theta, X, residuals, _above(theta, R, rho, rounding), float(smallest))


def _above(theta, R, rho, rounding):
    """(m,) upper bounds: the best of a few mu, every one of which is right."""
    size = np.linalg.norm(R)
    coupling = R.T @ R
    # Of R by `rounding` in each column, of size sqrt(m) in all.
    error = rounding * np.sqrt(len(theta)) * (2 * size + rounding * np.sqrt(len(theta)))
    spread = rho + (size + rounding) * 4.0 ** np.arange(-3, 2)
    best = np.full(len(theta), np.inf)
    values = theta[theta > rho]
    for mu in (*spread, *values[:: len(values) // 8 + 1]):
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            bound = np.diag(theta) + coupling / (mu - rho)
        if mu > rho and np.isfinite(bound).all():
            reach = np.linalg.eigvalsh(bound)[::-1] + error / (mu - rho)
            best = np.minimum(best, np.maximum(mu, reach))
    return best + 2 * rounding
