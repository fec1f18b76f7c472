"""Sizes of cases: which are looked at first, and a least size as a hypothesis."""

from __future__ import annotations

from verify.cases import Hypothesis


def at_least(n: int, name: str, *, of: str = "rows") -> tuple[Hypothesis, ...]:
    """The hypothesis that the first value of a case has n rows, where that says something."""
    if n <= 1:
        return ()
    return (Hypothesis(f"{name} has at least {n} {of}", lambda first, *others: len(first) >= n),)


def gallery_sizes(low: int, high: int) -> list[int]:
    """Sizes for structured cases: the small ones and the largest."""
    return [n for n in range(low, high + 1) if n <= max(4, low) or n == high]
