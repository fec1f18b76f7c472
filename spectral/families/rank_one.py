"""Attention of rank one: every query sees the keys alike, so one step mixes."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, rational


@dataclass(frozen=True)
class RankOne:
    """W = u v^T with positive u, v of one length N; all rows of P are v / sum v.

    Stationary   v / sum v; the chain is reversible though W is not symmetric
    Eigenvalues  0, and 1 for N - 1 times
    Conductance  of the stationary flow: 1 - m, m the largest pi(S) <= 1/2, found among the
                 sums of subsets (exponential in N); N >= 2
    Distance     0 from t = 1 on
    """

    u: tuple
    v: tuple

    def __post_init__(self):
        if len(self.u) != len(self.v) or not len(self.u):
            raise ValueError(f"u and v must have one length > 0, got {len(self.u)}, {len(self.v)}")
        for x, name in ((self.u, "u"), (self.v, "v")):
            if min(rational(e, name) for e in x) <= 0:
                raise ValueError(f"{name} must be positive, got {min(x)}")

    @property
    def _stationary(self):
        v = [rational(x, "v") for x in self.v]
        return [x / sum(v) for x in v]

    def weights(self, *, exact: bool = False):
        u, v = ([rational(x, "u") for x in side] for side in (self.u, self.v))
        return answer(np.array([[x * y for y in v] for x in u], object), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer(self._stationary, exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        return answer([Fraction(0)] + [Fraction(1)] * (len(self.v) - 1), exact)

    def conductance(self, *, exact: bool = False):
        if len(self.v) < 2:
            raise ValueError(f"v must have 2 entries or more for a cut, got {len(self.v)}")
        sums = {Fraction(0)}
        for x in self._stationary:
            sums |= {s + x for s in sums}
        return answer(1 - max(s for s in sums if 2 * s <= 1), exact)

    def distance(self, t: int, *, exact: bool = False):
        if check_count(t, "t", 0) > 0:
            return answer(Fraction(0), exact)
        return answer(1 - min(self._stationary), exact)
