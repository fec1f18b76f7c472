"""What the attention layers of a transformers model are given, and what they return.

Models of the transformers library call their attention through a registry of functions.  Here a
function is added to it that calls the one in use and keeps what passes through.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

_NAME = "refutable_recording"
_EPS = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


@dataclass(frozen=True, eq=False)
class Record:
    """One attention layer on one text of N tokens, after rotary embedding if there is one."""

    layer: int
    q: np.ndarray  # (heads, N, d)
    k: np.ndarray  # (heads or a divisor, N, d): of grouped queries, each is for several heads
    v: np.ndarray  # as k
    output: np.ndarray  # (heads, N, d)
    causal: bool
    scale: float  # of the scores: softmax(scale q k^T)
    eps: float  # of the arithmetic of the model


@contextmanager
def recording(model, layers: Collection[int]) -> Iterator[list[Record]]:
    """Within it, a call of `model` on one text adds a record of each of the layers to the list.

    Layers that do not attend through the registry leave none.
    """
    from transformers import AttentionInterface, AttentionMaskInterface

    present = model.config._attn_implementation
    records: list[Record] = []
    AttentionInterface.register(_NAME, recorder(_attention(present), layers, records))
    AttentionMaskInterface.register(_NAME, AttentionMaskInterface()[present])
    model.set_attn_implementation(_NAME)
    try:
        yield records
    finally:
        model.set_attn_implementation(present)


def recorder(attend: Callable, layers: Collection[int], records: list[Record]) -> Callable:
    """An attention function that returns what `attend` does, and adds the layers' records."""
    modules: dict[int, int] = {}  # of layers that do not know their number: in order of calls

    def recorded(module, query, key, value, attention_mask, **options):
        output, weights = attend(module, query, key, value, attention_mask, **options)
        layer = getattr(module, "layer_idx", None)
        layer = modules.setdefault(id(module), len(modules)) if layer is None else layer
        if layer in layers:
            if layer in (r.layer for r in records):
                raise ValueError(f"each layer must attend once a text, got layer {layer} twice")
            scale = options.get("scaling")
            records.append(
                Record(
                    layer,
                    *(_array(tensor)[0] for tensor in (query, key, value)),
                    output=_array(output)[0].swapaxes(0, 1),
                    causal=_causal(module, query, key, attention_mask, options, layer),
                    scale=query.shape[-1] ** -0.5 if scale is None else float(scale),
                    eps=_eps(query),
                )
            )
        return output, weights

    return recorded


def _attention(name: str) -> Callable:
    """The attention function in use; the one called eager is each model's own."""
    from transformers import AttentionInterface

    if name != "eager":
        return AttentionInterface()[name]

    def eager(module, *arguments, **options):
        own = sys.modules[type(module).__module__].eager_attention_forward
        return own(module, *arguments, **options)

    return eager


def _causal(module, query, key, mask, options: dict, layer: int) -> bool:
    """Whether token i sees the tokens up to i, or all; ValueError where it is neither."""
    shape = query.shape[0], query.shape[2], key.shape[2]
    if shape[0] != 1 or shape[1] != shape[2]:
        raise ValueError(f"layer {layer} must attend within one text, got (texts, q, k) = {shape}")
    given = options.get("is_causal")
    declared = bool(getattr(module, "is_causal", True) if given is None else given)
    if mask is None or shape[1] == 1:
        return declared
    seen = _open(_array(mask), layer)
    for causal, pattern in ((False, np.ones(shape[1:], bool)), (True, np.tri(shape[1]) == 1)):
        if (seen == pattern).all():
            return causal
    raise ValueError(
        f"layer {layer} must attend to all tokens or to those before, got another mask (a window?)"
    )


def _open(mask: np.ndarray, layer: int) -> np.ndarray:
    """Which scores a mask leaves alone: True in one of booleans, 0 in one that is added."""
    if mask.dtype == bool:
        return mask
    if len(np.unique(mask)) > 2 or mask.max() != 0:
        raise ValueError(f"layer {layer} must have a mask of zeros and one other value, got a bias")
    return mask == 0


def _array(tensor) -> np.ndarray:
    """A copy, in float32 unless it is of booleans."""
    tensor = tensor.detach().cpu()
    array = (tensor if str(tensor.dtype).endswith("bool") else tensor.float()).numpy()
    return array.copy()


def _eps(tensor) -> float:
    """The spacing of the numbers at 1."""
    kind = str(tensor.dtype).rpartition(".")[2]
    if kind not in _EPS:
        raise ValueError(f"the model must compute in one of {sorted(_EPS)}, got {kind}")
    return _EPS[kind]
