r"""Attention with a far field: near keys exactly, groups of far keys as one term each.

Queries are grouped (means q_a) and keys are grouped.  To a group a of queries the keys of a
group c that are not near count as one, at their mean as that group of queries sees them:

    w_j = exp(scale q_a . k_j),     k_ac = sum w_j k_j / sum w_j,     v_ac = sum w_j v_j / sum w_j,
    score of the term for query i = scale (q_i - q_a) . k_ac + log sum w_j.

It is softmax attention with scores s~_ij = s_ij - delta_ij for the far keys,
delta_ij = scale (q_i - q_a) . (k_j - k_ac): a product of two spreads, where replacing keys by
their mean alone would leave one.  How far the output is from exact attention is bounded in
`spectral.far_field` (claim far-field/theorem1).
"""

from __future__ import annotations

import numpy as np

from gpu._far_rectangle import rectangle, softmax
from gpu._heads import per_head
from gpu._options import check_count, check_rng
from gpu._tiles import one_blas_thread
from gpu.attended import Attended
from gpu.budget import root
from gpu.patterns import FullPattern, PiecewisePattern

# Causal attention is cut into rectangles down to triangles of this size, which are exact: below,
# grouping costs more than it saves (found by trial).
_TRIANGLE = 256


@per_head("numpy", "numba")
def far_field(
    q,
    k,
    v,
    *,
    causal,
    scale,
    keys,
    backend,
    rng,
    budget=None,
    near=None,
    query_groups=None,
    key_groups=None,
    first_order=True,
) -> Attended:
    r"""Attended: near keys exactly, far keys a term a group; (N, dv).

    Cost: query_groups M / N + key_groups + near scores a query, 3 sqrt(N) with the defaults, and
    two k-means of the same order.  Causal attention is cut into a triangle of N / 2, twice, and
    a square of N / 2 between them, again and again.  It is exact where near >= M, where queries
    of a group are equal, or where keys of a group are.

    Parameters
    ----------
    q, k, v, causal, scale, keys, backend
        See `gpu.definition.reference`.
    rng : numpy.random.Generator
        For the seeds of the groups.
    budget : int, optional
        Scores a query; 3 ceil(sqrt(M)) if left out.  A third each for the groups of queries, those
        of keys, and near keys.  Fewer groups of keys are made where the keys are not in so many,
        and near keys have what is saved.  (Causal: 6/5 of it, and the triangles.)
    near : int, optional
        Near keys a query, on average; which, and how many for each group of queries, is chosen
        by what they matter.
    query_groups, key_groups : int, optional
        At most as many as there are queries, or keys.
    first_order : bool
        Add how values go with scores within a term, one (d, dv) matrix a group of queries: some
        d / 2 scores' worth of work a query, and a half to a fifth of the error.  Without it the
        output is the softmax attention of other scores, for which far-field/theorem1 is.
    """
    asked = {"near": near, "query_groups": query_groups, "key_groups": key_groups}
    for name, least in (("near", 0), ("query_groups", 1), ("key_groups", 1)):
        if asked[name] is not None:
            asked[name] = check_count(asked[name], name, least)
    N, M = len(q), len(k)
    asked |= {"first_order": bool(first_order), "backend": backend}
    asked["third"] = 1 if budget is None else check_count(budget, "budget", 3) / 3 / root(M)
    check_rng(rng)
    present = np.arange(M) if keys is None else np.flatnonzero(keys)
    pieces = list(_pieces(N, M)) if causal else [(0, 0, N, M, False)]
    output = np.zeros((N, v.shape[1]), q.dtype)
    log_sum = np.full(N, -np.inf, q.dtype)
    scores, patterns = 0, []
    if backend == "numba":
        import gpu._numba_far  # noqa: F401  SciPy's BLAS is there before threads are limited
    with one_blas_thread():
        for row, column, height, width, triangle in pieces:
            rows = slice(row, row + height)
            seen = present[slice(*np.searchsorted(present, (column, column + width)))]
            if not len(seen):
                continue
            if triangle:
                done = _exact_triangle(q[rows], k, v, seen, column, width, scale)
            else:
                part = slice(column, column + width) if keys is None else seen
                those = (q[rows], k[part], v[part])
                done = rectangle(*those, seen - column, width, scale, rng, asked)
            _merge(output[rows], log_sum[rows], *done[:2])
            scores += done[2]
            patterns.append((row, column, done[3]))
    return Attended(output, scores, PiecewisePattern((N, M), tuple(patterns)), backend)


def _pieces(N, M, row=0):
    """(row, column, height, width, whether causal within) that tile what queries of N see of M."""
    if M > N:
        yield row, 0, N, M - N, False
    yield from _triangles(row, M - N + row, N)


def _triangles(row, column, size):
    if size <= _TRIANGLE:
        yield row, column, size, size, True
        return
    half = size // 2
    yield from _triangles(row, column, half)
    yield row + half, column, size - half, half, False
    yield from _triangles(row + half, column + half, size - half)


def _merge(output, log_sum, more, more_log_sum):
    """Bring in what further keys add: outputs weighted by the sums of their exponentials."""
    if np.isneginf(log_sum).all():  # nothing yet
        output[:], log_sum[:] = more, more_log_sum
        return
    total = np.logaddexp(log_sum, more_log_sum)
    with np.errstate(invalid="ignore"):  # -inf - -inf: a query that has seen no key yet
        old, new = np.exp(log_sum - total), np.exp(more_log_sum - total)
    np.nan_to_num(old, copy=False)
    np.nan_to_num(new, copy=False)
    output *= old[:, None]
    output += new[:, None] * more
    log_sum[:] = total


def _exact_triangle(q, k, v, seen, column, width, scale):
    pattern = FullPattern((len(q), width), True, np.isin(np.arange(column, column + width), seen))
    scores = (q @ k[seen].T) * q.dtype.type(scale)
    scores[~pattern.mask()[:, seen - column]] = -np.inf
    output, _, log_sum = softmax(scores, v[seen])
    return output, log_sum, pattern.count(), pattern
