"""A sparse graph as a network of resistors: its edges, its components, and bounds to start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse.csgraph import connected_components, dijkstra

from spectral._checks import check_sparse_symmetric


@dataclass(frozen=True)
class Network:
    """Edges i < j with conductances w > 0 on n vertices; loops, without a current, left out."""

    n: int
    i: np.ndarray  # (m,)
    j: np.ndarray  # (m,)
    w: np.ndarray  # (m,)

    @cached_property
    def weights(self) -> csr_array:
        """(n, n) W, symmetric to the last bit, without a diagonal."""
        ends = np.concatenate([self.i, self.j]), np.concatenate([self.j, self.i])
        return csr_array(coo_array((np.tile(self.w, 2), ends), shape=(self.n, self.n)))

    @cached_property
    def degrees(self) -> np.ndarray:
        return self.weights.sum(axis=1)

    @cached_property
    def laplacian(self) -> csr_array:
        return csr_array(diags_array(self.degrees) - self.weights)

    @cached_property
    def walk(self) -> csr_array:
        """(n, n) D^-1 W, with rows of zeros at isolated vertices."""
        with np.errstate(divide="ignore"):
            inverse = np.where(self.degrees > 0, 1 / self.degrees, 0)
        return csr_array(diags_array(inverse) @ self.weights)

    @cached_property
    def roots(self) -> np.ndarray:
        """(components,) the first vertex of each component."""
        labels = connected_components(self.weights, directed=False)[1]
        return np.unique(labels, return_index=True)[1]

    @cached_property
    def farthest(self) -> float:
        """A bound of R between any two connected vertices: twice the length of the longest way to a
        root, an edge having length 1 / w; for resistance is at most that of one way.
        """
        lengths = self.weights.copy()
        lengths.data = 1 / lengths.data
        distances = dijkstra(lengths, directed=False, indices=self.roots, min_only=True)
        return 2 * float(distances.max())

    @cached_property
    def incidence(self) -> csr_array:
        """(n, m) B^T W^1/2: column e is sqrt(w_e) (e_i - e_j)."""
        m, root = len(self.w), np.sqrt(self.w)
        ends = np.concatenate([self.i, self.j]), np.tile(np.arange(m), 2)
        return csr_array(coo_array((np.concatenate([root, -root]), ends), shape=(self.n, m)))


def network(W) -> Network:
    """The network of sparse or dense symmetric weights W >= 0; an entry 0 is no edge."""
    from scipy.sparse import triu

    upper = triu(check_sparse_symmetric(W, "W"), 1).tocoo()
    kept = upper.data > 0
    i, j = (ends[kept].astype(np.int64) for ends in upper.coords)
    return Network(upper.shape[0], i, j, upper.data[kept])
