"""Graphs on which clusters of queries mislead: sparse attention loses the first eigenvectors.

Both are symmetric and positive, have constant degrees, and consist of m gadgets.  Whatever s edges
between clusters are sampled, and whatever weights they get, at least m - 2s gadgets keep no edge to
the outside of their clusters; each of these is an eigenvector of the sparse Laplacian for the
eigenvalue 0, hence among its first k, and orthogonal to all first k of the dense one.  So

    ||sin Theta(U_k, U~_k)||_F^2 >= m - 2s,    k = 2m the number of clusters.

There are no more than k zeros, as each cluster is connected: no choice among ties avoids it.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count, check_scalar
from spectral.families._exact import answer


@dataclass(frozen=True)
class TwinsAndSingles:
    """m >= 2 gadgets of three tokens, two of them twins; the clusters are the twins and the single.

    W = [[2, 2, 3], [2, 2, 3], [3, 3, 1]] within a gadget, 1 / (3 (m - 1)) between two; degrees 8.

    Eigenvalues   0;  (1 + 3 c) / 8, c = 1 / (3 (m - 1)), for m - 1 times;  1 for m times, with the
                  vectors (1, -1, 0);  5/4 for m times, with (1, 1, -2)
    Eigengap      1/4 after the first k = 2m
    Residual      0: twins have equal rows of W, hence equal queries
    ||L - L_c||   5/4, L_c without the edges between clusters: both commute with the twins' swap,
                  where L_c is 0 on vectors that are equal on twins, and L = L_c on the others

    A cluster alone is lost in (1, 1, -2), which is constant on clusters.
    """

    m: int

    def __post_init__(self):
        check_count(self.m, "m", 2)

    @property
    def tokens(self) -> int:
        """N = 3m."""
        return 3 * self.m

    @property
    def clusters(self) -> int:
        return 2 * self.m

    @property
    def labels(self) -> np.ndarray:
        """(N,) the cluster of each token."""
        return (2 * np.arange(self.m)[:, None] + [0, 0, 1]).ravel()

    def weights(self, *, exact: bool = False):
        gadget = np.array([[2, 2, 3], [2, 2, 3], [3, 3, 1]]).astype(object)
        same = np.eye(self.m, dtype=int)
        between = np.full((3, 3), Fraction(1, 3 * (self.m - 1)))
        return answer(np.kron(same, gadget) + np.kron(1 - same, between), exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        low = Fraction(self.m, 8 * (self.m - 1))
        values = [Fraction(0)] + [low] * (self.m - 1) + [Fraction(1)] * self.m
        return answer(values + [Fraction(5, 4)] * self.m, exact)

    def eigengap(self, *, exact: bool = False):
        """lambda_{k+1} - lambda_k."""
        return answer(Fraction(1, 4), exact)

    def cluster_error(self, *, exact: bool = False):
        """||L - L_c||_2."""
        return answer(Fraction(5, 4), exact)

    def least_rotation_squared(self, s: int) -> int:
        """A lower bound on ||sin Theta||_F^2, whatever s edges are sampled."""
        return max(self.m - 2 * check_count(s, "s", 0), 0)


@dataclass(frozen=True)
class CrossedClusters:
    """m >= 2 gadgets of two blocks of 2n tokens; each half block is clustered with the other's.

    W is 1 within a block, and c = 1 / (2m - 1) between blocks; degrees 4n.  A gadget's tokens are
    n of each kind 0, 1, 2, 3; blocks are {0, 2} and {1, 3}, clusters {0, 1} and {2, 3}.

    Eigenvalues   0;  (1 + c) / 2 for k - 1 times;  1 for N - k times
    Eigengap      (1 - c) / 2 after the first k = 2m, whose vectors are constant on blocks
    ||L - L_c||   1, on the vectors + + - - that tell a gadget's clusters apart, which are lost
    Residual      as small as one likes: see `queries_and_keys`

    N = 4mn, so that k = sqrt(N) for n = m.
    """

    m: int
    n: int

    def __post_init__(self):
        check_count(self.m, "m", 2)
        check_count(self.n, "n", 1)

    @property
    def tokens(self) -> int:
        """N = 4mn."""
        return 4 * self.m * self.n

    @property
    def clusters(self) -> int:
        return 2 * self.m

    @property
    def labels(self) -> np.ndarray:
        """(N,) the cluster of each token."""
        return np.repeat((2 * np.arange(self.m)[:, None] + [0, 0, 1, 1]).ravel(), self.n)

    @property
    def blocks(self) -> np.ndarray:
        """(N,) the block of each token: the clusters that W has."""
        return np.repeat((2 * np.arange(self.m)[:, None] + [0, 1, 0, 1]).ravel(), self.n)

    @property
    def _across(self):
        return Fraction(1, 2 * self.m - 1)

    def weights(self, *, exact: bool = False):
        same = self.blocks[:, None] == self.blocks
        return answer(np.where(same, Fraction(1), self._across), exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        k, low = self.clusters, (1 + self._across) / 2
        return answer([Fraction(0)] + [low] * (k - 1) + [Fraction(1)] * (self.tokens - k), exact)

    def eigengap(self, *, exact: bool = False):
        """lambda_{k+1} - lambda_k."""
        return answer((1 - self._across) / 2, exact)

    def cluster_error(self, *, exact: bool = False):
        """||L - L_c||_2."""
        return answer(Fraction(1), exact)

    def least_rotation_squared(self, s: int) -> int:
        """A lower bound on ||sin Theta||_F^2, whatever s edges are sampled."""
        return max(self.m - 2 * check_count(s, "s", 0), 0)

    def queries_and_keys(self, spread: float) -> tuple[np.ndarray, np.ndarray]:
        """q, k of shape (N, 2k), k = 2m, with exp(q k^T / sqrt(2k)) = W to rounding.

        q_i = (e_cluster, spread e_block), and the keys see its second half alone.  These clusters
        have the residual N spread^2 / 2, and are the optimum of k-means once that is below 1: two
        points of different clusters in one cost at least 1.
        """
        spread = check_scalar(spread, "spread", like=np.zeros(1), positive=True)
        k = self.clusters
        block, cluster = np.eye(k)[self.blocks], np.eye(k)[self.labels]
        logs = np.log(float(self._across)) * (1 - block)
        keys = np.hstack([0 * cluster, logs * np.sqrt(2 * k) / spread])
        return np.hstack([cluster, spread * block]), keys
