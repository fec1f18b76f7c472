"""The graph of weights that are kept, sparse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gpu.score_products import Moments
from spectral._graph_operators import GraphOperators, Images


@dataclass(frozen=True, eq=False, repr=False)
class SparseGraph(GraphOperators):
    """The graph of sparse weights; see `sparse_graph`."""

    W: object  # scipy.sparse.csr_array
    symmetric: bool
    _directed = "weights that are not their transpose"

    @property
    def size(self) -> int:
        """N, the number of vertices."""
        return self.W.shape[0]

    @cached_property
    def log_degrees(self) -> np.ndarray:
        """(N,) logarithms of the out-degrees."""
        return np.log(self.W.sum(axis=1))

    @property
    def rounding(self) -> float:
        """As of `AttentionGraph`: sums of at most as many terms as a row has entries."""
        return float(np.finfo(float).eps * (2 * np.diff(self.W.indptr).max() + 16))

    def moments(self, X) -> Moments:
        """A X and ||A||_F^2 of the normalized adjacency A."""
        self.needs_symmetry("moments")
        entries = self.W.multiply(self.W).T.multiply(1 / self.degrees).T.multiply(1 / self.degrees)
        return Moments(self._adjacency(X), float(entries.sum()))

    def images_near(self, X, log_degrees) -> Images:
        """Images of X; as of `AttentionGraph`, but the degrees are known."""
        found = self.moments(X)
        return Images(X, found.product, found.squares)

    def _adjacency(self, X):
        root = np.sqrt(self.degrees)[:, None]
        return (self.W @ (X / root)) / root

    def _walk(self, X):
        return (self.W @ X) / self.degrees[:, None]

    def _walk_back(self, X):
        return self.W.T @ (X / self.degrees[:, None])
