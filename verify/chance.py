"""Claims about probabilities: repeat an event, and compare its Clopper-Pearson interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# Probability that a true claim is rejected, per row of cases: far below any number of claims
# a run has.  A choice.
LEVEL = 1e-6


@dataclass(frozen=True)
class Chance:
    """The statement P(event) <= bound (or >=); the event draws its randomness from a Generator."""

    event: Callable[[np.random.Generator], bool]
    relation: str
    bound: float


@dataclass(frozen=True)
class Estimate:
    """An estimated probability with its Clopper-Pearson interval, beside the claimed bound."""

    trials: int
    occurred: int
    low: float
    high: float
    relation: str
    bound: float

    @property
    def refutes(self) -> bool:
        """The whole interval lies on the wrong side."""
        return self.low > self.bound if self.relation == "<=" else self.high < self.bound

    @property
    def ratio(self) -> float:
        """How much of the bound is used by the estimate."""
        frequency = self.occurred / self.trials
        top, bottom = (frequency, self.bound) if self.relation == "<=" else (self.bound, frequency)
        return top / bottom if bottom > 0 else float("inf")

    def __str__(self) -> str:
        return (
            f"{self.occurred} of {self.trials}: probability in [{self.low:.4g}, {self.high:.4g}], "
            f"claimed {self.relation} {float(self.bound):.4g}"
        )


def chance_le(event, bound) -> Chance:
    """P(event) <= bound."""
    return Chance(event, "<=", bound)


def chance_ge(event, bound) -> Chance:
    """P(event) >= bound."""
    return Chance(event, ">=", bound)


def estimate(chance: Chance, *, trials: int, rng: np.random.Generator) -> Estimate:
    """Frequency of the event in independent trials, with the exact binomial interval."""
    from scipy.stats import beta

    occurred = sum(bool(chance.event(rng)) for _ in range(trials))
    low = beta.ppf(LEVEL / 2, occurred, trials - occurred + 1) if occurred else 0.0
    high = beta.ppf(1 - LEVEL / 2, occurred + 1, trials - occurred) if occurred < trials else 1.0
    return Estimate(trials, occurred, float(low), float(high), chance.relation, float(chance.bound))
