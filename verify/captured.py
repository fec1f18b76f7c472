"""Heads from what was recorded of a model, and whether they compute what the model did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from spectral.graph import attention_matrix
from spectral.heads import Head
from verify.recording import Record


@dataclass(frozen=True, eq=False)
class Captured:
    """A head, and how far softmax(q k^T / sqrt(d)) v is from what the model's attention returned.

    share: the largest distance of an entry over the rounding error that it may have; at most 1.
    """

    head: Head
    distance: float
    share: float


def captured(record: Record, heads: Collection[int], name: str) -> tuple[Captured, ...]:
    """Some heads of a layer, each checked; `name` is a format of `layer` and `head`.

    Of grouped queries each head has its own copy of the k and v that it shares: head h has those
    of group h // (heads / groups).  The model's scale goes into q, so that scores are
    q k^T / sqrt(d) as everywhere here.

    *Raises* ValueError where the head does not compute what the model's attention returned: there
    is then more to it than q, k, v and a causal mask (a cap on scores, a bias, a sink).
    """
    return tuple(_captured(record, h, name.format(layer=record.layer, head=h)) for h in heads)


def _captured(record: Record, h: int, name: str) -> Captured:
    shared = h // group_size(record)
    q, k, v = (x.astype(float) for x in (record.q[h], record.k[shared], record.v[shared]))
    try:
        head = Head(q * (record.scale * q.shape[1] ** 0.5), k, v, record.causal, name)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    distances = np.abs(output(head) - record.output[h])
    share = float((distances / rounding(head, record.eps)).max())
    if not share <= 1:
        raise ValueError(
            f"{name}: softmax(q k^T / sqrt(d)) v must be what the model's attention returned, "
            f"got {distances.max():.1e} between them, {share:.1e} times what rounding explains"
        )
    return Captured(head, float(distances.max()), share)


def group_size(record: Record) -> int:
    """How many heads share one k and v."""
    heads, groups = len(record.q), len(record.k)
    if heads % groups or len(record.v) != groups:
        counts = f"{heads}, {groups} and {len(record.v)}"
        raise ValueError(f"heads must be a multiple of those of k and of v, got {counts}")
    return heads // groups


def output(head: Head) -> np.ndarray:
    """What a head returns, (N, d): softmax(q k^T / sqrt(d)) v, in float64."""
    return attention_matrix(head.q, head.k, causal=head.causal) @ head.v


def rounding(head: Head, eps: float) -> np.ndarray:
    """How far the output in an arithmetic of spacing `eps` may be from the exact one, (N, d).

    With u = eps / 2 and s the largest sum of |q_a k_a| / sqrt(d) of a row, a score is wrong by
    (d + 2) u s, and by 2 u s more when the maximum is taken off; so is the logarithm of a weight
    before the division, and of the sum it is divided by.  Sums of N terms add N u twice, and
    exponentials, division and rounding of the results some units, 16 u with room.  All this is
    relative to the largest |v| of the column.  Of first order in u, and worst case throughout.
    """
    N, d = head.q.shape
    s = (np.abs(head.q) @ np.abs(head.k).T).max(axis=1, keepdims=True) / np.sqrt(d)
    relative = eps / 2 * (2 * (d + 4) * s + 2 * N + 16)
    largest = np.abs(head.v).max(axis=0, keepdims=True)
    return relative * np.maximum(largest, np.finfo(np.float32).tiny)


def chosen(text: str, count: int, what: str) -> tuple[int, ...]:
    """The numbers that "0,3,5-7" or "all" names, ascending, each below `count`."""
    if text == "all":
        return tuple(range(count))
    numbers: set[int] = set()
    for item in text.split(","):
        first, dash, last = item.strip().partition("-")
        ends = (first, last) if dash else (first, first)
        if not all(end.isascii() and end.isdigit() for end in ends):
            raise ValueError(f"--{what} must be as 0,3,5-7 or all, got {text!r}")
        low, high = map(int, ends)
        if not low <= high < count:
            raise ValueError(f"--{what} must be of 0 to {count - 1}, got {item.strip()!r}")
        numbers.update(range(low, high + 1))
    return tuple(sorted(numbers))
