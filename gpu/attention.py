"""All methods of attention, by name."""

from __future__ import annotations

from importlib import import_module

from gpu.attended import Attended

# Name -> module of the method's function, which has the name.
METHODS: dict[str, str] = {
    "reference": "gpu.definition",
    "dense": "gpu.exact",
    "listed": "gpu.lists",
    "window": "gpu.fixed_patterns",
    "random_keys": "gpu.fixed_patterns",
    "longformer": "gpu.fixed_patterns",
    "bigbird": "gpu.fixed_patterns",
    "topk": "gpu.selection",
    "anchor_topk": "gpu.selection",
    "far_field": "gpu.far",
    "ssa": "gpu.sampled",
    "importance_ssa": "gpu.sampled",
    "linformer": "gpu.low_rank",
    "nystrom": "gpu.low_rank",
    "performer": "gpu.random_features",
    "lsh": "gpu.hashing",
    "gated": "gpu.gates",
}


class NotCausal(ValueError):
    """A method was asked to be causal that mixes keys of all positions."""


def attend(q, k, v, *, method: str = "reference", **options) -> Attended:
    """Attended: attention of q, k, v by a method of `METHODS`; options go to its function.

    Common to all: causal, scale, keys, backend; see `gpu.definition` for shapes and meaning.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {sorted(METHODS)}, got {method!r}")
    return getattr(import_module(METHODS[method]), method)(q, k, v, **options)
