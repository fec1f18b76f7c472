"""The numbers that Theorems 11, 27 and 48 quote in their docstrings, and what their cases are."""

from fractions import Fraction
from itertools import islice

import numpy as np
import pytest

from quantization.binary import BinaryHead
from quantization.gates import encode, implements
from spectral.balls import Ball, to_balls
from spectral.chain import stationary_distribution
from spectral.conductance import conductance, cut_ratio, sweep_cut
from spectral.gap import spectral_gap
from spectral.graph import transition_matrix
from spectral.linalg import eigvals, matrix_power
from spectral.mixing import mixing_time
from verify.arithmetic import as_rationals, decide, exactly, to_rationals
from verify.given import binary_heads, bottlenecks, scalars, timed
from verify.given.bottlenecks import ladder, streak, two_tails
from verify.heads import shipped_heads
from verify.sequence import theorem11, theorem11_upper, theorem27_upper


def chain(rows):
    return transition_matrix(as_rationals(rows))


def equal_rows(P):
    return bool((P == P[0]).all())


# Theorem 11 -----------------------------------------------------------------------------


def test_a_streak_of_three():
    W = as_rationals([[3, 5, 1], [3, 1, 5], [3, 1, 5]])
    assert equal_rows(matrix_power(transition_matrix(W), 2))
    assert transition_matrix(W)[2, 2] == Fraction(5, 9)
    for flow in ("out-degree", "stationary"):
        assert conductance(W, flow=flow).value == Fraction(4, 9)
    assert exactly(theorem11_upper.at_most_twice, (W,)).status == "violated"


@pytest.mark.parametrize("q", [Fraction(1, 3), Fraction(1, 10)])
def test_a_long_streak_has_gap_one_and_a_cut_of_q(q):
    n = 12
    P = np.eye(n, k=1, dtype=int) * (1 - q)
    P[:, 0] += q
    P[-1, -1] += 1 - q
    assert equal_rows(matrix_power(P, n - 1))
    assert stationary_distribution(P)[-1] <= Fraction(1, 2)
    assert cut_ratio(P, [n - 1], flow="stationary") == q


def test_heads_that_break_the_upper_bound_by_a_factor_of_three():
    ratios = [
        theorem11_upper.at_most_twice(theorem11.first_tokens(head)).ratio
        for head in shipped_heads()
    ]
    broken = [r for r in ratios if r > 1]
    assert (len(broken), len(ratios)) == (3, 27)
    assert broken == pytest.approx([3] * 3, abs=0.1)


@pytest.mark.parametrize(("p", "q"), [("1/5", "2/3"), ("1", "1/7"), ("1/2", "1/2")])
def test_two_tokens(p, q):
    p, q = Fraction(p), Fraction(q)
    W = np.array([[1 - p, p], [q, 1 - q]])
    assert conductance(W, flow="stationary").value == max(p, q)
    assert 2 - np.trace(W) == p + q  # gamma, the sum of both eigenvalues of L
    for row in (1, 5, Fraction(1, 5)):  # degrees (row, 1)
        assert conductance(W * np.array([[row], [1]])).value <= max(p, q)


def test_the_ladder():
    W = np.array([[10**4, 100, 0, 0], [100, 0, 200, 0], [0, 10, 0, 20], [0, 0, 1, 2]])
    W = as_rationals(W.tolist()) + Fraction(1, 100)
    np.testing.assert_array_equal((W * 100).astype(float), ladder(2))
    h = conductance(W).value
    assert Fraction(3, 10) < h < Fraction(301, 1000)
    gamma = spectral_gap(transition_matrix(to_balls(W)), reversible=False)
    assert gamma - Fraction(42, 1000) < Fraction(1, 2000)
    assert h**2 / 2 > Fraction(45, 1000) > gamma
    assert conductance((W + W.T) / 2).value == h  # nor does it help to make W symmetric for h


