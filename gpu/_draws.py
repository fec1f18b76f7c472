"""Distinct numbers drawn at random, many sets at once, without a pass over what is not drawn."""

from __future__ import annotations

import numpy as np

_ENTRIES = 2**20  # of a table of random numbers, 8 MB; by choice


def distinct_draws(sizes, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(rows, draws): for each row r, min(count, sizes[r]) distinct integers below sizes[r].

    Every subset is equally likely.  Rows ascend, and draws ascend within a row.

    Where a row has more than 4 count to choose from, numbers are drawn and repeats drawn anew: a
    rule that treats all numbers alike ends in a set of which all are equally likely.  Where it has
    fewer, the smallest `count` of as many random numbers as it has are taken.
    """
    sizes = np.asarray(sizes)
    drawn = np.tile(np.arange(count), (len(sizes), 1))  # right already where sizes <= count
    few = np.flatnonzero((sizes > count) & (sizes <= 4 * count))
    for tile in np.array_split(few, len(few) * 4 * count // _ENTRIES + 1):
        drawn[tile] = _by_order(sizes[tile], count, rng)
    many = np.flatnonzero(sizes > 4 * count)
    drawn[many] = _by_rejection(sizes[many], count, rng)
    kept = np.arange(count) < sizes[:, None]
    return np.repeat(np.arange(len(sizes)), kept.sum(axis=1)), drawn[kept]


def _by_order(sizes, count, rng):
    if not (len(sizes) and count):
        return np.empty((len(sizes), count), np.intp)
    noise = rng.random((len(sizes), sizes.max()))
    noise[np.arange(sizes.max()) >= sizes[:, None]] = np.inf
    return np.sort(np.argpartition(noise, count - 1, axis=1)[:, :count], axis=1)


def _by_rejection(sizes, count, rng):
    drawn = np.sort(rng.integers(sizes[:, None], size=(len(sizes), count)), axis=1)
    open_rows = np.arange(len(sizes))
    while open_rows.size:
        table = drawn[open_rows]
        again = np.zeros(table.shape, bool)
        again[:, 1:] = table[:, 1:] == table[:, :-1]
        row = np.flatnonzero(again.any(axis=1))
        open_rows, table, again = open_rows[row], table[row], again[row]
        table[again] = rng.integers(np.repeat(sizes[open_rows], again.sum(axis=1)))
        drawn[open_rows] = np.sort(table, axis=1)
    return drawn
