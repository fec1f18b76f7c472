"""What a sparsifier returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import graph


@dataclass(frozen=True, eq=False)
class SparseGraph:
    """A sparse graph on N tokens, directed: entry (i, j) is the edge from query i to key j."""

    weights: np.ndarray  # (N, N), in the arithmetic of the dense W; 0 off the mask
    mask: np.ndarray  # (N, N) booleans: the edges kept

    @property
    def edges(self) -> int:
        """Directed edges, loops included: the entries of W~ that attention would compute."""
        return int(self.mask.sum())

    @property
    def density(self) -> float:
        """edges / N^2."""
        return self.edges / self.mask.size

    @property
    def transition_matrix(self) -> np.ndarray:
        """(N, N) D~^-1 W~: the weights kept, renormalised by the rows' own sums."""
        return graph.transition_matrix(self.weights)


def edges_of(W) -> np.ndarray:
    """(N, N) booleans W > 0; where that is not decided for a ball, `Undecided`."""
    return np.asarray(W > 0, bool)


def floats_of(W) -> np.ndarray:
    """W as float64, for random choices: how an edge is drawn needs no proof, its weight does."""
    if W.dtype != object:
        return W
    from spectral.balls import midpoints

    return midpoints(W)
