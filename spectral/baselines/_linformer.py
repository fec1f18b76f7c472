r"""Linformer: keys and values projected along the sequence.

References
----------
.. [W20] S. Wang, B. Z. Li, M. Khabsa, H. Fang, H. Ma, Linformer: self-attention with linear
   complexity, arXiv:2006.04768 (2020): equation 7.
"""

from __future__ import annotations

import numpy as np

import gpu
from spectral._checks import check_array
from spectral.baselines._attention import Attention, check_queries, check_scores, check_tokens
from spectral.projection import jl_matrix


def linformer(q, k, v, E, F=None, *, queries=None) -> Attention:
    """softmax(q (E k)^T / sqrt(d)) (F v), with E and F of shape (size, N): N size scores [W20]_.

    The scores are those of queries with *mixtures* of keys.  E and F are learned, and belong to
    one N; F = E, the paper's "key-value sharing", by default.
    """
    q, k, v = check_tokens(q, k, v)
    E = check_array(E, "E", ndim=2)
    F = E if F is None else check_array(F, "F", ndim=2)
    if not E.shape == F.shape == (len(E), len(k)):
        raise ValueError(f"E and F must be (size, {len(k)}), got {E.shape} and {F.shape}")
    chosen = check_queries(queries, len(q))
    check_scores(q[chosen], E @ k)
    done = gpu.linformer(q[chosen], k, v, E=E, F=F)
    width, scores = k.shape[1] + v.shape[1], done.scores
    return Attention(done.output, scores, len(chosen) * len(k), (scores + E.size) * width)


def untrained_projection(N: int, size: int = 256, *, rng: np.random.Generator) -> np.ndarray:
    """(size, N) independent N(0, 1/size) entries: the projection of the analysis in [W20]_.

    What an E is before it is learned; 256 rows in the sequence paper's section 13.1.
    """
    return jl_matrix(size, N, rng=rng)
