"""The random projection of `spectral.resistances`, a round of it, and what it proves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, gammaincinv

from spectral._potentials import energies, solver_for


@dataclass(frozen=True)
class Bounds:
    """Of the resistance of each edge, and the largest relative error of the middle."""

    lower: np.ndarray
    middle: np.ndarray
    upper: np.ndarray

    @property
    def error(self) -> float:
        return float(np.maximum(self.middle / self.lower - 1, 1 - self.middle / self.upper).max())


class Projection:
    """Sums over k columns u = L^+ B^T W^1/2 q of ((P u)_i - (P u)_j)^2, for each edge."""

    def __init__(self, net, solver, accuracy, rng):
        self.net, self.rng, self.k, self.systems = net, rng, 0, 0
        self.solver, self._solve = solver_for(net, solver, accuracy)

    @property
    def eta(self) -> float:
        return float(np.sqrt(self._energy / self.k))

    def draw(self, k, entries):
        """k new columns in place of the old, in blocks of so many entries (edge, column)."""
        m = len(self.net.w)
        self._squares, self._energy, self.k = np.zeros(m), 0.0, k
        self.systems += k
        width = max(1, entries // m)
        for start in range(0, k, width):
            self._add(self.rng.standard_normal((m, min(width, k - start))))

    def _add(self, Q):
        net = self.net
        Y = net.incidence @ Q
        U = self._solve(Y)
        self._energy += energies(net, Y, U, abs(net.incidence) @ np.abs(Q)).sum()
        averages = net.walk @ U
        self._squares += ((averages[net.i] - averages[net.j]) ** 2).sum(axis=1)

    def bounds(self, k, failure) -> Bounds:
        """What k columns with these means would prove, save with probability `failure`."""
        net, rest = self.net, self._squares / self.k
        tail = failure / (2 * len(net.w))
        # The quantiles of chi^2_k; scipy.stats has them too, and takes a second to import.
        least, most = np.sqrt(2 * gammaincinv(k / 2, tail) / k), np.sqrt(chdtri(k, tail) / k)
        di, dj = net.degrees[net.i], net.degrees[net.j]
        known = 1 / di + 1 / dj - 2 * net.w / di / dj
        lower = np.maximum(known + rest / (most + self.eta) ** 2, 1 / np.minimum(di, dj))
        with np.errstate(divide="ignore", invalid="ignore"):
            above = np.where(least > self.eta, rest / (least - self.eta) ** 2, np.inf)
        upper = np.maximum(np.minimum(known + above, 1 / net.w), lower)
        return Bounds(lower, np.clip(known + rest, lower, upper), upper)

    def columns_needed(self, error, failure, largest) -> int:
        """The smallest k > self.k that would do, going by the means so far."""
        fails, holds = self.k, largest
        if not self.bounds(holds, failure).error <= error:
            raise ArithmeticError(
                f"an error of {error:.1e} takes more than {largest} columns, or a solver that is "
                f"more accurate than {self.eta:.1e}: see exact_edge_resistances"
            )
        while holds - fails > 1:
            middle = (fails + holds) // 2
            if self.bounds(middle, failure).error <= error:
                holds = middle
            else:
                fails = middle
        return holds
