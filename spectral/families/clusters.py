"""Ideal clusters: weight 1 inside, epsilon across."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, rational


@dataclass(frozen=True)
class IdealClusters:
    """k clusters of m vertices: W_ij = 1 inside a cluster (loops included), eps across, eps >= 0.

    Eigenvalues  0;  k eps / (1 + (k - 1) eps) for k - 1 times;  1 for k (m - 1) times
    Eigengap     lambda_{k+1} - lambda_k = (1 - eps) / (1 + (k - 1) eps), for k >= 2, m >= 2

    W = (1 - eps) I (x) J_m + eps J_km has the eigenvalues m (1 - eps + k eps), m (1 - eps) and 0,
    over the common degree m (1 + (k - 1) eps).  The gap falls with k: it is no Omega(1 - eps).
    """

    k: int
    m: int
    eps: Fraction | float

    def __post_init__(self):
        check_count(self.k, "k", 1)
        check_count(self.m, "m", 1)
        if self._eps < 0:
            raise ValueError(f"eps must be nonnegative, got {self.eps}")

    @property
    def _eps(self) -> Fraction:
        return rational(self.eps, "eps")

    @property
    def labels(self) -> np.ndarray:
        """(k m,) the cluster of each vertex."""
        return np.repeat(np.arange(self.k), self.m)

    def weights(self, *, exact: bool = False):
        inside = self.labels[:, None] == self.labels
        return answer(np.where(inside, Fraction(1), self._eps), exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        k, eps = self.k, self._eps
        low = k * eps / (1 + (k - 1) * eps)
        values = [Fraction(0)] + [low] * (k - 1) + [Fraction(1)] * (k * (self.m - 1))
        return answer(sorted(values), exact)

    def eigengap(self, *, exact: bool = False):
        """lambda_{k+1} - lambda_k; needs m >= 2, as there is no lambda_{k+1} else."""
        check_count(self.m, "m", 2)
        values = self.laplacian_eigenvalues(exact=True)
        return answer(values[self.k] - values[self.k - 1], exact)
