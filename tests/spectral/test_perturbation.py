"""Perturbation theorems: they hold where their hypothesis does, and the traps are met."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.angles import NORMS, eigengap
from spectral.balls import Ball, to_balls
from spectral.perturbation import (
    Rotation,
    Shift,
    bauer_fike,
    davis_kahan,
    wedin,
    weyl,
    yu_wang_samworth,
)

EPS = np.finfo(float).eps
# Rounding: the measured motion is right to n eps ||A|| / gap, and bounds to a few eps of
# themselves; in these families ||A|| < 200 and gaps that small are passed over.
SLACK, LEAST = 1e5 * EPS, 1e-2

seeds = st.integers(0, 2**32 - 1)


def pair(seed, n, size=3):
    rng = np.random.default_rng(seed)
    A, H = rng.integers(-9, 10, (n, n)), rng.integers(-size, size + 1, (n, n))
    return A + A.T, H + H.T


def check(found, slack):
    assert found.measured <= found.bound + slack


def agree(found, expected, slack):
    """All fields of two results, floats or balls; the slack is relative beyond 1."""
    for a, b in zip(astuple(found), astuple(expected), strict=True):
        a, b = (x.mid if isinstance(x, Ball) else x for x in (a, b))
        assert a == pytest.approx(b, rel=slack, abs=slack)


# Known answers --------------------------------------------------------------------------


@pytest.mark.parametrize("h", [2.0**-4, 2.0**-20, 2.0**-40])
def test_the_gap_of_a_alone_is_no_bound(h):
    """The trap: 45 degrees for every h, while ||H|| / (gap of A) tends to 1/2."""
    A, H = np.diag([0.0, 1.0]), np.array([[0.5, h], [h, -0.5]])
    found = davis_kahan(A, H, [0])
    assert found.measured == pytest.approx(np.sqrt(0.5), rel=8 * EPS)
    assert np.linalg.norm(H, 2) / eigengap(A, [0]) < 0.51 < found.measured < found.bound
    # inside {0} of A, outside {1/2 + h} of A + H
    assert found.gap == pytest.approx(0.5 + h, rel=8 * EPS)
    assert found.bound == pytest.approx(np.hypot(0.5, h) / (0.5 + h), rel=8 * EPS)
    other = yu_wang_samworth(A, H, [0])
    assert (other.gap, other.measured) == (1, pytest.approx(np.sqrt(0.5), rel=8 * EPS))
    assert other.bound == pytest.approx(2 * np.hypot(0.5, h), rel=8 * EPS)


@pytest.mark.parametrize("as_entries", [np.asarray, to_balls])
def test_a_lost_hypothesis_is_an_infinite_bound(as_entries):
    def diag(*entries):
        return as_entries(np.diag(entries))

    # {2} of A = diag(0, 2, 4), against all but the middle one of A + H = diag(0, 6, 4)
    agree(davis_kahan(diag(0, 2, 4), diag(0, 4, 0), [1]), Rotation(1, 2, 2), SLACK)
    # and against all but the middle one of diag(0, 2, 1)
    assert davis_kahan(diag(0, 2, 4), diag(0, 0, -3), [1]).bound == np.inf
    assert yu_wang_samworth(diag(0, 2, 4), diag(0, 4, 0), [0, 2]).bound == np.inf
    assert wedin(diag(2, 1), diag(0, 2), 1).bound == np.inf


@pytest.mark.parametrize("as_entries", [np.asarray, to_balls])
def test_yu_wang_samworth_takes_the_smaller_norm(as_entries):
    A = as_entries(np.diag([0, 1, 5, 9]))
    everywhere, once = as_entries(np.eye(4, dtype=int)), as_entries(np.diag([1, 0, 0, 0]))
    # k = 2: sqrt(2) against ||I||_F = 2, and against 1
    agree(yu_wang_samworth(A, everywhere, [0, 1]), Rotation(0, 2 * np.sqrt(2) / 4, 4), SLACK)
    agree(yu_wang_samworth(A, once, [2, 3]), Rotation(0, 2 / 4, 4), SLACK)


@pytest.mark.parametrize("as_entries", [np.asarray, to_balls])
def test_one_by_one_and_the_whole_space(as_entries):
    one, two = as_entries([[1]]), as_entries([[2]])
    still = Rotation(0, 0, np.inf)
    agree(davis_kahan(one, two, [0]), still, SLACK)
    agree(yu_wang_samworth(one, two, [0]), still, SLACK)
    agree(wedin(one, two, 1), still, SLACK)
    agree(weyl(one, two), Shift(2, 2), SLACK)


def test_an_eigenspace_that_is_not_determined_has_a_gap_of_zero_in_floats():
    assert davis_kahan(np.eye(2), np.zeros((2, 2)), [0]).bound == np.inf
    assert yu_wang_samworth(np.eye(2), np.zeros((2, 2)), [0]).bound == np.inf


def test_wedin_at_a_column():
    # sigma_1 = 5 of (3, 4) turns by the angle to (3, 4) + (-8, 6) / 5: both of R^2, k = 1 < 2,
    # so the value outside is the 0 of the vector orthogonal to all
    A, H = np.array([[3.0], [4.0]]), np.array([[-1.6], [1.2]])
    found = wedin(A, H, 1)
    assert found.gap == pytest.approx(5, rel=8 * EPS)
    assert found.measured == pytest.approx(2 / np.sqrt(29), rel=8 * EPS)
    assert found.bound == pytest.approx(2 / 5, rel=8 * EPS)


def test_weyl_is_an_equality_for_a_multiple_of_the_identity():
    A, _ = pair(0, 4)
    found = weyl(A, 3 * np.eye(4))
    assert found.measured == pytest.approx(3, abs=8 * 4 * EPS * np.linalg.norm(A, 2))
    assert found.bound == 3


def test_bauer_fike_needs_the_condition_number():
    # eigenvalues 1 and 2 with eigenvectors (1, 0) and (c, 1), up to length; h in the corner
    c, h = 1e3, 1e-4
    found = bauer_fike([[1, c], [0, 2]], [[0, 0], [h, 0]])
    # mu^2 - 3 mu + 2 - c h = 0
    moved = (np.sqrt(1 + 4 * c * h) - 1) / 2
    X = np.array([[1, c / np.hypot(c, 1)], [0, 1 / np.hypot(c, 1)]])
    assert found.condition == pytest.approx(np.linalg.cond(X), rel=64 * EPS * 4 * c**2)
    assert found.measured == pytest.approx(moved, rel=64 * EPS * 4 * c)
    assert h < found.measured < found.bound == found.condition * h  # h alone is no bound


def test_bauer_fike_asserts_nothing_of_a_matrix_that_is_not_diagonalizable():
    found = bauer_fike([[0, 1], [0, 0]], [[0, 0], [1e-8, 0]])
    assert found.measured == pytest.approx(1e-4, rel=64 * EPS)  # the root of the perturbation
    assert found.condition == found.bound == np.inf
    assert bauer_fike([[0, 1], [0, 0]], np.zeros((2, 2))).bound == np.inf
    assert bauer_fike([[2]], [[1]]).measured == bauer_fike([[2]], [[1]]).bound == 1


# Properties -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(2, 6), st.sampled_from(NORMS), st.data())
def test_eigenspace_bounds_hold(seed, n, norm, data):
    A, H = pair(seed, n)
    low = data.draw(st.integers(0, n - 1))
    block = slice(low, data.draw(st.integers(low + 1, n)))
    if min(eigengap(A, block), eigengap(A + H, block)) < LEAST:
        return
    check(davis_kahan(A, H, block, norm=norm), SLACK)
    check(yu_wang_samworth(A, H, block), SLACK)
    check(weyl(A, H), SLACK)


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 5), st.integers(1, 5), st.sampled_from(NORMS), st.data())
def test_wedin_holds(seed, m, n, norm, data):
    rng = np.random.default_rng(seed)
    A, H = rng.integers(-9, 10, (m, n)), rng.integers(-1, 2, (m, n))
    found = wedin(A, H, data.draw(st.integers(1, min(m, n))), norm=norm)
    if found.gap > LEAST:
        check(found, SLACK)


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 6))
def test_bauer_fike_holds(seed, n):
    rng = np.random.default_rng(seed)
    A, H = rng.standard_normal((n, n)), rng.standard_normal((n, n)) / 100
    found = bauer_fike(A, H)
    # eigenvalues of A are themselves right to kappa n eps ||A|| (this very theorem)
    check(found, 16 * n * EPS * np.linalg.norm(A, 2) * found.condition)


def test_complex_hermitian_matrices_too():
    rng = np.random.default_rng(1)
    A, H = (M + M.conj().T for M in rng.standard_normal((2, 4, 4)) + 1j * rng.random((2, 4, 4)))
    for norm in NORMS:
        check(davis_kahan(A, H / 50, [0, 1], norm=norm), SLACK)
        check(wedin(A[:3], H[:3] / 50, 2, norm=norm), SLACK)
    check(weyl(A, H), SLACK)


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(2, 4), st.sampled_from(NORMS))
def test_floats_and_balls_agree(seed, n, norm):
    A, H = pair(seed, n, size=1)
    exact = to_balls(A), to_balls(H)
    agree(weyl(A, H), weyl(*exact), SLACK)
    if min(eigengap(A, [0]), eigengap(A + H, [0])) > 0.1:
        found = davis_kahan(A, H, [0], norm=norm)
        if abs(found.gap) > 0.1:
            agree(found, davis_kahan(*exact, [0], norm=norm), SLACK)
        agree(yu_wang_samworth(A, H, [0]), yu_wang_samworth(*exact, [0]), SLACK)
    singular = np.linalg.svdvals(A), np.linalg.svdvals(A + H)
    if min(s[0] - s[1] for s in singular) > 0.1 and singular[0][0] - singular[1][1] > 0.1:
        agree(wedin(A, H, 1, norm=norm), wedin(*exact, 1, norm=norm), SLACK)


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize("theorem", [weyl, bauer_fike, lambda A, H: davis_kahan(A, H, [0])])
def test_one_shape(theorem):
    with pytest.raises(ValueError, match=r"A and H must have one shape, got \(1, 1\) and \(2, 2\)"):
        theorem(np.eye(1), np.eye(2))


def test_what_is_refused():
    with pytest.raises(ValueError, match="H must be Hermitian, got"):
        davis_kahan(np.eye(2), [[0, 1], [0, 0]], [0])
    with pytest.raises(ValueError, match=r"norm must be one of .*, got 'max'"):
        davis_kahan(np.eye(2), np.eye(2), [0], norm="max")
    with pytest.raises(ValueError, match=r"norm must be one of .*, got 'max'"):
        wedin(np.eye(2), np.eye(2), 1, norm="max")
    with pytest.raises(ValueError, match="k must be an integer from 1 to 2, got 3"):
        wedin(np.eye(2), np.eye(2), 3)
    with pytest.raises(ValueError, match="A must be square, got shape"):
        bauer_fike(np.ones((1, 2)), np.ones((1, 2)))
