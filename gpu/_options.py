"""Checks of the options that methods have of their own."""

from __future__ import annotations

import operator

import numpy as np

from gpu.attention import NotCausal


def check_count(value, name: str, least: int, most: int | None = None) -> int:
    """An integer from `least` to `most`, or a ValueError that names it."""
    try:
        count = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} must be an integer, got {value!r}") from None
    if isinstance(value, bool):
        raise ValueError(f"{name} must be an integer, got {value}")
    if count < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    if most is not None and count > most:
        raise ValueError(f"{name} must be at most {most}, got {value}")
    return count


def check_choice(value, name: str, choices) -> str:
    if value not in choices:
        raise ValueError(f"{name} must be one of {sorted(choices)}, got {value!r}")
    return value


def check_rng(rng) -> np.random.Generator:
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng must be a numpy.random.Generator, got {type(rng).__name__}")
    return rng


def refuse_causal(causal: bool, method: str, why: str) -> None:
    """`NotCausal` where a method that mixes keys of all positions is asked to be causal."""
    if causal:
        raise NotCausal(f"causal must be False for {method}: {why}, got causal=True")
