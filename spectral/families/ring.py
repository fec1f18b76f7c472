"""The ring: n vertices on a circle, each tied to its two neighbours."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, cosine, room, versine, with_loops


@dataclass(frozen=True)
class Ring:
    """The walk on a circle of n >= 3 vertices.

    Eigenvalues  1 - cos(2 pi k / n), each 0 < k < n/2 twice    [Chung 1997, Example 1.5]
    Conductance  1 / floor(n/2): two edges cut off floor(n/2) vertices of degree 2
    Distance     P^t(0, x) = 1/n sum_k mu_k^t cos(2 pi k x / n), mu_k the eigenvalues of P
                 [Levin-Peres-Wilmer 2017, Section 12.3.1]; the walk is periodic for n even
    """

    n: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.n, "n", 3)

    def weights(self, *, exact: bool = False):
        step = np.roll(np.eye(self.n, dtype=int), 1, axis=1)
        return answer(with_loops(step + step.T, self.lazy), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer([Fraction(1, self.n)] * self.n, exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        turns = [(k + 1) // 2 for k in range(self.n)]  # 0, 1, 1, 2, 2, ...
        with room(exact):
            values = [versine(2 * k, self.n) / (1 + self.lazy) for k in turns]
        return answer(values, exact)

    def conductance(self, *, exact: bool = False):
        return answer(Fraction(1, self.n // 2 * (1 + self.lazy)), exact)

    def distance(self, t: int, *, exact: bool = False):
        t = check_count(t, "t", 0)
        with room(exact):
            total = sum(abs(self._deviation(x, t)) for x in range(self.n))
            return answer(total / 2, exact)

    def _deviation(self, x, t):
        """P^t(0, x) - 1/n."""
        mu = (1 - versine(2 * k, self.n) / (1 + self.lazy) for k in range(1, self.n))
        terms = (m**t * cosine(2 * k * x, self.n) for k, m in enumerate(mu, start=1))
        return sum(terms) / self.n
