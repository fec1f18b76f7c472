"""The far field in Numba: products by BLAS, all that is done to a tile of scores in one pass.

Scores are in units of log 2, so that exponentials are powers of two; logarithms come back natural.
"""

import numpy as np
import scipy.linalg.cython_blas  # noqa: F401  Numba's np.dot: loaded before threads are limited
from numba import njit

from gpu._numba_exp import LOG2_E, REASSOCIATED, exp2

_SCORES = 2**17  # that are made at once: half a megabyte in float32, which stays in a cache


@njit(nogil=True)
def terms(means, joined, distance, threshold, starts, log_mass, mean_keys, mean_values):
    """Fill the far terms of the key groups that `starts` bounds; return the near pairs.

    means (A, d), joined (rows, d + dv) and distance (rows,) of these groups only, scores in units
    of log 2; fills log_mass (A, groups), mean_keys (A, groups, d), mean_values (A, groups, dv).
    Pairs: groups of queries, and rows of `joined`.
    """
    A, d = means.shape
    room, found = 1024, 0
    pairs = np.empty((2, room), np.int64)
    for c in range(len(starts) - 1):
        first, last = starts[c], starts[c + 1]
        part = joined[first:last]
        keys = np.ascontiguousarray(part[:, :d])
        rows = max(_SCORES // (last - first), 16)
        for low in range(0, A, rows):
            S = np.dot(means[low : low + rows], keys.T)
            mass = np.empty(len(S), means.dtype)
            for i in range(len(S)):
                a = low + i
                near = _count_near(S[i], distance[first:last], threshold[a])
                if found + near > room:
                    room = 2 * (found + near)
                    more = np.empty((2, room), np.int64)
                    more[:, :found] = pairs[:, :found]
                    pairs = more
                if near:
                    for j in range(last - first):
                        if S[i, j] + distance[first + j] > threshold[a]:
                            pairs[0, found], pairs[1, found] = a, first + j
                            S[i, j] = -np.inf
                            found += 1
                peak, mass[i] = _weigh(S[i])
                log_mass[a, c] = (peak + np.log2(mass[i])) / LOG2_E if mass[i] > 0 else -np.inf
            mean = np.dot(S, part)
            for i in range(len(S)):
                mass[i] = 1 / mass[i] if mass[i] > 0 else mass[i]
                for x in range(d):
                    mean_keys[low + i, c, x] = mean[i, x] * mass[i]
                for x in range(mean_values.shape[2]):
                    mean_values[low + i, c, x] = mean[i, d + x] * mass[i]
    return pairs[:, :found]


@njit(nogil=True, fastmath=REASSOCIATED)
def _count_near(s, distance, threshold):
    count = 0
    for j in range(len(s)):
        count += s[j] + distance[j] > threshold
    return count


@njit(nogil=True, fastmath=REASSOCIATED)
def _weigh(s):
    """Scores to weights under their maximum, in place; the maximum and the sum of weights."""
    peak = s.dtype.type(-np.inf)
    for j in range(len(s)):
        peak = s[j] if s[j] > peak else peak
    total = s.dtype.type(0)
    if peak == -np.inf:
        s[:] = 0
        return peak, total
    for j in range(len(s)):
        s[j] = exp2(s[j] - peak)
        total += s[j]
    return peak, total


@njit(nogil=True)
def answer(q, starts, centers, k, v, near, near_starts, far, out, log_sum, shares):
    """Fill out (N, dv), log_sum (N,) and shares (groups, C) of the groups that `starts` bounds.

    q (N, d) of these groups, one after the other, and centers in units of log 2; far is
    (log_mass, mean_keys, mean_values) of these groups, log_mass in units of log 2.
    """
    log_mass, mean_keys, mean_values = far
    C, d = log_mass.shape[1], q.shape[1]
    for a in range(len(starts) - 1):
        list_ = near[near_starts[a] : near_starts[a + 1]]
        n = len(list_)
        seen, values = np.empty((n + C, d), q.dtype), np.empty((n + C, v.shape[1]), q.dtype)
        for j in range(n):
            seen[j] = k[list_[j]]
            values[j] = v[list_[j]]
        seen[n:], values[n:] = mean_keys[a], mean_values[a]
        offset = log_mass[a] - np.dot(seen[n:], centers[a])  # scores are of q less the center
        share = np.zeros(C, q.dtype)
        rows = max(_SCORES // (n + C), 16)
        for first in range(starts[a], starts[a + 1], rows):
            last = min(first + rows, starts[a + 1])
            S = np.dot(q[first:last], seen.T)
            one = np.empty(last - first, q.dtype)
            for i in range(last - first):
                peak, total = _weigh_with(S[i], n, offset)
                one[i] = 1 / total if total > 0 else total
                _add_multiple(share, S[i, n:], one[i])
                log_sum[first + i] = (peak + np.log2(total)) / LOG2_E if total > 0 else -np.inf
            means = np.dot(S, values)
            for i in range(last - first):
                out[first + i] = means[i] * one[i]
        shares[a] = share / q.dtype.type(starts[a + 1] - starts[a])


@njit(nogil=True, fastmath=REASSOCIATED)
def _weigh_with(s, n, offset):
    """`_weigh` of scores of which those from n on are to have an offset added first."""
    for c in range(len(offset)):
        s[n + c] += offset[c]
    return _weigh(s)


@njit(nogil=True, fastmath=REASSOCIATED)
def _add_multiple(sums, x, factor):
    for c in range(len(sums)):
        sums[c] += x[c] * factor


@njit(nogil=True)
def moments(joined, starts, centers, together, squares):
    """Fill together (groups, d, dv) and squares (groups,) of the groups that `starts` bounds."""
    d = centers.shape[1]
    for c in range(len(starts) - 1):
        first, last = starts[c], starts[c + 1]
        size = joined.dtype.type(last - first)
        away = joined[first:last, :d] - centers[c]
        together[c] = np.dot(away.T, np.ascontiguousarray(joined[first:last, d:])) / size
        squares[c] = _sum_of_squares(away.ravel()) / size


@njit(nogil=True, fastmath=REASSOCIATED)
def _sum_of_squares(x):
    total = x.dtype.type(0)
    for i in range(len(x)):
        total += x[i] * x[i]
    return total


@njit(nogil=True)
def add_first_order(q, starts, centers, slopes, spread, scale, out):
    """Add to out (N, dv) the first order of the groups that `starts` bounds; q as it is given."""
    d, damped = q.shape[1], np.empty(1, q.dtype)  # a float of the arrays' own width
    for a in range(len(starts) - 1):
        first, last = starts[a], starts[a + 1]
        away = (q[first:last] - centers[a]) * scale
        for i in range(last - first):
            damped[0] = 1 / (1 + _sum_of_squares(away[i]) * spread[a] / d)
            away[i] *= damped[0]
        out[first:last] += np.dot(away, slopes[a])


@njit(nogil=True)
def place(x, order, out):
    """out[order[i]] = x[i]."""
    for i in range(len(x)):
        out[order[i]] = x[i]


@njit(nogil=True, fastmath=REASSOCIATED)
def spreads(x, labels, centers, distance):
    """Fill distance (N,) of points from their centers."""
    for i in range(len(x)):
        total = x.dtype.type(0)
        c = centers[labels[i]]
        for j in range(x.shape[1]):
            total += (x[i, j] - c[j]) ** 2
        distance[i] = np.sqrt(total)


@njit(nogil=True)
def add_up(x, labels, sums):
    """Add points to the sums (groups, d) of their groups."""
    for i in range(len(x)):
        sums[labels[i]] += x[i]


@njit(nogil=True)
def nearest(x, centers, half, labels):
    """Fill labels (N,) with the center of the largest <x, c> - |c|^2 / 2, the first if equal."""
    S = np.dot(x, centers.T)
    for i in range(len(x)):
        labels[i] = _first_largest(S[i], half)


@njit(nogil=True, fastmath=REASSOCIATED)
def _first_largest(s, half):
    peak = s.dtype.type(-np.inf)
    for j in range(len(s)):
        s[j] -= half[j]
        peak = s[j] if s[j] > peak else peak
    for j in range(len(s)):
        if s[j] == peak:
            return j
    return 0


@njit(nogil=True)
def take_best(x, norms, drawn, distance, wanted, taken):
    """As `gpu.grouping._squared_distances` and `_take_best`: fill taken, return how many."""
    points = np.empty((len(drawn), x.shape[1]), x.dtype)
    for r in range(len(drawn)):
        points[r] = x[drawn[r]]
    table = np.dot(points, x.T)
    least_known = 8 * np.finfo(x.dtype).eps
    for r in range(len(drawn)):
        _square(table[r], norms, norms[drawn[r]], x.dtype.type(least_known))
    count, before = 0, np.inf
    for _ in range(wanted):
        best, least = 0, np.inf
        for r in range(len(table)):
            total = _lower(table[r], distance)
            if total < least:
                best, least = r, total
        if count and least >= before:
            break
        distance[:] = table[best]
        before = least
        taken[count] = drawn[best]
        count += 1
    return count


@njit(nogil=True, fastmath=REASSOCIATED)
def _square(row, norms, norm, least_known):
    """Inner products to squared distances, in place; those that are rounding only are zero."""
    for j in range(len(row)):
        both = norms[j] + norm
        squared = both - 2 * row[j]
        row[j] = squared if squared > least_known * both else row.dtype.type(0)


@njit(nogil=True, fastmath=REASSOCIATED)
def _lower(row, distance):
    """min(row, distance) in its place, and its sum."""
    total = row.dtype.type(0)
    for j in range(len(row)):
        row[j] = distance[j] if distance[j] < row[j] else row[j]
        total += row[j]
    return total


@njit(nogil=True)
def cut(x, weights, budget, low, high, halvings):
    """Halve low ... high to the t whose entries above it, by weights of rows, sum to the budget."""
    for _ in range(halvings):
        t = (low + high) / 2
        total = 0
        for a in range(len(x)):
            total += weights[a] * _count_above(x[a], x.dtype.type(t))
        if total <= budget:
            high = t
        else:
            low = t
    return high


@njit(nogil=True, fastmath=REASSOCIATED)
def _count_above(s, t):
    count = 0
    for j in range(len(s)):
        count += s[j] > t
    return count
