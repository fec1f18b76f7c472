"""Complete bipartite graphs, the star among them."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, by_degree, with_loops


@dataclass(frozen=True)
class CompleteBipartite:
    """The walk on a + b vertices, the first a tied to each of the last b.

    Eigenvalues  0, 1 (a + b - 2 times), 2    [Chung 1997, Example 1.2]
    Conductance  the least 1 - 2 s t / (s b + t a) over 0 < s <= a, t = floor(b (a - s) / a):
                 s and t vertices of the sides have the volume s b + t a <= ab and 2 s t edges
                 among them, and the ratio falls as t grows; 1/2 for a and b even
    Distance     from t = 1 on: 1/2 for ever, or lazy 2^-t (1 - 1 / max(a, b)), since a step
                 makes the side uniform and, lazy, forgets the side at once
    """

    a: int
    b: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.a, "a", 1)
        check_count(self.b, "b", 1)

    def weights(self, *, exact: bool = False):
        left = np.arange(self.a + self.b) < self.a
        W = (left[:, None] != left).astype(int)
        return answer(with_loops(W, self.lazy), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer(by_degree(self.weights()), exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        values = [0] + [1] * (self.a + self.b - 2) + [2]
        return answer([Fraction(x, 1 + self.lazy) for x in values], exact)

    def conductance(self, *, exact: bool = False):
        a, b = self.a, self.b
        sides = ((s, b * (a - s) // a) for s in range(1, a + 1))
        h = min(1 - Fraction(2 * s * t, s * b + t * a) for s, t in sides)
        return answer(h / (1 + self.lazy), exact)

    def distance(self, t: int, *, exact: bool = False):
        larger = max(self.a, self.b)
        if check_count(t, "t", 0) == 0:
            return answer(1 - Fraction(1, 2 * larger), exact)
        return answer(Fraction(larger - 1, larger * 2**t) if self.lazy else Fraction(1, 2), exact)


@dataclass(frozen=True)
class Star:
    """The walk on a hub, vertex 0, and n - 1 >= 1 leaves: `CompleteBipartite(1, n - 1)`.

    Eigenvalues  0, 1 (n - 2 times), 2    [Chung 1997, Example 1.3]
    Conductance  1: a set of leaves cuts all its edges, and the hub outweighs what is left
    """

    n: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.n, "n", 2)

    @property
    def _bipartite(self):
        return CompleteBipartite(1, self.n - 1, self.lazy)

    def weights(self, *, exact: bool = False):
        return self._bipartite.weights(exact=exact)

    def stationary_distribution(self, *, exact: bool = False):
        return self._bipartite.stationary_distribution(exact=exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        return self._bipartite.laplacian_eigenvalues(exact=exact)

    def conductance(self, *, exact: bool = False):
        return answer(Fraction(1, 1 + self.lazy), exact)

    def distance(self, t: int, *, exact: bool = False):
        return self._bipartite.distance(t, exact=exact)
