r"""Attention methods to compare with, on queries, keys and values, with the operations they take.

    dense               all keys
    local_window        the keys near by
    random_sparse       a share of the keys, drawn at random
    spectral_sparse     SSA: the keys of one's cluster, and some others
    linformer           mixtures of the keys, as many as E has rows
    untrained_projection    such an E
    attend              any keys that one chooses

All but Linformer are softmax attention on some keys of each query; an `Attention` is the outputs
with the scores computed, their share of N^2, and the multiply-adds.  SSA with ternary weights is
`spectral_sparse` on the outputs of `quantization.ternary_layer.bitlinear`.
"""

from spectral.baselines._attention import Attention, attend
from spectral.baselines._linformer import linformer, untrained_projection
from spectral.baselines._methods import dense, local_window, random_sparse, spectral_sparse

__all__ = [
    "Attention",
    "attend",
    "dense",
    "linformer",
    "local_window",
    "random_sparse",
    "spectral_sparse",
    "untrained_projection",
]
