"""Which scores between a query and a single key were computed, in as little memory as they took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np


class Pattern(Protocol):
    """Which scores q_i . k_j were computed: all patterns say it in the same two ways."""

    shape: tuple[int, int]

    def count(self) -> int:
        """How many."""

    def mask(self) -> np.ndarray:
        """(N, M) booleans: for looking at, and for tests; it is as large as dense attention."""


@dataclass(frozen=True, eq=False)
class FullPattern:
    """All keys that may be seen: dense attention."""

    shape: tuple[int, int]
    causal: bool = False
    keys: np.ndarray | None = None  # (M,) booleans, keys that take part

    def count(self) -> int:
        N, M = self.shape
        if not self.causal:
            return N * (M if self.keys is None else int(self.keys.sum()))
        present = np.ones(M, bool) if self.keys is None else self.keys
        last = np.clip(np.arange(N) + M - N + 1, 0, M)
        return int(np.concatenate([[0], np.cumsum(present)])[last].sum())

    def mask(self) -> np.ndarray:
        N, M = self.shape
        seen = np.ones((N, M), bool) if self.keys is None else np.tile(self.keys, (N, 1))
        return np.tril(seen, M - N) if self.causal else seen


@dataclass(frozen=True, eq=False)
class ListPattern:
    """A list of keys a query, as in a CSR matrix: query i sees indices[indptr[i]:indptr[i + 1]]."""

    shape: tuple[int, int]
    indptr: np.ndarray  # (N + 1,)
    indices: np.ndarray  # (count,), without repeats within a query

    def count(self) -> int:
        return int(self.indptr[-1])

    def mask(self) -> np.ndarray:
        seen = np.zeros(self.shape, bool)
        seen[np.repeat(np.arange(self.shape[0]), np.diff(self.indptr)), self.indices] = True
        return seen


@dataclass(frozen=True, eq=False)
class BlockPattern:
    """Groups of queries against groups of keys: i sees j where near[group of i, group of j]."""

    shape: tuple[int, int]
    query_groups: np.ndarray  # (N,)
    key_groups: np.ndarray  # (M,)
    near: np.ndarray  # (query groups, key groups) booleans

    def count(self) -> int:
        queries = np.bincount(self.query_groups, minlength=self.near.shape[0])
        keys = np.bincount(self.key_groups, minlength=self.near.shape[1])
        return int(queries @ self.near.astype(np.int64) @ keys)

    def mask(self) -> np.ndarray:
        return self.near[self.query_groups][:, self.key_groups]


@dataclass(frozen=True, eq=False)
class NoPattern:
    """No score with a single key: low rank and kernel methods."""

    shape: tuple[int, int]

    def count(self) -> int:
        return 0

    def mask(self) -> np.ndarray:
        return np.zeros(self.shape, bool)


@dataclass(frozen=True, eq=False)
class GroupPattern:
    """A list of keys a group of queries: those of group a see indices[indptr[a]:indptr[a + 1]]."""

    shape: tuple[int, int]
    query_groups: np.ndarray  # (N,)
    indptr: np.ndarray  # (groups + 1,)
    indices: np.ndarray  # without repeats within a group

    def count(self) -> int:
        sizes = np.bincount(self.query_groups, minlength=len(self.indptr) - 1)
        return int(sizes @ np.diff(self.indptr))

    def mask(self) -> np.ndarray:
        lists = ListPattern((len(self.indptr) - 1, self.shape[1]), self.indptr, self.indices)
        return lists.mask()[self.query_groups]


@dataclass(frozen=True, eq=False)
class PiecewisePattern:
    """Patterns of rectangles that do not overlap: each with its first query and first key."""

    shape: tuple[int, int]
    pieces: tuple[tuple[int, int, Pattern], ...]

    def count(self) -> int:
        return sum(pattern.count() for _, _, pattern in self.pieces)

    def mask(self) -> np.ndarray:
        seen = np.zeros(self.shape, bool)
        for row, column, pattern in self.pieces:
            height, width = pattern.shape
            seen[row : row + height, column : column + width] = pattern.mask()
        return seen
