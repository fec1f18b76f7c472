r"""How far a sample of s edges, reweighted to be right on average, strays from its mean.

Of edges with weights w_e and total T, s are drawn with replacement, e with probability w_e / T, and
each draw adds the matrix of e times T / (s w_e): the mean of the sum is what all edges make.

    edges (i, j)    X = (T / s) e_i e_j^T:    R = T / s, not max w_e / s, and
                    sum E X X^T = (T / s) diag(row sums), sum E X^T X = (T / s) diag(column sums)
    pairs {i, j}    X = (T / s) b b^T with b = (e_i - e_j) / sqrt(D), which is what the pair adds to
                    I - W / D where all degrees are D:  R = 2 T / (s D), sum E X^2 = R L_B,
                    L_B the Laplacian of all pairs over D

X - E X has the same bounds: ||X - E X||^2 <= 2 R^2 (edges; see `edge_moments`), <= R^2 (pairs, as
0 <= X <= R), and E (X - E X)^2 <= E X^2.

References
----------
.. [T] J. A. Tropp, User-friendly tail bounds for sums of random matrices, Found. Comput. Math. 12
   (2012): Theorem 1.6, and 1.4 for symmetric matrices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral._checks import check_count, check_nonnegative, check_scalar, check_symmetric
from spectral._numbers import plain
from spectral.balls import enclosing_max, maximum
from spectral.laplacian import combinatorial


@dataclass(frozen=True)
class SamplingMoments:
    """What matrix Bernstein asks of the s summands X."""

    largest: object  # R, the norm of a summand X before its mean is taken off
    variance: object  # sigma^2 = max(||sum E X X^T||, ||sum E X^T X||)


def edge_moments(W, s: int) -> SamplingMoments:
    """R = T / s and sigma^2 = T max(row sum, column sum) / s for s directed edges of W >= 0.

    W, (N, M), holds the edges to be sampled only; T is its total.  For centred summands take
    sqrt(2) R: ||X - E X||_F^2 = ((T - w)^2 + sum of the other w^2) / s^2 <= 2 (T - w)^2 / s^2.
    """
    W, s = check_nonnegative(W, "W", ndim=2), check_count(s, "s", 1)
    total = W.sum()
    largest_sum = maximum(enclosing_max(W.sum(axis=1)), enclosing_max(W.sum(axis=0)))
    return SamplingMoments(plain(total / s), plain(total * largest_sum / s))


@dataclass(frozen=True)
class EdgeDraws:
    """The draws X that are possible, one a matrix, and their probabilities; s = 1."""

    matrices: np.ndarray  # (E, N, M)
    probabilities: np.ndarray  # (E,)

    def second_moments(self) -> tuple[np.ndarray, np.ndarray]:
        """E X X^T and E X^T X, by summing over all draws."""
        X, weighted = self.matrices, self.probabilities[:, None, None] * self.matrices
        of_rows = np.tensordot(weighted, X, axes=((0, 2), (0, 2)))
        return of_rows, np.tensordot(weighted, X, axes=((0, 1), (0, 1)))


def edge_draws(W) -> EdgeDraws:
    """Every draw of one edge of W >= 0, (N, M), that has a weight: T e_i e_j^T, T the total."""
    W = check_nonnegative(W, "W", ndim=2)
    at = np.flatnonzero(W.ravel() != 0)
    matrices = W.sum() * np.eye(W.size, dtype=int)[at].reshape(-1, *W.shape)
    return EdgeDraws(matrices, W.ravel()[at] / W.sum())


def pair_moments(W, degree, s: int) -> SamplingMoments:
    """R = 2 T / (s D) and sigma^2 = R ||L_B|| for s pairs of the symmetric W >= 0.

    W holds the pairs to be sampled only, T is their total (each pair once), D = `degree` that of
    every token in the whole graph.
    """
    W, s = check_nonnegative(check_symmetric(W, "W"), "W"), check_count(s, "s", 1)
    degree = check_scalar(degree, "degree", like=W, positive=True)
    largest = W.sum() / (s * degree)
    norm = linalg.eigvalsh(linalg.assume_symmetric(combinatorial(W) / degree))[-1]
    return SamplingMoments(plain(largest), plain(largest * norm))


def bernstein_radius(moments: SamplingMoments, dimension: int, delta):
    """t = sqrt(2 sigma^2 l) + 2 R l / 3, l = log(dimension / delta).

    Then P(||sum - mean|| > t) <= delta [T]_.  `dimension` is N + M for (N, M) matrices, 2N for
    symmetric ones of size N, and `largest` must bound the centred summands.  This t is at least
    R l / 3 + sqrt((R l / 3)^2 + 2 sigma^2 l), the root of l = (t^2 / 2) / (sigma^2 + R t / 3).
    """
    like = np.asarray(moments.largest)
    delta = check_scalar(delta, "delta", like=like, positive=True)
    level = linalg.log(check_count(dimension, "dimension", 1) / delta, like=like)
    gaussian = linalg.sqrt(2 * moments.variance * level, like=like)
    return plain(gaussian + 2 * moments.largest * level / 3)
