"""The checks: each is seen to pass and to fail, and changes nothing that passes."""

from fractions import Fraction

import flint
import numpy as np
import pytest
from scipy.sparse import csr_array

from spectral import _checks as checks
from spectral.balls import Ball, to_balls

F = Fraction
EPS = np.finfo(float).eps


def rationals(rows):
    return np.vectorize(F, otypes=[object])(np.asarray(rows, object))


def around(mid):
    """A ball of radius 1/1000 that remembers no rational."""
    return Ball(flint.arb(Ball(mid).arb, Ball(F(1, 1000)).arb))


HALVES = rationals([[F(1, 2), F(1, 2)], [F(1, 4), F(3, 4)]])
ROTATION = rationals([[F(3, 5), F(-4, 5)], [F(4, 5), F(3, 5)]])
HERMITIAN = np.array([[1, 2 + 1j], [2 - 1j, 0]])


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks.check_array, [1.5, 2]),
        (checks.check_array, rationals([[1, F(1, 3)]])),
        (checks.check_finite, np.array([1.0])),
        (checks.check_square, np.ones((1, 1))),
        (checks.check_symmetric, [[1.0, 2], [2, 1]]),
        (checks.check_symmetric, [[1.0, 2], [2 * (1 + EPS), 1]]),
        (checks.check_symmetric, rationals([[1, 2], [2, 1]])),
        (checks.check_symmetric, to_balls([[1, 2], [2, 1]])),
        (checks.check_symmetric, np.array([[Ball(1), around(2)], [around(2), Ball(1)]])),
        (checks.check_hermitian, HERMITIAN),
        (checks.check_hermitian, rationals([[1, 2], [2, 1]])),
        (checks.check_orthonormal, np.eye(3)[:, :2]),
        (checks.check_orthonormal, np.linalg.qr(np.vander(np.arange(9.0)))[0]),
        (checks.check_orthonormal, ROTATION),
        (checks.check_orthonormal, to_balls(ROTATION)),
        (checks.check_orthonormal, np.array([[1j], [0]])),
        (checks.check_nonnegative, [0.0, 1]),
        (checks.check_nonnegative, np.array([around(0)])),
        (checks.check_positive, [1e-300]),
        (checks.check_positive, np.array([around(0)])),
        (checks.check_stochastic, [[0.1, 0.9], [0.7, 0.3 + EPS]]),
        (checks.check_stochastic, HALVES),
        (checks.check_stochastic, np.array([[around(F(1, 2)), around(F(1, 2))]] * 2)),
        (checks.check_stochastic, np.ones((1, 1))),
        (checks.check_probability, [0.25, 0.75]),
        (checks.check_probability, HALVES[0]),
        (checks.check_probability, np.array([around(F(1, 2)), Ball(F(1, 2))])),
    ],
)
def test_what_passes_is_returned_as_it_is(check, value):
    array = np.asarray(value)
    passed = check(value, "x")
    assert passed.dtype == array.dtype
    assert passed.shape == array.shape
    assert all(a is b or a == b for a, b in zip(passed.flat, array.flat, strict=True))


@pytest.mark.parametrize("x", [[1, 2], [True, False], np.array([1, 2], np.float32)])
def test_numbers_become_float64(x):
    assert checks.check_array(x, "x").dtype == np.float64


def test_integers_among_objects_become_fractions():
    x = checks.check_array(np.array([1, np.int64(2), F(1, 2), Ball(3)], object), "x")
    assert [type(e) for e in x] == [F, F, F, Ball]
    assert x[0] / x[1] == F(1, 2)


