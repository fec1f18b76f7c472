"""Angles between subspaces: closed forms, SciPy, and the same numbers in floats and balls."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import angles, linalg
from spectral.balls import Undecided, to_balls

EPS = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)


def basis(rng, n, k):
    return np.linalg.qr(rng.standard_normal((n, k)) + 1j * rng.standard_normal((n, k)))[0]


def integer_symmetric(seed, n):
    M = np.random.default_rng(seed).integers(-9, 10, (n, n))
    return M + M.T


# Known answers --------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [0.0, 1e-300, 1e-12, 1e-9, 0.3, np.pi / 2 - 1e-9, np.pi / 2])
def test_one_angle_in_the_plane(angle):
    U, V = np.eye(2)[:, :1], np.array([[np.cos(angle)], [np.sin(angle)]])
    # the rounding of cos and sin, and of the arctan of both: a few eps, relative
    assert angles.principal_angles(U, V) == pytest.approx([angle], rel=4 * EPS, abs=0)
    assert angles.sin_theta(U, V) == pytest.approx(np.sin(angle), rel=4 * EPS, abs=0)


def test_angles_ascend_and_both_norms_follow():
    a = np.array([0.2, 0.5])
    U = np.eye(4)[:, :2]
    V = np.vstack([np.diag(np.cos(a)), np.diag(np.sin(a))])[:, ::-1]
    assert angles.principal_angles(U, V) == pytest.approx(a, rel=8 * EPS)
    assert angles.sin_theta(U, V) == pytest.approx(np.sin(0.5), rel=8 * EPS)
    frobenius = angles.sin_theta(U, V, norm="frobenius")
    assert frobenius == pytest.approx(np.hypot(np.sin(0.2), np.sin(0.5)), rel=8 * EPS)


def test_the_whole_space_does_not_turn():
    assert angles.principal_angles([[1.0]], [[-1.0]]) == [0]
    Q = basis(np.random.default_rng(0), 3, 3)
    assert angles.principal_angles(np.eye(3), Q) == pytest.approx(0, abs=16 * EPS)


AXES, TURNED = np.diag([1, -1]), np.array([[3, 4], [4, -3]])  # e_1 and (2, 1) / sqrt 5


@pytest.mark.parametrize("norm", angles.NORMS)
@pytest.mark.parametrize("block", [slice(0, 1), slice(-1, None), [1], np.array([0])])
def test_eigenspaces_with_a_rational_angle(norm, block):
    # cos^2 = 4/5 between the upper eigenvectors, and between the lower ones
    squared = angles.sin_theta_squared(AXES, TURNED, block, norm=norm)
    assert squared == pytest.approx(1 / 5, rel=16 * EPS)
    exact = angles.sin_theta_squared(to_balls(AXES), to_balls(TURNED), block, norm=norm)
    assert abs(exact - Fraction(1, 5)) < Fraction(1, 2**40)
    root = angles.subspace_distance(to_balls(AXES), to_balls(TURNED), block, norm=norm)
    assert abs(root**2 - Fraction(1, 5)) < Fraction(1, 2**40)


@pytest.mark.parametrize(
    ("values", "block", "gap"),
    [
        ([0, 1, 3, 7], slice(0, 2), 2),
        ([0, 1, 3, 7], slice(1, 3), 1),
        ([0, 1, 3, 7], [3], 4),
        ([0, 1, 3, 7], slice(0, 4), np.inf),  # nothing outside
        ([0, 1, 3, 7], [0, 2], -1),  # 1 lies in the interval from 0 to 3, and 1 from its edge
        ([2, 2, 5], slice(0, 1), 0),
        ([4], slice(0, 1), np.inf),
    ],
)
def test_eigengap(values, block, gap):
    assert angles.eigengap(np.diag(values), block) == gap
    assert angles.eigengap(to_balls(np.diag(values)), block) == gap


def test_separation_is_from_the_block_of_one_to_the_rest_of_the_other():
    A, B = np.diag([0, 1]), np.diag([10, 30])
    assert angles.separation(A, B, slice(0, 1)) == 30
    assert angles.separation(B, A, slice(0, 1)) == 9
    assert angles.separation(to_balls(B), to_balls(A), slice(0, 1)) == 9


# Properties -----------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 6), st.data())
def test_angles_are_those_of_scipy_and_the_distance_that_of_the_projectors(seed, n, data):
    k = data.draw(st.integers(1, n))
    rng = np.random.default_rng(seed)
    U, V = basis(rng, n, k), basis(rng, n, k)
    expected = scipy.linalg.subspace_angles(U, V)[::-1]
    # SciPy 1.17 takes the arccos for some angles near 0, where it loses sqrt(eps): an angle that
    # is 0 comes out as 2.1e-8
    assert angles.principal_angles(U, V) == pytest.approx(expected, abs=4 * np.sqrt(n * EPS))
    difference = U @ U.conj().T - V @ V.conj().T
    assert angles.sin_theta(U, V) == pytest.approx(np.linalg.norm(difference, 2), abs=32 * n * EPS)
    frobenius = np.linalg.norm(difference) / np.sqrt(2)
    assert angles.sin_theta(U, V, norm="frobenius") == pytest.approx(frobenius, abs=32 * n * EPS)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 5), st.sampled_from(angles.NORMS), st.data())
def test_floats_and_balls_agree_on_eigenspaces(seed, n, norm, data):
    A, B = integer_symmetric(seed, n), integer_symmetric(seed + 1, n)
    k = data.draw(st.integers(1, n))
    block = slice(n - k, n)
    gap = min(angles.eigengap(A, block), angles.eigengap(B, block))
    if not gap > 1e-3:  # the tolerance below is 64 n eps ||A|| / gap
        return
    scale = np.linalg.norm(A, 2) + np.linalg.norm(B, 2) + 1
    slack = 64 * n * EPS * scale / min(gap, scale)
    in_floats = angles.subspace_distance(A, B, block, norm=norm)
    in_balls = angles.subspace_distance(to_balls(A), to_balls(B), block, norm=norm)
    # a distance near 0 is the root of a ball around 0, so compare squares: |s - t| (s + t)
    assert abs(in_balls.mid**2 - in_floats**2) <= slack * 2 * np.sqrt(n)
    squared = angles.sin_theta_squared(to_balls(A), to_balls(B), block, norm=norm)
    assert abs(squared.mid - in_floats**2) <= slack * 2 * np.sqrt(n)
    if norm == "frobenius":  # k - tr(P_A P_B)
        P, Q = (linalg.spectral_projector(M, block) for M in (A, B))
        assert squared.mid == pytest.approx(k - np.trace(P @ Q), abs=slack * 2 * np.sqrt(n))


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 5), st.data())
def test_separation_in_floats_and_balls(seed, n, data):
    A, B = integer_symmetric(seed, n), integer_symmetric(seed + 1, n)
    block = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True))
    expected = angles.separation(A, B, block)
    enclosed = angles.separation(to_balls(A), to_balls(B), block)
    if len(block) == n:
        assert expected == enclosed == np.inf
    else:
        scale = np.linalg.norm(A, 2) + np.linalg.norm(B, 2)
        assert enclosed.mid == pytest.approx(expected, abs=8 * n * EPS * scale)


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [[], slice(2, 2), [3], [-1], [0, 0]])
def test_a_block_is_a_set_of_positions(block):
    with pytest.raises(ValueError, match=r"block must hold distinct positions from 0 to 2, .* got"):
        angles.eigengap(np.eye(3), block)


def test_shapes_norms_and_arithmetics_must_agree():
    with pytest.raises(ValueError, match=r"U and V must have one shape, got \(2, 1\) and \(2, 2\)"):
        angles.principal_angles(np.eye(2)[:, :1], np.eye(2))
    with pytest.raises(ValueError, match=r"U must have orthonormal columns, got"):
        angles.principal_angles([[2.0]], [[1.0]])
    with pytest.raises(ValueError, match=r"A and B must have one shape, got \(1, 1\) and \(2, 2\)"):
        angles.separation(np.eye(1), np.eye(2), [0])
    with pytest.raises(ValueError, match="A must be Hermitian, got"):
        angles.eigengap([[0, 1], [0, 0]], [0])
    with pytest.raises(TypeError, match="A and B must be of one arithmetic, got floats and exact"):
        angles.separation(np.eye(2), to_balls(np.eye(2, dtype=int)), [0])
    for call in (
        lambda norm: angles.sin_theta(np.eye(2), np.eye(2), norm=norm),
        lambda norm: angles.sin_theta_squared(np.eye(2), np.eye(2), [0, 1], norm=norm),
        lambda norm: angles.subspace_distance(np.eye(2), np.eye(2), [0, 1], norm=norm),
        lambda norm: angles.projector_distance_squared(np.eye(2), np.eye(2), norm=norm),
    ):
        assert call("frobenius") == 0
        with pytest.raises(ValueError, match=r"norm must be one of .*, got 'nuclear'"):
            call("nuclear")


def test_an_eigenspace_that_is_not_determined_is_undecided_in_balls():
    one = to_balls(np.eye(2, dtype=int))
    with pytest.raises(Undecided):
        angles.subspace_distance(one, one, [0])


def test_rationals_go_on_to_balls():
    A = np.array([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(0)]], object)
    with pytest.raises(TypeError, match="take balls or floats"):
        angles.sin_theta_squared(A, A, [0])
