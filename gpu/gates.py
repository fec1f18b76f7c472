r"""Attention with a sigmoid for each score, and no competition between keys.

References
----------
.. [cond] "The Condensate Theorem", section 3.6 and the list of its scripts: "Jordan attention",
   independent sigmoid gates without competitive normalization.  It gives no formula; this is the
   plain one.
.. [R25] J. Ramapuram et al., Theory, analysis, and best practices for sigmoid self-attention, ICLR
   (2025): section 3, the bias -log N.
"""

from __future__ import annotations

from math import isfinite

import numpy as np

from gpu._heads import per_head
from gpu._softmax import row_tiles
from gpu.attended import Attended
from gpu.patterns import FullPattern


@per_head("numpy")
def gated(q, k, v, *, causal, scale, keys, backend, bias=0.0) -> Attended:
    """Attended: sum_j sigmoid(scale q_i . k_j + bias) v_j, each key on its own [cond]_.

    It is another function than softmax, not an approximation of it: rows do not sum to one, and an
    output may have any size up to that of all values together.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`.
    bias : float
        Added to every score; -log N makes rows sum to about one where scores are small [R25]_.

    *Exact*.  *Cost*: N M scores, half of them causal; tiles.
    """
    bias = float(bias)
    if not isfinite(bias):
        raise ValueError(f"bias must be finite, got {bias}")
    pattern = FullPattern((len(q), len(k)), causal, keys)
    kept = slice(None) if keys is None else np.flatnonzero(keys)
    place, k, v = np.arange(len(k))[kept], k[kept], v[kept]
    output = np.zeros((len(q), v.shape[1]), q.dtype)
    last = np.arange(len(q)) + pattern.shape[1] - len(q)
    for rows in row_tiles(len(q), len(k)):
        stop = np.searchsorted(place, last[rows][-1], side="right") if causal else len(place)
        gates = _sigmoid(q[rows] @ k[:stop].T * q.dtype.type(scale) + q.dtype.type(bias))
        if causal:
            gates *= place[:stop] <= last[rows, None]
        output[rows] = gates @ v[:stop]
    return Attended(output, pattern.count(), pattern, backend)


def _sigmoid(x):
    """1 / (1 + exp(-x)), from exp(-|x|): no overflow, and right to a few eps in both tails."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)
