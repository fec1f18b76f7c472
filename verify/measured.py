"""Methods of attention measured on heads: error, direction, scores and time, in one run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np


@dataclass(frozen=True)
class Measured:
    """What a method did on a head, or why it did nothing (`reason`)."""

    label: str
    head: str
    error: float = math.nan  # |Y' - Y|_F / |Y|_F, Y softmax attention in float64
    cosine: float = math.nan  # of Y' and Y, as vectors
    scores: int = 0
    share: float = math.nan  # scores / those of dense attention
    seconds: float = math.nan  # the least of the repeats
    reason: str = ""


def measure_all(
    heads: Iterable, *, budget: int | None, seed: int, repeats: int = 3
) -> Iterator[tuple[Measured, ...]]:
    """For each head, all methods at `budget` scores a query (3 ceil(sqrt N) by default)."""
    for index, head in enumerate(heads):
        yield measure(head, budget=budget, seed=(seed, index), repeats=repeats)


def measure(head, *, budget: int | None = None, seed=0, repeats: int = 3) -> tuple[Measured, ...]:
    """All methods of `gpu.METHODS` on a head, in float32, as they are set for the budget.

    A first run of each gives its output and is not timed: it may load or compile something.  BLAS
    and OpenMP keep to one thread, since heads are small and waiting would be what is measured.
    """
    from threadpoolctl import threadpool_limits

    from gpu import reference, settings
    from gpu.budget import default_budget

    exact = reference(head.q, head.k, head.v, causal=head.causal)
    q, k, v = (x.astype(np.float32) for x in (head.q, head.k, head.v))
    chosen = settings(head.N, head.N, default_budget(head.N) if budget is None else budget)

    def one(setting):
        def call():
            rng = np.random.default_rng(seed)
            return setting(q, k, v, rng=rng, causal=head.causal)

        return _measured(setting.label, head.name, call, exact, repeats)

    with threadpool_limits(1):
        return tuple(one(setting) for setting in chosen.values())


def _measured(label, name, call, exact, repeats) -> Measured:
    from gpu import NotCausal

    try:
        done = call()
    except NotCausal:
        return Measured(label, name, reason="not causal")
    seconds = math.inf
    for _ in range(repeats):
        start = perf_counter()
        call()
        seconds = min(seconds, perf_counter() - start)
    return Measured(
        label,
        name,
        relative_error(done.output, exact.output),
        cosine(done.output, exact.output),
        done.scores,
        done.scores / exact.scores,
        seconds,
    )


def relative_error(found, exact) -> float:
    """|found - exact|_F / |exact|_F; 0 / 0 is 0."""
    miss, size = np.linalg.norm(found - exact), np.linalg.norm(exact)
    return float(miss / size) if size else (math.inf if miss else 0.0)


def cosine(found, exact) -> float:
    """Of the two as vectors; NaN where one is zero."""
    found = found.astype(np.float64)
    size = np.linalg.norm(found) * np.linalg.norm(exact)
    return float((found * exact).sum() / size) if size else math.nan


@dataclass(frozen=True)
class Summary:
    """A method over heads: medians and a 90 % quantile of those that it can do."""

    label: str
    heads: int
    error: float
    p90: float
    cosine: float
    share: float
    seconds: float
    reasons: tuple[str, ...]  # one for each head that it cannot do

    @property
    def note(self) -> str:
        """ "not causal: 3 heads", or nothing."""
        kinds = dict.fromkeys(self.reasons)
        return "; ".join(f"{r}: {_heads(self.reasons.count(r))}" for r in kinds)


def summarise(results: Iterable[tuple[Measured, ...]]) -> list[Summary]:
    """One a method, the smallest median error first; those that can do no head last."""
    by_label: dict[str, list[Measured]] = {}
    for head in results:
        for m in head:
            by_label.setdefault(m.label, []).append(m)
    found = [_summary(label, all_of) for label, all_of in by_label.items()]
    return sorted(found, key=lambda s: (s.heads == 0, s.error))


def _summary(label, all_of) -> Summary:
    done = [m for m in all_of if not m.reason]
    reasons = tuple(m.reason for m in all_of if m.reason)

    def middle(name, part=0.5):
        values = [getattr(m, name) for m in done]
        return float(np.quantile(values, part)) if values else math.nan

    return Summary(
        label,
        len(done),
        middle("error"),
        middle("error", 0.9),
        middle("cosine"),
        middle("share"),
        middle("seconds"),
        reasons,
    )


def _heads(count):
    return f"{count} head" if count == 1 else f"{count} heads"
