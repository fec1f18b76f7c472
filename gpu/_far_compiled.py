"""The steps of `gpu._far_rectangle` by the kernels of `gpu._numba_far`: runs of groups a thread."""

from __future__ import annotations

import numpy as np

from gpu import _numba_far as kernels
from gpu._far_pairs import FarField, logs_of_spreads, near_lists, threshold_of
from gpu._numba_exp import LOG2_E
from gpu._tiles import over_tiles, processors, tiles
from gpu.grouping import Groups


def attend(q, k, v, queries: Groups, keys: Groups, near: int, scale, first_order: bool):
    """Output, log sum of exponentials, and FarField: all that a rectangle takes."""
    joined = np.concatenate([k, v], axis=1)[keys.order]
    field = _far_field_of(q, k, joined, queries, keys, near, scale)
    scaled = q[queries.order] * q.dtype.type(scale * LOG2_E)
    centers = queries.centers * q.dtype.type(scale * LOG2_E)
    output, log_sum, shares = _answer(scaled, centers, k, v, queries, field)
    if first_order:
        _add_first_order(output, scaled, centers, joined, queries, keys, shares)
    return _in_order(queries, output), _in_order(queries, log_sum), field


def _far_field_of(q, k, joined, queries: Groups, keys: Groups, near: int, scale) -> FarField:
    dtype = q.dtype.type
    means = queries.centers * dtype(scale)
    spread, distance = logs_of_spreads(q, k, queries, keys, compiled=True)
    threshold = threshold_of(means, k, spread, distance, queries, near, compiled=True)[:, 0]
    threshold, distance = (dtype(LOG2_E) * x for x in (threshold.astype(dtype), distance))
    means, distance = means * dtype(LOG2_E), distance[keys.order]
    (A, d), C = means.shape, len(keys)
    log_mass = np.empty((A, C), dtype)
    mean_keys = np.empty((A, C, d), dtype)
    mean_values = np.empty((A, C, joined.shape[1] - d), dtype)

    def terms(some):
        rows, starts = keys.run(some)
        filled = (log_mass[:, some], mean_keys[:, some], mean_values[:, some])
        a, j = kernels.terms(means, joined[rows], distance[rows], threshold, starts, *filled)
        return a, keys.order[rows][j]

    return FarField(*near_lists(over_tiles(terms, _runs(C)), A), log_mass, mean_keys, mean_values)


def _answer(q, centers, k, v, queries: Groups, field: FarField):
    """As `gpu._far_rectangle.answer`, for queries sorted by group; so is what it returns."""
    log_mass = field.log_mass * q.dtype.type(LOG2_E)
    out, log_sum = np.empty((len(q), v.shape[1]), q.dtype), np.empty(len(q), q.dtype)
    shares = np.empty(log_mass.shape, q.dtype)

    def fill(some):
        rows, starts = queries.run(some)
        far = (log_mass[some], field.mean_keys[some], field.mean_values[some])
        lists = field.near_starts[some.start : some.stop + 1]
        given = (q[rows], starts, centers[some], k, v, field.near, lists, far)
        kernels.answer(*given, out[rows], log_sum[rows], shares[some])

    over_tiles(fill, _runs(len(queries)))
    return out, log_sum, shares


def _add_first_order(out, q, centers, joined, queries: Groups, keys: Groups, shares):
    """As `gpu._far_rectangle.add_first_order`, for what is sorted by group."""
    d, C = q.shape[1], len(keys)
    together = np.empty((C, d, joined.shape[1] - d), q.dtype)
    squares = np.empty(C, q.dtype)

    def moments(some):
        rows, starts = keys.run(some)
        kernels.moments(joined[rows], starts, keys.centers[some], together[some], squares[some])

    over_tiles(moments, _runs(C))
    spread = shares @ squares / np.maximum(shares.sum(axis=1), np.finfo(q.dtype).tiny)

    def add(some):
        rows, starts = queries.run(some)
        slopes = (shares[some] @ together.reshape(C, -1)).reshape(-1, *together.shape[1:])
        given = (q[rows], starts, centers[some], slopes, spread[some])
        kernels.add_first_order(*given, q.dtype.type(1 / LOG2_E), out[rows])

    over_tiles(add, _runs(len(queries)))


def _runs(groups: int) -> list[slice]:
    """Runs of groups, four a processor: even enough, and long enough to be worth a call."""
    return tiles(groups, max(groups // (4 * processors()), 1))


def _in_order(groups: Groups, x):
    """What is sorted by group, as the points were given."""
    placed = np.empty_like(x)
    if x.ndim == 1:
        placed[groups.order] = x
    else:
        work = tiles(len(x), max(len(x) // (4 * processors()), 1))
        over_tiles(lambda rows: kernels.place(x[rows], groups.order[rows], placed), work)
    return placed
