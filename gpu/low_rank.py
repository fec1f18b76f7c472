r"""Attention of low rank: projections along the sequence, and landmarks.

References
----------
.. [W20] S. Wang, B. Z. Li, M. Khabsa, H. Fang, H. Ma, Linformer: self-attention with linear
   complexity, arXiv:2006.04768 (2020): equation 7; section 4, "general projections".
.. [X21] Y. Xiong et al., Nystromformer: a Nystrom-based algorithm for approximating
   self-attention, AAAI (2021): equations 11 to 14.
"""

from __future__ import annotations

import numpy as np

from gpu._heads import per_head
from gpu._options import check_choice, check_count, check_rng, refuse_causal
from gpu._softmax import softmax
from gpu.attended import Attended
from gpu.budget import root
from gpu.exact import average
from gpu.patterns import NoPattern


@per_head("numpy")
def linformer(
    q, k, v, *, causal, scale, keys, backend, E="gaussian", F=None, size=None, rng=None
) -> Attended:
    """Attended: softmax(scale q (E k)^T) (F v), E and F of shape (size, M) [W20]_; not causal.

    In a model E and F are learned, and belong to one M.  Rows of softmax sum to one over
    *projected* keys: the output is no average of values unless the rows of F sum to one.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`.  Columns of keys that take no part are left out, and a row
        of E with entries on such keys alone.
    E : (size, M) array, "gaussian" or "means"
        "gaussian": independent N(0, 1/size), what an E is before it is learned.  "means": of as
        many segments of equal length, the mean pooling of [W20]_.
    F : (size, M) array, optional
        E by default, the paper's key-value sharing.
    size : int, optional
        Rows of an E that is not given; ceil(sqrt M), or the keys that take part if fewer.
    rng : numpy.random.Generator, for "gaussian"

    *Exact* for E = F = I.  *Cost*: `size` scores a query, size M (d + dv) multiply-adds before.
    """
    refuse_causal(causal, "linformer", "E and F mix keys of all positions")
    present = np.ones(len(k), bool) if keys is None else keys
    N, shape = len(q), (len(q), len(k))
    if not present.any():
        return Attended(np.zeros((N, v.shape[1]), q.dtype), 0, NoPattern(shape), backend)
    k, v = _projected(k[present], v[present], E, F, size, present, rng)
    output = average(q, k, v, scale)
    return Attended(output, N * len(k), NoPattern(shape), backend)


@per_head("numpy")
def nystrom(
    q, k, v, *, causal, scale, keys, backend, landmarks=None, pinv="exact", iterations=6
) -> Attended:
    """Attended: softmax(q K~^T) softmax(Q~ K~^T)^+ softmax(Q~ k^T) v [X21]_; not causal.

    Q~ and K~ are means of `landmarks` segments of the queries and keys; scores are scaled.
    Rows sum to one where the middle matrix can be inverted; they may have negative entries.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`.  Keys that take no part are left out before.
    landmarks : int, optional
        ceil(sqrt M), at most N and the keys that take part; asked for more, ValueError.  Segments
        differ by one token where it does not divide (the paper pads).
    pinv : "exact" or "iterative"
        The pseudo-inverse by singular values above landmarks eps of the largest, or by `iterations`
        steps of equation 14, what the paper computes; float64 both.

    *Exact* for N = M = `landmarks`, as far as the middle matrix is well conditioned.  *Cost*:
    landmarks (1 + (M + landmarks) / N) scores a query.
    """
    refuse_causal(causal, "nystrom", "landmarks average queries and keys of all positions")
    check_choice(pinv, "pinv", ("exact", "iterative"))
    iterations = check_count(iterations, "iterations", 1)
    N, shape = len(q), (len(q), len(k))
    if keys is not None:
        k, v = k[keys], v[keys]
    if not len(k):
        return Attended(np.zeros((N, v.shape[1]), q.dtype), 0, NoPattern(shape), backend)
    most = min(N, len(k))
    chosen = min(root(shape[1]), most) if landmarks is None else landmarks
    m = check_count(chosen, "landmarks", 1, most)
    q_means, k_means = segment_means(q, m), segment_means(k, m)
    middle = softmax(q_means.astype(float) @ k_means.T.astype(float) * scale)
    inverse = np.linalg.pinv(middle, rcond=m * np.finfo(float).eps)
    if pinv == "iterative":
        inverse = iterative_pinv(middle, iterations)
    values = inverse @ average(q_means, k, v, scale).astype(float)
    output = average(q, k_means, values.astype(q.dtype), scale)
    return Attended(output, N * m + m * m + m * len(k), NoPattern(shape), backend)


def segment_means(x, segments: int) -> np.ndarray:
    """(segments, d) means of consecutive rows, as many each as `segments` allows."""
    starts = np.arange(segments) * len(x) // segments
    counts = np.diff(np.append(starts, len(x)))
    return (np.add.reduceat(x, starts, axis=0) / counts[:, None]).astype(x.dtype)


def iterative_pinv(A, steps: int) -> np.ndarray:
    """Z of Z <- Z (13 I - AZ (15 I - AZ (7 I - AZ))) / 4, from A^T / (|A|_1 |A|_inf) [X21]_.

    Of third order: ||I - A Z|| < 1 is about cubed a step; small singular values take many.
    """
    size = np.abs(A)
    Z, eye = A.T / (size.sum(axis=0).max() * size.sum(axis=1).max()), np.eye(len(A))
    for _ in range(steps):
        AZ = A @ Z
        Z = Z @ (13 * eye - AZ @ (15 * eye - AZ @ (7 * eye - AZ))) / 4
    return Z


def _projected(k, v, E, F, size, present, rng):
    """E k and F v on the keys that take part."""
    M, count = len(present), len(k)
    if not isinstance(E, str):
        E = _given(E, "E", M, size)
        F = E if F is None else _given(F, "F", M, len(E))
        entries = (E != 0) | (F != 0)
        used = entries[:, present].any(axis=1) | ~entries.any(axis=1)
        if not used.any():
            raise ValueError("E must have an entry that is not zero on the keys, got none")
        E, F = E[used][:, present].astype(k.dtype), F[used][:, present].astype(k.dtype)
        return E @ k, F @ v
    check_choice(E, "E", ("gaussian", "means"))
    if F is not None:
        raise ValueError(f"F must be left out where E is made, got E = {E!r}")
    size = min(root(M), count) if size is None else check_count(size, "size", 1)
    if E == "means":
        check_count(size, "size", 1, count)
        return segment_means(k, size), segment_means(v, size)
    E = (check_rng(rng).standard_normal((size, count)) / np.sqrt(size)).astype(k.dtype)
    return E @ k, E @ v


def _given(E, name, M, size):
    E = np.asarray(E)
    if E.ndim != 2 or E.shape[1] != M or size not in (None, len(E)):
        rows = "size" if size is None else size
        raise ValueError(f"{name} must be ({rows}, {M}), got {E.shape}")
    if E.dtype.kind not in "fiu" or not np.isfinite(E).all():
        raise ValueError(f"{name} must hold finite numbers, got {E.dtype} {E.shape}")
    return E
