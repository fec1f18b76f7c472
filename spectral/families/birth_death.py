"""Birth-death chains: on 0 .. N-1, one step up or down at a time."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, rational, room, versine


@dataclass(frozen=True)
class BirthDeath:
    """k -> k+1 with probability up[k], k+1 -> k with down[k], k = 0 .. N-2; all of them > 0.

    weights()    the flow pi_i P_ij: symmetric, for every such chain is reversible
    Stationary   pi_{k+1} / pi_k = up[k] / down[k]    [Levin-Peres-Wilmer 2017, Section 2.5]
    Conductance  the least pi_k up[k] / min(pi{0..k}, pi{k+1..}): of all sets, some {0..k} is
                 best.  Some best set S is connected (of its components, one is no worse); and if
                 its complement has two parts L and R, the mean of the ratios of L and R, or the
                 joining of one to S, is no worse either.
    """

    up: tuple
    down: tuple

    def __post_init__(self):
        if len(self.up) != len(self.down) or not len(self.up):
            raise ValueError(
                f"up and down must have one length > 0, got {len(self.up)}, {len(self.down)}"
            )
        up, down = self._rates
        if min(up + down) <= 0:
            raise ValueError(f"up and down must be positive, got {float(min(up + down))}")
        leaving = max(x + y for x, y in zip([*up, 0], [0, *down], strict=True))
        if leaving > 1:
            raise ValueError(f"up[k] + down[k-1] must be at most 1, got {float(leaving)}")

    @property
    def _rates(self):
        return [rational(x, "up") for x in self.up], [rational(x, "down") for x in self.down]

    @property
    def _stationary(self):
        ratios = [x / y for x, y in zip(*self._rates, strict=True)]
        pi = list(accumulate(ratios, lambda x, ratio: x * ratio, initial=Fraction(1)))
        return [x / sum(pi) for x in pi]

    @property
    def _edges(self):
        """Flow over the edge k, k+1."""
        return [x * y for x, y in zip(self._stationary[:-1], self._rates[0], strict=True)]

    def weights(self, *, exact: bool = False):
        edges = np.array(self._edges, object)
        W = np.diag(edges, 1) + np.diag(edges, -1)
        return answer(W + np.diag(np.array(self._stationary, object) - W.sum(axis=1)), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer(self._stationary, exact)

    def conductance(self, *, exact: bool = False):
        below = accumulate(self._stationary[:-1])
        cuts = zip(self._edges, below, strict=True)
        return answer(min(flow / min(mass, 1 - mass) for flow, mass in cuts), exact)


@dataclass(frozen=True)
class ReflectingWalk:
    """The birth-death chain with up p and down 1 - p throughout, staying at the two ends.

    Eigenvalues  0, and 1 - 2 sqrt(p (1-p)) cos(pi k / n), k = 1 .. n-1
                 [Feller, vol. I, 3rd ed. (1968), Section XVI.3]
    The rest as for BirthDeath.  n states, n >= 2.
    """

    n: int
    p: Fraction

    def __post_init__(self):
        check_count(self.n, "n", 2)
        if not 0 < rational(self.p, "p") < 1:
            raise ValueError(f"p must be between 0 and 1, got {self.p}")

    @property
    def _chain(self):
        p = rational(self.p, "p")
        return BirthDeath((p,) * (self.n - 1), (1 - p,) * (self.n - 1))

    def weights(self, *, exact: bool = False):
        return self._chain.weights(exact=exact)

    def stationary_distribution(self, *, exact: bool = False):
        return self._chain.stationary_distribution(exact=exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        from spectral.balls import Ball

        p = rational(self.p, "p")
        with room(exact):
            s = 2 * Ball(p * (1 - p)).sqrt()  # 1 - s cos = (1 - s) + s (1 - cos)
            values = [Ball(0)] + [1 - s + s * versine(k, self.n) for k in range(1, self.n)]
        return answer(values, exact)

    def conductance(self, *, exact: bool = False):
        return self._chain.conductance(exact=exact)
