"""Local ascent on the margin: from the worst cases seen, by random moves of one array.

The moves are those by which counterexamples come about: an entry or all entries a little
larger, an array as a whole scaled against the others, an entry 0, two entries equal.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from verify.arithmetic import to_floats

# By trial on the planted statements without gallery and lattice, 600 steps in all: 4 starts find
# 54 of the 58 that an ascent can find, 3 find 51, 8 find 52; starts of one shape, 41.
_STARTS = 4


def ascend(
    visit: Callable[[tuple], float | None],
    worst: list[tuple[float, tuple]],
    steps: int,
    rng: np.random.Generator,
) -> None:
    """Climb from the worst case of each of a few shapes; `visit` gives a case's margin, or None."""
    starts = [(margin, to_floats(case)) for margin, case in _of_unlike_shapes(worst)]
    starts = [s for s in starts if any(map(_is_movable, s[1]))][:_STARTS]
    for margin, case in starts:
        climb(visit, case, margin, steps // len(starts), rng)


def climb(
    visit: Callable[[tuple], float | None],
    case: tuple,
    margin: float,
    steps: int,
    rng: np.random.Generator,
) -> tuple[float, tuple]:
    """The margin and the case that so many steps reach."""
    if not any(map(_is_movable, case)):
        return margin, case
    for _ in range(steps):
        moved = perturb(case, rng)
        new = visit(moved)
        if new is not None and new >= margin:  # a plateau is crossed, not stood on
            margin, case = new, moved
    return margin, case


def _of_unlike_shapes(worst: list[tuple[float, tuple]]) -> list[tuple[float, tuple]]:
    """The worst case of each shape, the worst first."""
    found = {}
    for margin, case in sorted(worst, key=lambda w: -w[0]):
        found.setdefault(tuple(np.shape(v) for v in case), (margin, case))
    return list(found.values())


def _is_movable(value) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype == float and value.size > 0
    return isinstance(value, float)


def perturb(case: tuple, rng: np.random.Generator) -> tuple:
    """One value of the case moved; a symmetric matrix stays symmetric."""
    choices = [i for i, v in enumerate(case) if _is_movable(v)]
    which = choices[rng.integers(len(choices))]
    array = np.array(case[which], float)
    symmetric = array.ndim == 2 and np.array_equal(array, array.T)
    with np.errstate(all="ignore"):
        moved = _MOVES[rng.choice(len(_MOVES), p=_CHANCES)](array, rng)
    if symmetric:
        moved = np.where(moved != array, moved, moved.T)  # what changed, mirrored
        moved = np.tril(moved) + np.tril(moved, -1).T
    return (*case[:which], float(moved) if moved.ndim == 0 else moved, *case[which + 1 :])


def _step(rng) -> float:
    return 10.0 ** rng.uniform(-3, 0.5)


def _one_entry(a, rng):
    moved, k = a.copy(), rng.integers(a.size)
    size = np.max(np.abs(a)) or 1.0
    noise = _step(rng) * rng.standard_normal()
    moved.flat[k] = a.flat[k] * np.exp(noise) if rng.random() < 0.5 else a.flat[k] + size * noise
    return moved


def _all_entries(a, rng):
    noise = _step(rng) * rng.standard_normal(a.shape)
    size = np.max(np.abs(a)) or 1.0
    return a * np.exp(noise) if rng.random() < 0.5 else a + size * noise


def _scaled(a, rng):
    return a * np.exp(_step(rng) * rng.standard_normal())


def _zero_entry(a, rng):
    moved = a.copy()
    moved.flat[rng.integers(a.size)] = 0
    return moved


def _tied_entries(a, rng):
    moved = a.copy()
    moved.flat[rng.integers(a.size)] = a.flat[rng.integers(a.size)] * rng.choice(
        [1, -1], p=[0.8, 0.2]
    )
    return moved


_MOVES = (_one_entry, _all_entries, _scaled, _zero_entry, _tied_entries)
_CHANCES = (0.5, 0.2, 0.1, 0.1, 0.1)
