r"""One rectangle of attention with a far field: all of some queries against all of some keys.

First order.  A term of the far field has its values at their mean, v_ac.  Within a group of keys
values and scores go together a little, and to first order that moves the output by

    sum_c p~_ic (q_i - q_a) G_c scale,     G_c = mean over c of (k_j - k_c) v_j^T,

which the mean of p~_ic over the group of queries makes one (d, dv) matrix a group of queries.
G_c is taken over the whole of c, near keys too, and with equal weights: by trial that leaves a
fifth of the error on Gaussian clusters and 6/10 of it on trained heads; exact G would leave a tenth
and a third, for d times the work.  Where delta is not small, first order says nothing: the term is
divided by 1 + its mean square (estimated by norms), so that it vanishes there.
"""

from __future__ import annotations

import numpy as np

from gpu._far_pairs import FarField, far_field_of
from gpu._tiles import over_tiles
from gpu.budget import root
from gpu.grouping import Groups, group
from gpu.patterns import GroupPattern

# Gains of a further group of keys: 0.6 to 1 and more of the average for clusters with noise up to
# 1/2 of their separation, 0.2 to 0.5 for the later half of the groups of trained heads.
_LEAST_GAIN = 0.6


def rectangle(q, k, v, columns, width, scale, rng, asked):
    """Output, log sum of exponentials, scores and pattern of all queries against all keys."""
    queries, keys, near = _groups(q, k, rng, asked)
    attend = _attend
    if asked["backend"] == "numba":
        from gpu._far_compiled import attend
    output, log_sum, field = attend(q, k, v, queries, keys, near, scale, asked["first_order"])
    pattern = GroupPattern((len(q), width), queries.labels, field.near_starts, columns[field.near])
    terms = (~np.isneginf(field.log_mass)).sum(axis=1) @ np.diff(queries.starts)
    return output, log_sum, len(queries) * len(k) + int(terms) + pattern.count(), pattern


def _attend(q, k, v, queries: Groups, keys: Groups, near: int, scale, first_order: bool):
    """Output, log sum of exponentials, and FarField."""
    field = far_field_of(q, k, v, queries, keys, near, scale)
    output, log_sum, shares = _answer(q, k, v, queries, field, scale)
    if first_order:
        _add_first_order(output, q, k, v, queries, keys, shares, scale)
    return output, log_sum, field


def _groups(q, k, rng, asked):
    """Groups of queries and of keys, and the number of near keys: a third of the budget each.

    Where the keys are in fewer groups than that, what is saved goes to near keys.
    """
    most = max(int(asked["third"] * root(len(k))), 1)
    count = asked["query_groups"] or most
    gain = _LEAST_GAIN if asked["key_groups"] is None else 0
    options = {"compiled": asked["backend"] == "numba"}
    for_queries, for_keys = ({"rng": rng, **options} for rng in rng.spawn(2))
    work = [
        (q, count, for_queries),
        (k, asked["key_groups"] or most, for_keys | {"least_gain": gain}),
    ]
    queries, keys = over_tiles(_grouped, work)
    saved = max(most - len(keys), 0) if asked["key_groups"] is None else 0
    return queries, keys, most + saved if asked["near"] is None else asked["near"]


def _grouped(work) -> Groups:
    x, count, options = work
    return group(x, min(count, len(x)), **options)


def softmax(scores, v):
    """Softmax of scores, in their place but for a factor, times v; that factor's reciprocal, and
    the logarithm of the sum of exponentials."""
    top = scores.max(axis=1)
    top[np.isneginf(top)] = 0
    scores -= top[:, None]
    np.exp(scores, out=scores)
    total = scores.sum(axis=1)
    output = scores @ v
    divisor = np.where(total > 0, total, 1)
    output /= divisor[:, None]
    with np.errstate(divide="ignore"):  # no key at all
        return output, divisor, top + np.log(total)


def _answer(q, k, v, queries: Groups, field: FarField, scale):
    """Softmax over near keys and far terms, group of queries by group; and the mean over each
    group of what the far terms have of it, (query groups, key groups)."""
    output, log_sum = np.empty((len(q), v.shape[1]), q.dtype), np.empty(len(q), q.dtype)
    shares = np.empty(field.log_mass.shape, q.dtype)
    scale = q.dtype.type(scale)

    def fill(a):
        rows = queries.members(a)
        near = field.near[field.near_starts[a] : field.near_starts[a + 1]]
        those = q[rows] * scale
        scores = np.empty((len(rows), len(near) + field.log_mass.shape[1]), q.dtype)
        np.matmul(those, k[near].T, out=scores[:, : len(near)])
        far = scores[:, len(near) :]
        np.matmul(those - queries.centers[a] * scale, field.mean_keys[a].T, out=far)
        far += field.log_mass[a]
        values = np.concatenate([v[near], field.mean_values[a]])
        output[rows], divisor, log_sum[rows] = softmax(scores, values)
        shares[a] = (1 / divisor) @ far / q.dtype.type(len(rows))

    over_tiles(fill, range(len(queries)))
    return output, log_sum, shares


def _add_first_order(output, q, k, v, queries: Groups, keys: Groups, shares, scale):
    """Add to the output of each query how values go with scores within the far terms."""
    d, C = k.shape[1], len(keys)
    together, squares = np.empty((C, d * v.shape[1]), q.dtype), np.empty(C, q.dtype)

    def moments(c):
        rows = keys.members(c)
        away = k[rows] - keys.centers[c]
        together[c] = (away.T @ v[rows]).ravel() / q.dtype.type(len(rows))
        squares[c] = (away**2).sum() / q.dtype.type(len(rows))

    over_tiles(moments, range(C))
    slopes = (shares @ together).reshape(len(queries), d, v.shape[1])
    spread = shares @ squares / np.maximum(shares.sum(axis=1), np.finfo(q.dtype).tiny)

    def add(a):
        rows = queries.members(a)
        away = (q[rows] - queries.centers[a]) * q.dtype.type(scale)
        mean_square = (away**2).sum(axis=1) * spread[a] / q.dtype.type(d)
        output[rows] += (away / (1 + mean_square)[:, None]) @ slopes[a]

    over_tiles(add, range(len(queries)))
