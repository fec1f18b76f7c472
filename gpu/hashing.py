r"""Attention of queries to the keys that hash alike.

References
----------
.. [K20] N. Kitaev, L. Kaiser, A. Levskaya, Reformer: the efficient transformer, ICLR (2020):
   section 2; equation 4 and "multi-round LSH attention".
.. [A15] A. Andoni et al., Practical and optimal LSH for angular distance, NIPS (2015).
"""

from __future__ import annotations

from math import ceil

import numpy as np

from gpu._heads import per_head
from gpu._key_lists import of_candidates
from gpu._options import check_count, check_rng
from gpu.attended import Attended
from gpu.budget import root
from gpu.lists import attend_lists


@per_head("numpy", "numba")
def lsh(
    q,
    k,
    v,
    *,
    causal,
    scale,
    keys,
    backend,
    rng,
    buckets=None,
    rounds=2,
    chunk=None,
    across_buckets=False,
) -> Attended:
    """Attended: softmax over the keys found in any of `rounds` hash rounds [K20]_.

    A round: the bucket of x is argmax [x R, -x R], R (d, buckets / 2) of N(0, 1) [A15]_.  Keys are
    sorted by (bucket, position) and cut into chunks; a query sees the chunk it falls into and the
    one before, of these the keys of its own bucket.  The rounds' averages o_r with log-normalisers
    z_r, in which a key found in n rounds counts 1 / n, combine as sum exp(z_r - z) o_r: that *is*
    softmax over the union of the keys found, which is computed once, as such.

    Reformer shares q and k (k is q / |q|, and a token avoids itself).  Here q and k are given, and
    hashed alike; a query falls where a key of its bucket and position would, in Reformer its own.
    Where a bucket has no key near, a query may see none, and gets zeros.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        As in `gpu.definition.reference`.
    rng : numpy.random.Generator
    buckets : int, optional
        Even, or 1; about M / ceil(sqrt M).
    rounds : int
    chunk : int, optional
        Keys in a chunk, ceil(2 M / buckets) as in [K20]_.
    across_buckets : bool
        See all keys of the two chunks, whatever their bucket: none are wasted.

    *Exact* for one bucket, with its default chunk.  *Cost*: at most 2 chunk rounds scores a query.
    """
    M, rng = len(k), check_rng(rng)
    if buckets is None:
        buckets = max(2, 2 * round(M / root(M) / 2))
    if check_count(buckets, "buckets", 1) > 1 and buckets % 2:
        raise ValueError(f"buckets must be 1 or even, got {buckets}")
    rounds = check_count(rounds, "rounds", 1)
    chunk = check_count(ceil(2 * M / buckets) if chunk is None else chunk, "chunk", 1)
    present = np.arange(M) if keys is None else np.flatnonzero(keys)
    tables = (_bucket_numbers(q, k[present], buckets, rng) for _ in range(rounds))
    found = [_round(*table, present, M, chunk, causal, across_buckets) for table in tables]
    return attend_lists(q, k, v, of_candidates(np.hstack(found), M), scale, backend)


def _bucket_numbers(q, k, buckets, rng):
    """The bucket of each query, and of each key, under one random rotation."""
    if buckets == 1:
        return np.zeros(len(q), np.int64), np.zeros(len(k), np.int64)
    R = rng.standard_normal((q.shape[1], buckets // 2)).astype(q.dtype)
    return tuple(np.argmax(np.hstack([x @ R, -(x @ R)]), axis=1) for x in (q, k))


def _round(of_query, of_key, present, M, chunk, causal, across_buckets):
    """(N, 2 chunk) keys that one round finds for each query, -1 in the places that are left."""
    N = len(of_query)
    last = np.arange(N) + M - N  # the position of a query among the keys
    code = of_key * M + present
    order = np.argsort(code)
    place = np.searchsorted(code[order], of_query * M + last, side="right") - 1
    start = (np.maximum(place, 0) // chunk - 1) * chunk
    near = start[:, None] + np.arange(2 * chunk)
    found = (near >= 0) & (near < len(present))
    if not found.any():
        return np.full(near.shape, -1)
    entry = order[np.where(found, near, 0)]
    columns = present[entry]
    if not across_buckets:
        found &= of_key[entry] == of_query[:, None]
    if causal:
        found &= columns <= last[:, None]
    return np.where(found, columns, -1)
