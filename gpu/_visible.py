"""Which keys a query may see, as one number: how many of the first keys that take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gpu._heads import namespace


@dataclass(frozen=True, eq=False)
class Visible:
    """The keys that take part, in their order; query i sees the first last[i] of them."""

    k: Any  # (m, d)
    v: Any  # (m, dv)
    last: np.ndarray  # (N,) int64, ascending
    places: np.ndarray  # (m,) where they were among all M keys


def visible(q, k, v, causal: bool, keys) -> Visible:
    """`Visible` of the arguments of a method: a mask of keys and a causal one, made a prefix."""
    N, M = len(q), len(k)
    reach = np.arange(N) + (M - N + 1) if causal else np.full(N, M)
    if keys is None:
        return Visible(k, v, reach, np.arange(M))
    places = np.flatnonzero(keys)
    chosen = namespace(k).asarray(places)
    return Visible(k[chosen], v[chosen], np.searchsorted(places, reach), places)
