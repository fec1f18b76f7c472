"""The chain on two states: every question about it has a one-line answer."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, rational


@dataclass(frozen=True)
class TwoState:
    """0 -> 1 with probability a, 1 -> 0 with b, both in (0, 1]; reversible.

    weights()    the flow [[b (1-a), ab], [ab, a (1-b)]]: symmetric, with P = D^-1 W
    Stationary   (b, a) / (a + b)
    Eigenvalues  0 and a + b
    Conductance  max(a, b)
    Distance     |1 - a - b|^t max(a, b) / (a + b)    [Levin-Peres-Wilmer 2017, Example 1.1]

    Periodic at a = b = 1; mixes in one step at a + b = 1.
    """

    a: Fraction
    b: Fraction

    def __post_init__(self):
        for x, name in ((self.a, "a"), (self.b, "b")):
            if not 0 < rational(x, name) <= 1:
                raise ValueError(f"{name} must be a probability > 0, got {x}")

    @property
    def _rates(self):
        return rational(self.a, "a"), rational(self.b, "b")

    def weights(self, *, exact: bool = False):
        a, b = self._rates
        return answer(np.array([[b * (1 - a), a * b], [a * b, a * (1 - b)]], object), exact)

    def stationary_distribution(self, *, exact: bool = False):
        a, b = self._rates
        return answer([b / (a + b), a / (a + b)], exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        return answer([Fraction(0), sum(self._rates)], exact)

    def conductance(self, *, exact: bool = False):
        return answer(max(self._rates), exact)

    def distance(self, t: int, *, exact: bool = False):
        a, b = self._rates
        return answer(abs(1 - a - b) ** check_count(t, "t", 0) * max(a, b) / (a + b), exact)