@pytest.mark.parametrize(
    ("check", "value", "match"),
    [
        (checks.check_array, [], r"x must be nonempty, got shape \(0,\)"),
        (checks.check_array, [1, np.nan], r"x must be finite, got nan at \(1,\)"),
        (checks.check_array, [[1], [-np.inf]], r"x must be finite, got -inf at \(1, 0\)"),
        (checks.check_array, ["a"], "x must be real, got dtype <U1"),
        (checks.check_array, [1j], "x must be real, got dtype complex128"),
        (checks.check_array, np.array([1, 0.5], object), r"hold exact numbers .*, got 0\.5"),
        (checks.check_array, np.array([None]), r"hold exact numbers .*, got None"),
        (checks.check_finite, np.array([np.inf]), "x must be finite, got inf"),
        (checks.check_square, [1, 2], r"x must have 2 axes, got shape \(2,\)"),
        (checks.check_square, [[1, 2]], r"x must be square, got shape \(1, 2\)"),
        (checks.check_symmetric, [[0, 1], [2, 0]], r"symmetric, got max \|A - AT\| = 1.00e\+00"),
        (checks.check_symmetric, [[1, 1], [1 + 16 * EPS, 1]], "x must be symmetric"),
        (checks.check_symmetric, rationals([[0, 1], [2, 0]]), r"got 2 at \(1, 0\), 1 at \(0, 1\)"),
        (checks.check_symmetric, np.array([[Ball(1), around(2)], [around(3), Ball(1)]]), "symm"),
        (checks.check_hermitian, [[1j]], r"x must be Hermitian, got max \|A - A\*\| = 2.00e\+00"),
        (checks.check_orthonormal, [[1, 2]], "at most as many columns as rows"),
        (checks.check_orthonormal, [[2.0]], r"orthonormal columns, got \|U\*U - I\| = 3.00e\+00"),
        (checks.check_orthonormal, rationals([[F(1, 2)]]), r"got \|U\*U - I\| = 3/4"),
        (checks.check_nonnegative, [1, -2.0], r"x must be nonnegative, got -2.00e\+00"),
        (checks.check_nonnegative, np.array([around(-1)]), "x must be nonnegative, got Ball"),
        (checks.check_positive, [0.0], r"x must be positive, got 0.00e\+00"),
        (checks.check_positive, rationals([0]), "x must be positive, got 0"),
        (checks.check_stochastic, [[1.2]], r"rows that sum to 1, got \|sum - 1\| = 2.00e-01"),
        (checks.check_stochastic, [[2, -1], [0, 1]], "x must be nonnegative"),
        (checks.check_stochastic, HALVES[:1], "x must be square"),
        (checks.check_stochastic, [[1 + 8 * EPS]], r"got \|sum - 1\| = 1.78e-15"),
        (checks.check_probability, [0.5, 0.5 + 16 * EPS], r"got \|sum - 1\| = 3.55e-15"),
        (checks.check_orthonormal, [[1 + 16 * EPS]], "orthonormal columns"),
        (checks.check_stochastic, HALVES * 2, r"got \|sum - 1\| = 1"),
        (checks.check_stochastic, np.array([[around(2)]]), r"rows that sum to 1, got .* Ball"),
        (checks.check_probability, [0.5, 0.6], r"x must sum to 1, got \|sum - 1\| = 1.00e-01"),
        (checks.check_probability, [[1.0]], "x must have 1 axis"),
    ],
)
def test_what_fails_is_named_with_its_rule_and_value(check, value, match):
    with pytest.raises(ValueError, match=match):
        check(value, "x")


# Sparse weights, scalars, names ---------------------------------------------------------


def test_sparse():
    W = csr_array([[0, 2], [1, 0]])
    assert checks.check_sparse(W, "W").dtype == np.float64
    assert checks.check_sparse_symmetric(W + W.T, "W").nnz == 2
    assert checks.check_sparse_symmetric(csr_array((2, 2)), "W").nnz == 0
    with pytest.raises(ValueError, match=r"symmetric, got max \|W - W\^T\| = 1.00e\+00"):
        checks.check_sparse_symmetric(W, "W")
    with pytest.raises(ValueError, match="W must be nonnegative, got -2"):
        checks.check_sparse(-W, "W")
    with pytest.raises(ValueError, match="W must be finite, got nan"):
        checks.check_sparse(W * np.nan, "W")
    for W in (rationals([[F(1, 3)]]), csr_array([[1j]])):
        with pytest.raises(
            ValueError, match=f"W must hold floats to be sparse, got dtype {W.dtype}"
        ):
            checks.check_sparse(W, "W")
    with pytest.raises(ValueError, match=r"W must be square and nonempty, got shape \(2, 3\)"):
        checks.check_sparse(csr_array((2, 3)), "W")


def test_scalar():
    floats, exact = np.ones(1), rationals([1])
    assert checks.check_scalar(F(1, 2), "t", like=floats) == 0.5
    assert checks.check_scalar(2, "t", like=exact, positive=True) == F(2)
    with pytest.raises(ValueError, match=r"t must hold exact numbers .*, got 0\.5"):
        checks.check_scalar(0.5, "t", like=exact)
    with pytest.raises(ValueError, match="t must be a finite real number, got nan"):
        checks.check_scalar(np.nan, "t", like=floats)
    with pytest.raises(ValueError, match="t must be a finite real number, got 'a'"):
        checks.check_scalar("a", "t", like=floats)
    for like in (floats, exact):
        with pytest.raises(ValueError, match="t must be positive, got 0"):
            checks.check_scalar(0, "t", like=like, positive=True)


def test_choice():
    assert checks.check_choice("a", "how", {"a": 1, "b": 2}) == "a"
    with pytest.raises(ValueError, match=r"how must be one of \['a', 'b'\], got 'c'"):
        checks.check_choice("c", "how", ("b", "a"))


def test_count():
    assert checks.check_count(np.int64(3), "k", 1, 3) == 3
    assert checks.check_count(7, "k", 0) == 7
    for k in (0, 4, 2.0, True):
        with pytest.raises(ValueError, match=f"k must be an integer from 1 to 3, got {k!r}"):
            checks.check_count(k, "k", 1, 3)
    with pytest.raises(ValueError, match="k must be an integer at least 0, got -1"):
        checks.check_count(-1, "k", 0)
