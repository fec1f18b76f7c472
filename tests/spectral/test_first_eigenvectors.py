"""The first k eigenvectors: plane rotations by hand, and `spectral.angles` as the other route."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.angles import eigengap, sin_theta_squared
from spectral.balls import to_balls
from spectral.first_eigenvectors import gap_after, rotation, turn

EPS = np.finfo(float).eps
A, E = np.diag([0.0, 1.0]), np.array([[9 / 25, 12 / 25], [12 / 25, -9 / 25]])


def test_a_plane_turned_by_a_right_angle():
    turned = turn(A, np.diag([0.0, -2.0]), 1)
    assert turned.sine == pytest.approx(1, abs=8 * EPS)
    assert turned.residual == 0


def test_davis_kahan_is_attained():
    """The case of equality of Theorem 30, step 1: A + E has the eigenvalues 0 and 1."""
    turned = turn(A, E, 1)
    assert gap_after(A, 1, of=A + E) == pytest.approx(1, abs=8 * EPS)
    assert turned.residual == pytest.approx(3 / 5, abs=8 * EPS)
    assert turned.sine == pytest.approx(turned.residual, abs=16 * EPS)


def test_nothing_turns_without_a_perturbation():
    assert turn(A, 0 * A, 1).sine == 0
    assert rotation(A, A, 1) == 0


@pytest.mark.parametrize("k", [0, 2])
def test_k_is_below_the_size(k):
    for f in (lambda: gap_after(A, k), lambda: turn(A, E, k), lambda: rotation(A, E, k)):
        with pytest.raises(ValueError, match=f"k must be an integer from 1 to 1, got {k}"):
            f()


def test_balls_enclose_the_floats():
    exact = [to_balls([[0, 0], [0, 1]]), to_balls([[1, 2], [2, -1]])]
    floats = [np.array([[0.0, 0], [0, 1]]), np.array([[1.0, 2], [2, -1]])]
    ball, number = turn(*exact, 1), turn(*floats, 1)
    assert ball.sine.mid == pytest.approx(number.sine, abs=16 * EPS)
    assert ball.residual.mid == pytest.approx(number.residual, abs=16 * EPS)
    assert gap_after(exact[1], 1).mid == pytest.approx(gap_after(floats[1], 1), abs=16 * EPS)


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_against_the_angles_of_subspaces(seed, n):
    rng = np.random.default_rng(seed)
    A, E = (M + M.T for M in rng.standard_normal((2, n, n)))
    k = int(rng.integers(1, n))
    gaps = [gap_after(M, k) for M in (A, A + E)]
    # both routes are right to n eps |A| / gap, and |A| <= 2 n here but for a rare seed
    error = 64 * n**2 * EPS * (1 + sum(1 / gap for gap in gaps))
    other = sin_theta_squared(A, A + E, slice(k))
    assert turn(A, E, k).sine == rotation(A, A + E, k)
    assert turn(A, E, k).sine ** 2 == pytest.approx(other, abs=error)
    assert gaps[0] == pytest.approx(eigengap(A, slice(k)), abs=64 * n**2 * EPS)
