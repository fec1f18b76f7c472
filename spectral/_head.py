"""The head: what one attention head computed on one text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._checks import check_array


@dataclass(frozen=True, eq=False, repr=False)
class Head:
    """Queries, keys and values of one attention head on one sequence of N tokens.

    q, k and v are (N, d), one row a token, before the scaling by 1 / sqrt(d); kept as read-only
    float64.  `causal`: token i sees the tokens up to i only.
    """

    q: np.ndarray
    k: np.ndarray
    v: np.ndarray
    causal: bool = False
    name: str = "head"

    def __post_init__(self):
        for letter in "qkv":
            object.__setattr__(self, letter, _own(getattr(self, letter), letter))
        for letter in "kv":
            shape = getattr(self, letter).shape
            if shape != self.q.shape:
                raise ValueError(f"{letter} must have the shape of q, {self.q.shape}, got {shape}")
        if not isinstance(self.causal, (bool, np.bool_)):
            raise ValueError(f"causal must be True or False, got {self.causal!r}")
        if not isinstance(self.name, str) or not self.name:
            raise ValueError(f"name must be a nonempty string, got {self.name!r}")
        object.__setattr__(self, "causal", bool(self.causal))

    @property
    def N(self) -> int:  # noqa: N802
        """How many tokens."""
        return self.q.shape[0]

    @property
    def d(self) -> int:
        """The width of q, k and v."""
        return self.q.shape[1]

    def __repr__(self):
        kind = type(self).__name__
        return f"{kind}({self.name!r}, N={self.N}, d={self.d}, causal={self.causal})"


def _own(array, letter):
    """A read-only float64 copy, so that a frozen head is frozen."""
    array = check_array(array, letter, ndim=2)
    if array.dtype == object:
        raise ValueError(f"{letter} must hold floats, got {type(array.flat[0]).__name__} in it")
    array = array.copy()
    array.flags.writeable = False
    return array
