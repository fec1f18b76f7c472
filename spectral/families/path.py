"""The path: 0 - 1 - ... - (n-1), all weights 1."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, by_degree, room, versine, with_loops


@dataclass(frozen=True)
class Path:
    """The walk on a path of n >= 2 vertices: the narrowest bottleneck of a connected graph.

    Eigenvalues  1 - cos(pi k / (n - 1)), k = 0 .. n-1    [Chung 1997, Example 1.4]
    Conductance  1 / (2 floor(n/2) - 1): cut one edge in the middle; the smaller side has
                 floor(n/2) vertices, one of them of degree 1
    """

    n: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.n, "n", 2)

    def weights(self, *, exact: bool = False):
        W = np.eye(self.n, k=1, dtype=int) + np.eye(self.n, k=-1, dtype=int)
        return answer(with_loops(W, self.lazy), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer(by_degree(self.weights()), exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        with room(exact):
            values = [versine(k, self.n - 1) / (1 + self.lazy) for k in range(self.n)]
        return answer(values, exact)

    def conductance(self, *, exact: bool = False):
        return answer(Fraction(1, (2 * (self.n // 2) - 1) * (1 + self.lazy)), exact)
