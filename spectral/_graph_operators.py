"""What dense and sparse graphs have in common: their matrices as operators, from three products."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

_LARGEST = np.log(np.finfo(float).max)


@dataclass(frozen=True)
class Images:
    """Orthonormal vectors, their images under the normalized adjacency A, and its squared norm."""

    vectors: np.ndarray  # (N, m)
    images: np.ndarray  # (N, m)
    squares: float  # ||A||_F^2, or a little more


class GraphOperators:
    """What a dense and a sparse graph share; they add size, symmetric, log_degrees and products."""

    @cached_property
    def degrees(self) -> np.ndarray:
        """(N,) out-degrees W 1; ValueError where one overflows."""
        if self.log_degrees.max() > _LARGEST:
            raise ValueError(
                f"the graph must have degrees up to exp({_LARGEST:.1f}) for this, got"
                f" exp({self.log_degrees.max():.6g}); P and the normalized operators have no limit"
            )
        return np.exp(self.log_degrees)

    def stationary_distribution(self) -> np.ndarray:
        """(N,) pi of the walk on a symmetric graph: the degrees, over their sum."""
        self.needs_symmetry("stationary_distribution")
        shifted = np.exp(self.log_degrees - self.log_degrees.max())
        return shifted / shifted.sum()

    def weights(self):
        """W."""
        d = self.degrees[:, None]
        return self._operator(lambda X: d * self._walk(X), lambda X: self._walk_back(d * X))

    def combinatorial(self):
        """D - W."""
        d = self.degrees[:, None]
        return self._operator(
            lambda X: d * (X - self._walk(X)), lambda X: d * X - self._walk_back(d * X)
        )

    def transition_matrix(self):
        """P = D^-1 W."""
        return self._operator(self._walk, self._walk_back)

    def random_walk(self):
        """I - D^-1 W."""
        return self._operator(lambda X: X - self._walk(X), lambda X: X - self._walk_back(X))

    def normalized_adjacency(self):
        """D^-1/2 W D^-1/2, of a symmetric graph."""
        self.needs_symmetry("normalized_adjacency")
        return self._operator(self._adjacency, self._adjacency)

    def symmetric_normalized(self):
        """I - D^-1/2 W D^-1/2, of a symmetric graph."""
        self.needs_symmetry("symmetric_normalized")
        return self._operator(*2 * (lambda X: X - self._adjacency(X),))

    def _operator(self, forward, backward):
        from spectral._block_operator import BlockOperator

        return BlockOperator(self.size, forward, backward)

    def needs_symmetry(self, name):
        if not self.symmetric:
            raise ValueError(f"{name} needs a symmetric graph, got {self._directed}")
