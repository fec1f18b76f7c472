"""Orbits of a map on exact states: once a state comes back, every later one is known.

A finite computation then says what an iteration does for all times: where it goes round, and
that it converges nowhere if the cycle has more than one state.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True)
class Orbit:
    """The states before the cycle, in order, and those of the cycle, which repeat for ever."""

    transient: tuple
    cycle: tuple

    def at(self, t: int):
        """The state at time t >= 0, however large."""
        if t < 0:
            raise ValueError(f"t must not be negative, got {t}")
        if t < len(self.transient):
            return self.transient[t]
        return self.cycle[(t - len(self.transient)) % len(self.cycle)]

    @property
    def converges(self) -> bool:
        """Whether the states become constant."""
        return len(self.cycle) == 1


def orbit(step: Callable, start: Hashable, *, limit: int = 10_000) -> Orbit:
    """The whole orbit start, step(start), ... of hashable, exactly computed states.

    *Raises* ArithmeticError where no state has come back within `limit` of them.
    """
    seen: dict = {}
    state = start
    while state not in seen:
        if len(seen) == limit:
            raise ArithmeticError(f"no state came back within limit = {limit} steps")
        seen[state] = len(seen)
        state = step(state)
    states, entry = tuple(seen), seen[state]
    return Orbit(states[:entry], states[entry:])
