"""Probabilities: the Clopper-Pearson interval, and what refutes a bound."""

from fractions import Fraction

import numpy as np
import pytest

from verify import chance_ge, chance_le
from verify.chance import LEVEL, Estimate, estimate


def coin(p):
    return lambda rng: rng.random() < p


def estimated(chance, trials=400, seed=0):
    return estimate(chance, trials=trials, rng=np.random.default_rng(seed))


def tail(n, k, p):
    """P(X >= k) for X binomial, from the definition."""
    from math import comb

    return sum(comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))


def test_the_interval_is_that_of_clopper_and_pearson():
    found = estimated(chance_le(coin(0.3), 1), trials=50)
    n, k = found.trials, found.occurred
    # The ends are where the observed count, or a more extreme one, has probability LEVEL / 2.
    assert tail(n, k, found.low) == pytest.approx(LEVEL / 2, rel=1e-6)
    assert 1 - tail(n, k + 1, found.high) == pytest.approx(LEVEL / 2, rel=1e-6)


@pytest.mark.parametrize(("p", "end"), [(0, "low"), (1, "high")])
def test_an_event_that_never_or_always_occurs(p, end):
    found = estimated(chance_le(coin(p), 1))
    assert getattr(found, end) == p
    # (LEVEL/2)^(1/n): the other end in closed form.
    other = found.high if p == 0 else found.low
    assert abs(other - p) == pytest.approx(1 - (LEVEL / 2) ** (1 / 400), rel=1e-9)


@pytest.mark.parametrize(
    ("claim", "bound", "refuted"),
    [
        (chance_le, 0.5, False),
        (chance_le, 0.6, False),
        (chance_le, 0.3, True),
        (chance_le, Fraction(3, 10), True),
        (chance_ge, 0.5, False),
        (chance_ge, 0.7, True),
        (chance_ge, 0.45, False),
    ],
)
def test_a_bound_is_refuted_by_the_whole_interval(claim, bound, refuted):
    assert estimated(claim(coin(0.5), bound)).refutes is refuted


@pytest.mark.parametrize("p", [0.01, 0.2, 0.5, 0.97])
def test_a_true_bound_is_never_refuted_in_many_runs(p):
    # Each run rejects with probability at most LEVEL = 1e-6.
    for seed in range(200):
        assert not estimated(chance_le(coin(p), p), trials=50, seed=seed).refutes
        assert not estimated(chance_ge(coin(p), p), trials=50, seed=seed).refutes


@pytest.mark.parametrize(
    ("relation", "bound", "ratio"),
    [("<=", 0.5, 0.5), (">=", 0.125, 0.5), ("<=", 0, float("inf"))],
)
def test_the_ratio_is_the_share_of_the_bound(relation, bound, ratio):
    assert Estimate(4, 1, 0, 1, relation, bound).ratio == ratio


def test_an_estimate_reads_as_a_sentence():
    assert str(Estimate(4, 1, 0.01, 0.9, "<=", Fraction(1, 2))) == (
        "1 of 4: probability in [0.01, 0.9], claimed <= 0.5"
    )


def test_the_same_generator_gives_the_same_estimate():
    assert estimated(chance_le(coin(0.3), 1), seed=5) == estimated(chance_le(coin(0.3), 1), seed=5)