def test_paths_that_fall_off_slowly_reach_one_half():
    n, r = 400, 0.75
    weights = r ** abs(np.arange(1, n) - n // 2)
    path = np.diag(weights, 1) + np.diag(weights, -1)
    h = sweep_cut(path, np.arange(n)).value  # of a path, the best set is an end of it
    assert h == pytest.approx((1 - r) / (1 + r), rel=1e-3)
    assert spectral_gap(transition_matrix(path)) / h**2 == pytest.approx(1 / 2, rel=2e-2)


@pytest.mark.parametrize("n", [3, 4, 5])
def test_streaks_collapse(n):
    assert equal_rows(matrix_power(transition_matrix(to_rationals((streak(n, 2),))[0]), n - 1))


def test_two_tails():
    W = two_tails(6, 2)
    np.testing.assert_array_equal(np.diag(W, 1), [101, 201, 401, 201, 101])
    np.testing.assert_array_equal(W, W.T)


# Theorem 27 -----------------------------------------------------------------------------


def test_mixing_times():
    one, periodic = chain([[1, 1], [1, 1]]), chain([[1, 9], [9, 1]])
    hundredth = Fraction(1, 100)
    assert (mixing_time(one, hundredth), mixing_time(periodic, hundredth)) == (1, 18)
    assert np.log(50) == pytest.approx(3.9, abs=0.05)
    assert np.log(200) / 1.8 == pytest.approx(2.9, abs=0.05)
    assert np.trace(periodic) - 1 == Fraction(-4, 5)


def test_two_equal_rows():
    P = chain([[1, 2, 2], [2, 1, 1], [2, 1, 1]])
    assert sorted(np.round(eigvals(P.astype(float)).real, 12)) == [-0.3, 0, 1]
    assert not equal_rows(P)


@pytest.mark.parametrize("gap", [Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)])
def test_the_repaired_lower_bound_implies_that_of_the_book(gap):
    rate = (1 / (1 - Ball(gap))).log()
    assert 1 / rate > 1 / gap - 1


def test_a_kernel_is_positive_semidefinite():
    q = np.random.default_rng(0).standard_normal((5, 2))
    assert (np.linalg.eigvalsh(np.exp(q @ q.T)) > 0).all()
    case = (np.exp(q @ q.T), 0.25)
    assert theorem27_upper.positive_semidefinite(*case)
    assert theorem27_upper.at_most_for_kernels(*case)


# Theorem 48 -----------------------------------------------------------------------------


@pytest.mark.parametrize("projection", ["count", "boolean"])
@pytest.mark.parametrize("more", [(), (0,), (1, 1)])
@pytest.mark.parametrize(("gate", "tau"), [("AND", 1), ("OR", 0)])
def test_and_and_or_with_more_bits(gate, tau, more, projection):
    rows = np.array([[1, 0, 1], [0, 1, 1]] + [[0, 0, 0]] * len(more))
    W_Q, W_K, W_V = (column[:, None] for column in rows.T)
    head = BinaryHead(W_Q, W_K, W_V, tau, 1, projection=projection)
    assert implements(head, gate, encode(columns=more))


# Families -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cases",
    [
        bottlenecks(symmetric=True),
        timed(scalars(0, 1), symmetric=True),
        binary_heads(weights="ternary"),
    ],
    ids=["bottlenecks", "timed", "heads"],
)
def test_variants_meet_their_hypotheses_exactly(cases):
    for case in islice(cases.tuples(cases.fixed()), 200):
        assert all(decide(h.holds(*to_rationals(case))) for h in cases.hypotheses)


def test_the_hypotheses_of_binary_heads_can_fail():
    bit = np.array([[1]])
    weights, order = binary_heads().hypotheses
    assert not weights.holds(-bit, bit, bit, 0, 0, 0 * bit, bit)
    assert not order.holds(bit, bit, bit, 0, 0, bit, 0 * bit)
