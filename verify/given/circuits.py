"""Threshold circuits, and what one binary head computes of literals."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS


def threshold_circuits(*, max_inputs: int = 3, max_gates: int = 4) -> Cases:
    """(weights, thresholds) of `circuit_of`: parity, NOT, AND, constants, a chain; random ones."""
    earlier = Hypothesis(
        "gates read earlier wires",
        lambda W, t: not np.triu(W[:, W.shape[1] - len(W) :]).any(),
    )
    return Cases(
        gallery=_circuits,
        random=st.builds(
            _random_circuit, _SEEDS, st.integers(1, max_inputs), st.integers(1, max_gates)
        ),
        hypotheses=(earlier,),
        arity=2,
        label="threshold circuits",
    )


def quadratic_thresholds(*, max_inputs: int = 3, max_forms: int = 3) -> Cases:
    """(forms, thresholds, theta): M_t >= 0 on the literals (x, 1 - x), and their thresholds.

    Parity, one product, sums of products modulo 2, unequal thresholds, constants.
    """
    nonnegative = Hypothesis("no entry of M is negative", lambda M, tau, theta: (M >= 0).all())
    return Cases(
        gallery=_quadratics,
        random=st.builds(
            _random_quadratic, _SEEDS, st.integers(1, max_inputs), st.integers(1, max_forms)
        ),
        hypotheses=(nonnegative,),
        arity=3,
        label="thresholds of quadratic thresholds",
    )


def _circuits():
    yield np.array([[-1, 0]]), np.array([0])  # NOT
    yield np.array([[1, 1, 0]]), np.array([2])  # AND
    for n in (1, 2, 3):  # parity: as many counters as inputs, then their alternating sum
        weights = np.zeros((n + 1, 2 * n + 1), dtype=int)
        weights[:n, :n] = 1
        weights[n, n : 2 * n] = (-1) ** np.arange(n)
        yield weights, np.array([*range(1, n + 1), 1])
    yield np.array([[0, 0, 0], [1, -2, 0]]), np.array([0, 0])  # a constant 1, and beside it x
    yield np.array([[1, 1, 0]]), np.array([5])  # a constant 0
    yield -np.eye(4, 5, k=0, dtype=int), np.zeros(4, dtype=int)  # NOT of NOT of NOT of NOT


def _random_circuit(seed, n, size):
    rng = np.random.default_rng(seed)
    weights = np.tril(rng.choice([-2, -1, 0, 0, 1, 2], (size, n + size)), n - 1)
    return weights, rng.integers(-1, 3, size)


def _quadratics():
    """With |x| = the number of ones, [|x| >= k] and [|x| <= k] for odd and even k make parity."""
    for n in (1, 2, 3):
        ones, zeros = np.diag([1] * n + [0] * n), np.diag([0] * n + [1] * n)
        odd, even = range(1, n + 1, 2), range(2, n + 1, 2)
        forms = np.array([*([ones] * len(odd)), *([zeros] * len(even))])
        thresholds = np.array([*odd, *(n - k + 1 for k in even)])
        yield forms, thresholds, len(even) + 1
    product = np.zeros((1, 4, 4), dtype=int)
    product[0, 0, 1] = 1
    yield product, np.array([1]), 1  # x AND y
    exclusive = np.zeros((2, 4, 4), dtype=int)
    exclusive[0, 0, 3] = exclusive[1, 1, 2] = 1
    yield exclusive, np.array([1, 1]), 1  # x AND NOT y, or y AND NOT x
    yield 3 * product, np.array([2]), 1
    yield product, np.array([0]), 1
    yield product, np.array([2]), 1


def _random_quadratic(seed, n, count):
    rng = np.random.default_rng(seed)
    forms = rng.choice([0, 0, 1, 2], (count, 2 * n, 2 * n))
    thresholds = rng.integers(0, 1 + forms.sum(axis=(1, 2)) // 2 + 1)
    return forms, thresholds, int(rng.integers(1, count + 1))
