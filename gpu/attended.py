"""What a method of attention returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gpu.patterns import Pattern


@dataclass(frozen=True, eq=False)
class Attended:
    """The output of attention, and what it took.

    Attributes
    ----------
    output : array (..., N, dv)
        Of the array type and dtype of the input.
    scores : int
        How many scores were computed, all heads together: inner products of width d that an
        exponential (or another function of attention) is applied to, those with centroids,
        landmarks and projected keys included.
    pattern : Pattern, or an object array of them, one a head
        Which scores q_i . k_j between a query and a single key are among them.
    backend : str
        Where it ran: "numpy", "numba", "cuda" or "cupy".
    """

    output: Any
    scores: int
    pattern: Any
    backend: str

    @property
    def scores_per_query(self) -> float:
        """`scores` by query: N is dense attention, not causal."""
        queries = 1
        for size in self.output.shape[:-1]:
            queries *= size
        return self.scores / max(queries, 1)


__all__ = ["Attended", "Pattern"]
