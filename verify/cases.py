"""Cases: where a check is looked at, cheapest first.

A `Cases` is a Hypothesis strategy (so `@given(weights())` works in anybody's tests) that
also carries what random search lacks: a *gallery* of named, structured inputs, an
exhaustive *lattice* of small ones, and the *hypotheses* that every input meets by
construction, as predicates, so that shrinking cannot walk out of them unseen.

A case is a tuple of values in the order of the check's parameters.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class Hypothesis:
    """A named predicate of a case's values; it returns a Comparison or a bool."""

    name: str
    holds: Callable[..., Any]


class Cases(SearchStrategy):
    """Gallery, lattice and random strategy over one family of inputs, with its hypotheses.

    gallery, lattice: functions without arguments that return fresh iterables of values;
    random: a Hypothesis strategy.  `arity` > 1 says that a value is a tuple of that length.
    `exhaustive` says that gallery and lattice together are the whole (finite) family.
    """

    def __init__(
        self,
        *,
        gallery: Callable[[], Iterable] = tuple,
        lattice: Callable[[], Iterable] = tuple,
        random: SearchStrategy | None = None,
        hypotheses: tuple[Hypothesis, ...] = (),
        arity: int = 1,
        exhaustive: bool = False,
        evidence: str = "sampled",
        label: str = "",
    ):
        super().__init__()
        self.gallery, self.lattice, self.random = gallery, lattice, random
        self.hypotheses, self.arity, self.exhaustive = hypotheses, arity, exhaustive
        self.evidence, self.name = evidence, label

    def do_draw(self, data):
        source = self.random if self.random is not None else st.sampled_from(list(self.fixed()))
        return data.draw(source)

    def fixed(self) -> Iterator:
        """Gallery, then lattice."""
        yield from self.gallery()
        yield from self.lattice()

    def tuples(self, values: Iterable) -> Iterator[tuple]:
        """Values as cases."""
        return (v if self.arity > 1 else (v,) for v in values)

    def where(self, name: str, holds: Callable[..., Any]) -> Cases:
        """The same family under one more named hypothesis (cases that fail it are rejected)."""
        return self._with(hypotheses=(*self.hypotheses, Hypothesis(name, holds)))

    def map_values(self, f: Callable, *, arity: int = 1, hypotheses=()) -> Cases:
        """The family f(value): its hypotheses must be given anew, as f may leave the old ones."""
        return Cases(
            gallery=lambda: map(f, self.gallery()),
            lattice=lambda: map(f, self.lattice()),
            random=None if self.random is None else self.random.map(f),
            hypotheses=tuple(hypotheses),
            arity=arity,
            exhaustive=self.exhaustive,
            evidence=self.evidence,
            label=self.name,
        )

    def after(self, constant) -> Cases:
        """The same cases, each with `constant` before it."""
        held = Hypothesis(f"the constant is {constant}", lambda first, *rest: first == constant)
        own = tuple(Hypothesis(h.name, after_first(h.holds)) for h in self.hypotheses)
        return self._with(
            gallery=lambda: ((constant, *v) for v in self.tuples(self.gallery())),
            lattice=lambda: ((constant, *v) for v in self.tuples(self.lattice())),
            random=None
            if self.random is None
            else self.random.map(lambda v: (constant, *(v if self.arity > 1 else (v,)))),
            hypotheses=(held, *own),
            arity=self.arity + 1,
        )

    def _with(self, **changes) -> Cases:
        kept = {
            key: getattr(self, key)
            for key in (
                "gallery",
                "lattice",
                "random",
                "hypotheses",
                "arity",
                "exhaustive",
                "evidence",
            )
        }
        return Cases(**{**kept, "label": self.name, **changes})


def product(*families: Cases) -> Cases:
    """Cases whose values are tuples, one of each family; hypotheses apply to their own value.

    Its gallery pairs the fixed cases of all families evenly, so that a small budget sees the
    whole of each; its lattice runs through the pairs by growing index sum, the small ones first.
    A product of finite families is finite: its lattice is the whole, and its evidence the weakest.
    """
    if len(families) == 1:
        return families[0]
    offsets = list(itertools.accumulate((f.arity for f in families), initial=0))
    hypotheses = tuple(
        Hypothesis(h.name, _on_slice(h.holds, start, start + f.arity))
        for f, start in zip(families, offsets, strict=False)
        for h in f.hypotheses
    )
    finite = all(f.exhaustive for f in families)
    kinds = {f.evidence for f in families}
    return Cases(
        gallery=(lambda: ()) if finite else (lambda: _spread(families)),
        lattice=lambda: _join(families),
        random=st.tuples(*families).map(lambda vs: _flatten(families, vs)),
        hypotheses=hypotheses,
        arity=offsets[-1],
        exhaustive=finite,
        evidence=min(kinds, key=("sampled", "fitted", "computed", "exhaustive").index),
    )


def rows(table: Iterable, *, evidence: str = "computed") -> Cases:
    """A finite family, given in full: the rows of a table, the gates of a truth table.

    evidence: "computed"; or "sampled" or "fitted" where the rows are runs of an experiment, which
    support a statement and do not prove it.
    """
    table = list(table)
    if not table:
        raise ValueError("table must have at least one row, got none")
    arity = len(table[0]) if isinstance(table[0], tuple) else 1
    return Cases(lattice=lambda: table, arity=arity, exhaustive=True, evidence=evidence)


def every(values: Iterable) -> Cases:
    """A finite family tried in full: evidence `exhaustive`."""
    return rows(values, evidence="exhaustive")


def after_first(holds):
    """The predicate of all values but the first."""
    return lambda first, *rest: holds(*rest)


def _on_slice(holds, start, stop):
    return lambda *values: holds(*values[start:stop])


def _flatten(families, values) -> tuple:
    parts = (v if f.arity > 1 else (v,) for f, v in zip(families, values, strict=True))
    return tuple(itertools.chain.from_iterable(parts))


def _spread(families) -> Iterator[tuple]:
    """Tuples at a Kronecker sequence (multiples of square roots of primes, mod 1)."""
    columns = [list(f.fixed()) for f in families]
    roots = [math.sqrt(p) for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)]
    for i in range(4 * max(map(len, columns)) if all(columns) else 0):
        spots = [int(i * r % 1 * len(c)) for r, c in zip(roots, columns, strict=False)]
        yield _flatten(families, [c[k] for c, k in zip(columns, spots, strict=True)])


def _join(families) -> Iterator[tuple]:
    """All tuples by growing index sum (Cantor's order)."""
    columns = [list(f.fixed()) for f in families]
    sizes = [len(c) for c in columns]
    for total in range(sum(sizes) - len(sizes) + 1):
        for index in _compositions(total, sizes):
            yield _flatten(families, [c[i] for c, i in zip(columns, index, strict=True)])


def _compositions(total: int, sizes: list[int]) -> Iterator[tuple[int, ...]]:
    if len(sizes) == 1:
        if total < sizes[0]:
            yield (total,)
        return
    for first in range(min(total, sizes[0] - 1) + 1):
        for rest in _compositions(total - first, sizes[1:]):
            yield (first, *rest)
