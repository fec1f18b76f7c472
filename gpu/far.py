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

import math

import numpy as np

from gpu._far_pairs import FarField, far_field_of
from gpu._heads import per_head
from gpu._options import check_count, check_rng
from gpu._tiles import one_blas_thread, over_tiles
from gpu.attended import Attended
from gpu.grouping import Groups, group
from gpu.patterns import FullPattern, GroupPattern, PiecewisePattern

# Causal attention is cut into rectangles down to triangles of this size, which are exact: below,
# grouping costs more than it saves (found by trial).
_TRIANGLE = 256
# Gains of a further group of keys: 0.6 to 1 and more of the average for clusters with noise up to
# 1/2 of their separation, 0.2 to 0.5 for the later half of the groups of trained heads.
_LEAST_GAIN = 0.6


@per_head("numpy")
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
        and the other two share what is saved.  (Causal: 6/5 of it, and the triangles.)
    near : int, optional
        Near keys a query, on average; which, and how many for each group of queries, is chosen
        by what they matter.
    query_groups, key_groups : int, optional
        At most as many as there are queries, or keys.
    """
    asked = {"near": near, "query_groups": query_groups, "key_groups": key_groups}
    for name, least in (("near", 0), ("query_groups", 1), ("key_groups", 1)):
        if asked[name] is not None:
            asked[name] = check_count(asked[name], name, least)
    N, M = len(q), len(k)
    asked["third"] = 1 if budget is None else check_count(budget, "budget", 3) / 3 / _root(M)
    check_rng(rng)
    present = np.arange(M) if keys is None else np.flatnonzero(keys)
    pieces = list(_pieces(N, M)) if causal else [(0, 0, N, M, False)]
    output = np.zeros((N, v.shape[1]), q.dtype)
    log_sum = np.full(N, -np.inf, q.dtype)
    scores, patterns = 0, []
    with one_blas_thread():
        for row, column, height, width, triangle in pieces:
            rows = slice(row, row + height)
            seen = present[(present >= column) & (present < column + width)]
            if not len(seen):
                continue
            if triangle:
                done = _exact_triangle(q[rows], k, v, seen, column, width, scale)
            else:
                done = _rectangle(
                    q[rows], k[seen], v[seen], seen - column, width, scale, rng, asked
                )
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
    return *_softmax(scores, v[seen]), pattern.count(), pattern


def _softmax(scores, v):
    """Softmax of scores, in their place, times v; and the logarithm of the sum of exponentials."""
    top = scores.max(axis=1)
    top[np.isneginf(top)] = 0
    scores -= top[:, None]
    np.exp(scores, out=scores)
    total = scores.sum(axis=1)
    output = scores @ v
    output /= np.where(total > 0, total, 1)[:, None]
    with np.errstate(divide="ignore"):  # no key at all
        return output, top + np.log(total)


def _rectangle(q, k, v, columns, width, scale, rng, asked):
    """Output, log sum of exponentials, scores and pattern of all queries against all keys."""
    queries, keys, near = _groups(q, k, rng, asked)
    field = far_field_of(q, k, v, queries, keys, near, scale)
    output, log_sum = _answer(q, k, v, queries, field, scale)
    pattern = GroupPattern((len(q), width), queries.labels, field.near_starts, columns[field.near])
    terms = (~np.isneginf(field.log_mass)).sum(axis=1) @ np.diff(queries.starts)
    return output, log_sum, len(queries) * len(k) + int(terms) + pattern.count(), pattern


def _groups(q, k, rng, asked):
    """Groups of queries and of keys, and the number of near keys: a third of the budget each.

    Where the keys are in fewer groups than that, the other two share what is saved.
    """
    root = max(int(asked["third"] * _root(len(k))), 1)
    for_queries, for_keys = rng.spawn(2)
    count = asked["query_groups"] or root
    gain = _LEAST_GAIN if asked["key_groups"] is None else 0
    work = [(q, count, for_queries, 0), (k, asked["key_groups"] or root, for_keys, gain)]
    queries, keys = over_tiles(_grouped, work)
    saved = max(root - len(keys), 0) // 2 if asked["key_groups"] is None else 0
    if saved and asked["query_groups"] is None:
        queries = _grouped((q, root + saved, for_queries, 0))
    return queries, keys, root + saved if asked["near"] is None else asked["near"]


def _grouped(work) -> Groups:
    x, count, rng, least_gain = work
    return group(x, min(count, len(x)), rng=rng, least_gain=least_gain)


def _root(M: int) -> int:
    return math.isqrt(M - 1) + 1


def _answer(q, k, v, queries: Groups, field: FarField, scale):
    """Softmax over near keys and far terms, group of queries by group."""
    output, log_sum = np.empty((len(q), v.shape[1]), q.dtype), np.empty(len(q), q.dtype)
    scale = q.dtype.type(scale)

    def answer(a):
        rows = queries.order[queries.starts[a] : queries.starts[a + 1]]
        near = field.near[field.near_starts[a] : field.near_starts[a + 1]]
        those = q[rows] * scale
        scores = np.empty((len(rows), len(near) + field.log_mass.shape[1]), q.dtype)
        np.matmul(those, k[near].T, out=scores[:, : len(near)])
        far = scores[:, len(near) :]
        np.matmul(those - queries.centers[a] * scale, field.mean_keys[a].T, out=far)
        far += field.log_mass[a]
        output[rows], log_sum[rows] = _softmax(
            scores, np.concatenate([v[near], field.mean_values[a]])
        )

    over_tiles(answer, range(len(queries)))
    return output, log_sum
