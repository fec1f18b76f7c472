"""All methods at one budget of scores a query: with which options each is called.

A budget B is a number of scores a query, as `Attended.scores` counts them; for equal terms of
several kinds (groups, samples, near keys) it is shared out as each method's source does.  Methods
without a budget are called as they are, and their scores show what they took.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from inspect import Parameter, signature
from math import ceil, isqrt, log, sqrt

import numpy as np

from gpu.attended import Attended
from gpu.attention import METHODS, attend


@dataclass(frozen=True)
class Setting:
    """A method with the options that a budget leaves it; `label` tells its variants apart."""

    label: str
    method: str
    options: dict = field(default_factory=dict)

    def __call__(self, q, k, v, *, rng: np.random.Generator, **common) -> Attended:
        """Attended; `rng` goes to methods that take one, `common` is causal, scale, keys."""
        random = {"rng": rng} if "rng" in parameters(self.method) else {}
        return attend(q, k, v, method=self.method, **random, **self.options, **common)


def settings(N: int, M: int, scores: int) -> dict[str, Setting]:
    """By label, all methods of `METHODS` at `scores` a query for N queries and M keys.

    The slow `reference` is left out, and so are methods that need a pattern of their own.
    """
    if scores < 4:
        raise ValueError(f"scores must be at least 4 a query, got {scores}")
    found = {}
    for method in METHODS:
        variants = {k: f for k, f in _OPTIONS.items() if k.partition(",")[0] == method}
        if method == "reference" or (_needs_more(method) and not variants):
            continue
        for label, options in variants.items() or [(method, lambda N, M, B: {})]:
            found[label] = Setting(label, method, options(N, M, min(scores, M)))
    return found


def default_budget(M: int) -> int:
    """3 ceil(sqrt M): what the methods of order N^(3/2) take together for k = s = sqrt N."""
    return 3 * root(M)


def root(n: int) -> int:
    """ceil(sqrt n)."""
    return isqrt(n - 1) + 1


@cache
def parameters(method: str) -> dict[str, Parameter]:
    """The parameters of a method by name."""
    return dict(signature(getattr(import_module(METHODS[method]), method)).parameters)


def _needs_more(method: str) -> bool:
    """Whether there is an option, but rng, that must be given."""
    own = {n: p for n, p in parameters(method).items() if n not in _COMMON}
    return any(p.default is Parameter.empty for p in own.values())


_COMMON = {"q", "k", "v", "causal", "scale", "keys", "backend", "rng"}


def _sampled(N, M, B):
    clusters = min(root(N), N)
    return {"clusters": clusters, "sampled": max(B - ceil(N / clusters), 0)}


def _by_centroid(N, M, B):
    clusters = min(root(N), max(B // 3, 1))
    return {
        "clusters": clusters,
        "sampled": max(B - ceil(N / clusters) - clusters, 0),
        "proposal": "centroid",
    }


def _landmarks(N, M, B):
    """m (1 + (M + m) / N) <= B."""
    half = (N + M) / 2
    m = int(sqrt(half * half + B * N) - half)
    return {"landmarks": min(max(m, 1), N, M)}


def _hashed(N, M, B):
    """Two rounds of two chunks each; as many buckets as make them 2 M / buckets long."""
    chunk = max(B // 4, 1)
    return {
        "rounds": 2,
        "chunk": chunk,
        "buckets": max(2, 2 * round(M / chunk)),
        "across_buckets": True,
    }


# By method, or "method, variant": options for N queries, M keys and B scores a query.
_OPTIONS: dict[str, Callable[[int, int, int], dict]] = {
    "window": lambda N, M, B: {"width": B},
    "random_keys": lambda N, M, B: {"count": B},
    "longformer": lambda N, M, B: {"width": max(B - 2, 1)},
    "bigbird": lambda N, M, B: {"block": max(B // 10, 1)},
    "topk": lambda N, M, B: {"budget": B},
    "anchor_topk": lambda N, M, B: {"budget": B, "anchors": min(4, B // 8), "width": B // 3},
    "far_field": lambda N, M, B: {"budget": max(B, 3)},
    "ssa": _sampled,
    "importance_ssa": _sampled,
    "importance_ssa, by centroid": _by_centroid,
    "linformer, drawn": lambda N, M, B: {"size": B},
    "linformer, means": lambda N, M, B: {"E": "means", "size": B},
    "nystrom": _landmarks,
    "nystrom, iterative": lambda N, M, B: _landmarks(N, M, B) | {"pinv": "iterative"},
    "performer": lambda N, M, B: {"features": max(B * N // (N + M), 1)},
    "lsh": _hashed,
    "gated": lambda N, M, B: {"bias": -log(M)},
}
