"""Ranks of attention and of representations: effective, affine, and what LayerNorm does to them.

The affine rank of X (n, d) is rank [X, 1]: one more than the dimension of the affine hull of the
rows.  LayerNorm sends a row x to gamma * (x - mean) / sigma + beta.  Writing P for the centring
I - 11^T/d and sigma for the vector of row deviations, rank [LN(X), 1] = rank [XP, sigma]:
multiplying rows by sigma, and undoing gamma and beta, are invertible.

References: Roy and Vetterli, The effective rank, EUSIPCO 2007; Cirrincione, Rank, Head-Channel
Non-Identifiability, and Symmetry Breaking (2026), Method 1.
"""

import numpy as np

from spectral import linalg
from spectral._checks import check_array


def effective_rank(A) -> float:
    """exp(H(s / sum s)), s the singular values of A: a number in [1, rank A]."""
    s = linalg.svdvals(check_array(A, "A", ndim=2))
    if s[0] == 0:
        raise ValueError("A must not be zero: its singular values have no distribution")
    p = s[s > 0] / s.sum()
    return np.exp(-(p * np.log(p)).sum())


def affine_rank(X) -> int:
    """rank [X, 1] of the rows of X (n, d): the affine hull's dimension plus one."""
    X = check_array(X, "X", ndim=2)
    return linalg.rank(_beside(X, X[:, 0] * 0 + 1))


def centred(X) -> np.ndarray:
    """XP: every row minus its mean, (n, d)."""
    X = check_array(X, "X", ndim=2)
    return X - X.sum(axis=1, keepdims=True) / X.shape[1]


def row_deviations(X) -> np.ndarray:
    """sigma_i = sqrt(mean (x_ij - mean_i)^2): (n,)."""
    C = centred(X)
    variances = (C * C).sum(axis=1) / C.shape[1]
    roots = np.empty_like(variances)
    roots[:] = [linalg.sqrt(v, like=C) for v in variances]
    return roots


def layer_norm(X, gamma=1, beta=0) -> np.ndarray:
    """gamma * (x - mean) / sigma + beta, row by row: (n, d); no epsilon is added.

    *Raises* ValueError where a row is constant: its deviation is 0.
    """
    sigma = row_deviations(X)
    constant = [i for i, s in enumerate(sigma) if s == 0]
    if constant:
        raise ValueError(f"X must have no constant row, got row {constant[0]} constant")
    return centred(X) / sigma[:, None] * gamma + beta


def adjoins_direction(A, v) -> bool:
    """Whether the column v (n,) is outside the column space of A (n, m)."""
    return linalg.rank(_beside(A, v)) == linalg.rank(A) + 1


def _beside(A, v) -> np.ndarray:
    return np.concatenate([A, v[:, None]], axis=1)
