r"""The definition of attention, slowly: the oracle of every method."""

from __future__ import annotations

import numpy as np

from gpu._heads import per_head
from gpu.attended import Attended
from gpu.patterns import FullPattern


@per_head("numpy")
def reference(q, k, v, *, causal, scale, keys, backend) -> Attended:
    r"""Attended: softmax(scale q k^T) v, query by query, in float64; (N, dv) in the input's dtype.

    A query that sees no key (`keys` all False before it) gets zeros.

    Parameters
    ----------
    q, k, v : array (N, d), (M, d), (M, dv), or (..., H, N, d), (..., G, M, d), (..., G, M, dv)
        float32 or float64; G divides H (grouped-query heads).
    causal : bool
        Query i sees key j only where j <= i + M - N.
    scale : float, optional
        1 / sqrt(d) if left out.
    keys : bool array (M,), or (..., M) with k's batch dimensions, optional
        True where a key takes part.
    backend : "numpy"
    """
    N, M = len(q), len(k)
    output = np.zeros((N, v.shape[1]))
    pattern = FullPattern((N, M), causal, keys)
    for i, seen in enumerate(pattern.mask()):
        if seen.any():
            scores = scale * (k[seen].astype(np.float64) @ q[i].astype(np.float64))
            weights = np.exp(scores - scores.max())
            output[i] = weights @ v[seen] / weights.sum()
    return Attended(output.astype(q.dtype), pattern.count(), pattern, backend)
