"""Pairs between clusters, drawn so that the Laplacian of the sparse graph is right on average."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from spectral import linalg
from spectral._checks import check_count
from spectral.laplacian import combinatorial
from spectral.sparsify._ssa import clustered_mask


@dataclass(frozen=True, eq=False)
class PairSampler:
    """s pairs drawn from those between clusters, each adding T / s of its own Laplacian.

    W, (N, N), is symmetric and >= 0, T the total of its pairs between clusters.  E of the sampled
    D~ - W~ is D - W; where all degrees are D, so it is of the normalized Laplacians over D.
    """

    W: np.ndarray
    labels: np.ndarray
    s: int

    def __post_init__(self):
        check_count(self.s, "s", 1)
        if not self.between.any():
            raise ValueError("W must have an edge between clusters, got none")

    @cached_property
    def between(self) -> np.ndarray:
        """(N, N) the weights that are sampled."""
        return self.W * ~clustered_mask(self.labels)

    @cached_property
    def _pairs(self):
        """Their weights, (P,), and their Laplacians (e_i - e_j)(e_i - e_j)^T in rows, (P, N^2)."""
        at = np.argwhere(np.triu(self.between))
        b = np.eye(len(self.W))[at[:, 0]] - np.eye(len(self.W))[at[:, 1]]
        return self.between[tuple(at.T)], (b[:, :, None] * b[:, None]).reshape(len(at), -1)

    @cached_property
    def _kept(self):
        return combinatorial(self.W * clustered_mask(self.labels))

    @cached_property
    def _rest(self):
        """The eigenvectors of D - W but the first k, k the number of clusters."""
        return linalg.eigh(combinatorial(self.W)).vectors[:, len(np.unique(self.labels)) :]

    def laplacian(self, rng: np.random.Generator) -> np.ndarray:
        """(N, N) one outcome of D~ - W~."""
        weights, units = self._pairs
        counts = rng.multinomial(self.s, weights / weights.sum())
        return self._kept + (counts * weights.sum() / self.s @ units).reshape(self.W.shape)

    def rotation(self, rng: np.random.Generator) -> float:
        """||sin Theta(U_k, U~_k)||_F of one outcome, k the number of clusters."""
        sparse = linalg.eigh(self.laplacian(rng)).vectors
        return linalg.norm(self._rest.T @ sparse[:, : len(self.W) - self._rest.shape[1]], "fro")
