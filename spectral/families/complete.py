"""The complete graph, without loops."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, with_loops


@dataclass(frozen=True)
class Complete:
    """The walk on n >= 2 vertices, all pairs tied by weight 1.

    Eigenvalues  0, and n / (n - 1) for n - 1 times    [Chung 1997, Example 1.1]
    Conductance  ceil(n/2) / (n - 1), at halves
    Distance     (1 - 1/n) |mu|^t, mu = 1 - n / (n - 1) the other eigenvalue of P, since
                 P^t = 1/n + mu^t (I - 1/n)

    With loops of weight 1, uniform attention, it is RankOne([1] * n, [1] * n).
    """

    n: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.n, "n", 2)

    @property
    def _gap(self):
        return Fraction(self.n, (self.n - 1) * (1 + self.lazy))

    def weights(self, *, exact: bool = False):
        W = 1 - np.eye(self.n, dtype=int)
        return answer(with_loops(W, self.lazy), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer([Fraction(1, self.n)] * self.n, exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        return answer([Fraction(0)] + [self._gap] * (self.n - 1), exact)

    def conductance(self, *, exact: bool = False):
        return answer(Fraction((self.n + 1) // 2, (self.n - 1) * (1 + self.lazy)), exact)

    def distance(self, t: int, *, exact: bool = False):
        mu = abs(1 - self._gap) ** check_count(t, "t", 0)
        return answer((1 - Fraction(1, self.n)) * mu, exact)
