"""Attention on plain arrays: exact and approximate, on the CPU and the GPU; the ground floor.

Every method has one signature, `method(q, k, v, *, causal, scale, keys, backend, ...)`, and
returns an `Attended`: output, number of scores computed, pattern.

What works here? (`gpu.backend`)
    backends                    numpy, numba, cuda, cupy: which work on this machine, and why not
    MissingBackend              the error that asking for one that does not raises

What does a method return? (`gpu.attended`, `gpu.patterns`)
    Attended                    output, scores, pattern, backend
    FullPattern, ListPattern, BlockPattern, GroupPattern, PiecewisePattern, NoPattern
                                which scores q_i . k_j were computed

Which method? (`gpu.attention`, which lists them all)
    attend                      any of them by name
    METHODS                     name -> where it is
    NotCausal                   the error of those that cannot be
    Setting, settings           all methods at one budget of scores a query (`gpu.budget`)
    reference                   the definition, slow: the oracle of all (`gpu.definition`)
    dense                       exactly, in tiles, never N x M in memory (`gpu.exact`)
    listed                      over a list of keys a query (`gpu.lists`)
    window, random_keys, longformer, bigbird
                                lists that do not look at the scores (`gpu.fixed_patterns`)
    topk, anchor_topk           the keys of the largest scores (`gpu.selection`)
    far_field                   near keys exactly, groups of far keys as one term (`gpu.far`)
    Groups, group               the k-means that it takes (`gpu.grouping`)
    ssa                         clusters of queries, and some other keys: as printed (`gpu.sampled`)
    importance_ssa              the same, right on average
    linformer, nystrom          projections of the keys, landmarks (`gpu.low_rank`)
    performer                   positive random features (`gpu.random_features`)
    lsh                         keys that hash alike, as in Reformer (`gpu.hashing`)
    gated                       a sigmoid a score, without competition (`gpu.gates`)

Which products of a graph too large to form? (`gpu.score_products`)
    weighted_product, transposed_product
                                W X and W^T X for W = exp(scores), tile by tile
    symmetric_product           the same for W symmetrized, half the work
    symmetric_moments           with the squared norm of W
    log_row_sums                logarithms of the degrees

Which product of few-bit weights? (`gpu.ternary`)
    ternary_product             two bits a weight, int8 activations, exact int32 sums
"""

from importlib import import_module

_CONTENTS = {
    "backend": "backends MissingBackend",
    "attended": "Attended",
    "patterns": "FullPattern ListPattern BlockPattern GroupPattern PiecewisePattern NoPattern",
    "attention": "attend METHODS NotCausal",
    "budget": "Setting settings",
    "definition": "reference",
    "exact": "dense",
    "lists": "listed",
    "fixed_patterns": "window random_keys longformer bigbird",
    "selection": "topk anchor_topk",
    "far": "far_field",
    "grouping": "Groups group",
    "sampled": "ssa importance_ssa",
    "low_rank": "linformer nystrom",
    "random_features": "performer",
    "hashing": "lsh",
    "gates": "gated",
    "score_products": "weighted_product transposed_product symmetric_product symmetric_moments"
    " log_row_sums",
    "ternary": "ternary_product",
}
_HOME = {name: module for module, names in _CONTENTS.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name):
    """A name of the contents above, or a module, loaded when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"gpu.{_HOME[name]}"), name)
    if name in _CONTENTS:
        return import_module(f"gpu.{name}")
    raise AttributeError(f"module 'gpu' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, *_CONTENTS])
