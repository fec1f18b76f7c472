"""Linear algebra in three arithmetics: closed forms, agreement, refusals, and what is proved."""

from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral import _eigen_ball, _rational_eigen, linalg
from spectral.balls import Ball, Undecided, midpoints, precision, to_balls

EPS = np.finfo(float).eps
F = Fraction


def rationals(rows):
    array = np.empty(np.shape(rows), object)
    array.flat = [F(x) for x in np.asarray(rows, object).flat]
    return array


def blurred(A, bits=40):
    """Balls of radius 2^-bits that remember nothing, each entry of A near an end of its ball."""
    radius = flint.arb(2) ** -bits
    shifts = [radius * (-7 if k % 3 == 1 else 7) / 8 for k in range(A.size)]
    array = np.empty(A.shape, object)
    array.flat = [
        Ball(flint.arb((Ball(x).arb + s).mid(), radius))
        for x, s in zip(A.flat, shifts, strict=True)
    ]
    return array


def forget(A):
    """Balls that remember nothing and are about as narrow as the precision allows."""
    return blurred(A, bits=flint.ctx.prec - 4)


def encloses(balls, exact):
    pairs = zip(np.ravel(balls), np.ravel(exact).tolist(), strict=True)
    return all(b.lower <= x <= b.upper for b, x in pairs)


small = st.integers(-4, 4)


@st.composite
def matrices(draw, symmetric=False, max_side=4):
    n = draw(st.integers(1, max_side))
    A = rationals([[draw(small) for _ in range(n)] for _ in range(n)])
    return A + A.T if symmetric else A


# Known answers --------------------------------------------------------------------------

K4 = 4 * np.eye(4, dtype=int) - np.ones((4, 4), int)  # Laplacian of the complete graph
HILBERT = rationals([[F(1, i + j + 1) for j in range(4)] for i in range(4)])


def test_multiple_rational_eigenvalues_are_decided():
    values = linalg.eigvalsh(to_balls(K4))
    assert [x.exact for x in values] == [0, 4, 4, 4]
    assert [x.exact for x in linalg.svdvals(to_balls(K4))] == [4, 4, 4, 0]
    assert linalg.inertia(to_balls(K4)) == linalg.Inertia(0, 1, 3)
    assert linalg.rank(to_balls(K4)) == 3


def test_golden_ratio():
    A = [[1, 1], [1, 0]]
    with precision(200):
        phi = (1 + Ball(5).sqrt()) / 2
        values = linalg.eigvalsh(to_balls(A))
        for got in (values, linalg.eigvalsh(linalg.assume_symmetric(forget(to_balls(A))))):
            assert abs(got[1] - phi).upper < F(1, 2) ** 190
    assert midpoints(values)[1] == pytest.approx((1 + 5**0.5) / 2, rel=4 * EPS)


def test_hilbert_matrix_exactly():
    # 1/det = 6048000: OEIS A005249.
    assert linalg.det(HILBERT) == F(1, 6048000)
    assert linalg.inv(HILBERT)[3, 3] == 2800
    assert all(linalg.solve(HILBERT, HILBERT[:, 1]) == [0, 1, 0, 0])
    assert linalg.det(to_balls(HILBERT)).exact == F(1, 6048000)


@pytest.mark.parametrize(
    ("A", "want"),
    [
        ([[0, 1], [0, 0]], [0, 0]),  # defective
        ([[0, 1], [-1, 0]], [1j, -1j]),
        ([[F(1, 2), F(1, 2)], [F(1, 3), F(2, 3)]], [1, 1 / 6]),
        ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], np.exp(2j * np.pi * np.arange(3) / 3)),
    ],
)
def test_nonsymmetric_spectra(A, want):
    A = rationals(A)
    for values in (linalg.eigvals(A.astype(float)), linalg.eigvals(to_balls(A))):
        got = midpoints(linalg.real(values)) + 1j * midpoints(linalg.imag(values))
        distance = np.abs(got[:, None] - np.asarray(want)).min(axis=0)
        assert distance.max() <= 16 * EPS  # all but the defective one are normal or nearly so


def test_an_isolated_real_eigenvalue_is_proved_real():
    values = linalg.eigvals(forget(to_balls([[1, 2], [3, 4]])))
    assert [x.imag.exact for x in values] == [0, 0]
    rotation = linalg.eigvals(forget(to_balls([[0, 1], [-1, 0]])))
    assert all(x.imag != 0 for x in rotation)
    assert encloses([abs(x) for x in rotation], [1, 1])
    with pytest.raises(Undecided, match="were not enclosed"):
        linalg.eigvals(blurred(to_balls([[0, 1], [0, 0]])))


@pytest.mark.parametrize("n", [0, 1])
def test_smallest_sizes(n):
    for A in (np.full((n, n), 3.0), rationals(np.full((n, n), 3)), to_balls(np.full((n, n), 3))):
        assert abs(linalg.det(A) - 3**n) <= 2 * EPS if A.dtype == float else linalg.det(A) == 3**n
        assert linalg.rank(A) == n
        assert linalg.inertia(A) == linalg.Inertia(0, 0, n)
        assert linalg.inv(A).shape == linalg.matrix_power(A, 0).shape == (n, n)
        assert linalg.norm_squared(A) == 9 * n
        if A.dtype == object and not any(isinstance(x, Ball) for x in A.flat):
            continue
        assert list(linalg.eigvalsh(A)) == list(linalg.svdvals(A)) == [3] * n
        assert linalg.eigvals(A).shape == (n,)
        assert linalg.norm(A, "spectral") == linalg.norm(A, "nuclear") == linalg.norm(A) == 3 * n


def test_fractions_refuse_what_is_irrational():
    for function in (linalg.eigvals, linalg.eigvalsh, linalg.eigh, linalg.svdvals):
        with pytest.raises(TypeError, match="irrational in general"):
            function(HILBERT)
    with pytest.raises(TypeError, match="irrational in general"):
        linalg.spectral_projector(HILBERT, slice(0, 1))
    with pytest.raises(TypeError, match="is irrational"):
        linalg.norm(HILBERT)
    assert linalg.norm(rationals([[3, 4]])) == 5
    assert linalg.norm(rationals([[3, -4], [1, 1]]), "inf") == 7


# Three arithmetics agree ------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(matrices())
def test_exact_and_ball_and_float_agree(A):
    det = linalg.det(A)
    assert encloses(linalg.det(forget(A)), det)
    assert linalg.det(to_balls(A)) == det
    # Hadamard: |det| <= prod of row norms, and a backward error of n eps in each row.
    rows = np.prod(np.linalg.norm(A.astype(float), axis=1) + EPS)
    assert abs(linalg.det(A.astype(float)) - det) <= 16 * len(A) * EPS * rows + EPS
    assert linalg.rank(A) == linalg.rank(to_balls(A)) == linalg.rank(A.astype(float))
    assert encloses(linalg.matrix_power(forget(A), 3), A @ A @ A)
    assert np.all(linalg.matrix_power(A, 3) == A @ A @ A)
    if det != 0:
        assert np.all(linalg.inv(A) @ A == np.eye(len(A)))
        assert encloses(linalg.inv(forget(A)), linalg.inv(A))
        assert np.all(linalg.solve(to_balls(A), to_balls(A)[:, 0]) == [1] + [0] * (len(A) - 1))
        assert np.all(linalg.matrix_power(A, -1) == linalg.inv(A))


@settings(max_examples=40, deadline=None)
@given(matrices(symmetric=True))
def test_symmetric_spectra_agree(A):
    exact = linalg.eigvalsh(to_balls(A))
    floats = linalg.eigvalsh(A.astype(float))
    scale = len(A) * EPS * max(1.0, np.abs(floats).max())
    np.testing.assert_allclose(midpoints(exact), floats, rtol=0, atol=8 * scale)
    proved = linalg.eigvalsh(linalg.assume_symmetric(forget(A)))
    assert all(a.arb.overlaps(b.arb) for a, b in zip(exact, proved, strict=True))
    assert max(x.rad for x in proved) <= 2**-35 * max(1.0, np.abs(floats).max())
    assert linalg.inertia(A) == linalg.inertia(to_balls(A)) == linalg.inertia(A.astype(float))


def within(narrow, wide):
    pairs = zip(np.ravel(narrow), np.ravel(wide), strict=True)
    return all(w.lower <= n.lower and n.upper <= w.upper for n, w in pairs)


@settings(max_examples=40, deadline=None)
@given(matrices(symmetric=True), st.sampled_from([4, 12, 40]))
def test_balls_enclose_the_spectrum_of_every_matrix_in_them(A, bits):
    # A lies in the blurred matrix, so its eigenvalues, known to 300 bits, lie in the enclosures.
    wide = linalg.assume_symmetric(blurred(A, bits=bits))
    with precision(300):
        narrow = linalg.eigvalsh(to_balls(A))
        singular = linalg.svdvals(to_balls(A))
    assert within(narrow, _eigen_ball.eigvalsh(wide))
    assert within(singular, linalg.svdvals(wide))
    inside = np.arange(len(A)) < 1
    try:
        P = linalg.spectral_projector(wide, slice(0, 1))
        vectors = linalg.eigh(wide).vectors
    except Undecided:
        return
    with precision(300):
        narrow_vectors = linalg.eigh(to_balls(A)).vectors
        assert within(_eigen_ball.spectral_projector(to_balls(A), inside), P)
    for x, y in zip(narrow_vectors.T, vectors.T, strict=True):
        assert within(x, y) or within(-x, y)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.sampled_from([12, 40]))
def test_balls_enclose_nonsymmetric_spectra(A, bits):
    with precision(300):
        narrow = linalg.eigvals(to_balls(A))
    try:
        wide = linalg.eigvals(blurred(A, bits=bits))
    except Undecided:
        return
    for x in narrow:
        assert any(within([x.real, x.imag], [y.real, y.imag]) for y in wide)


@pytest.mark.parametrize("deficient", [False, True])
def test_singular_values_of_larger_balls(deficient):
    n = 18
    A = rationals([[F(1 + (i * i + 3 * j) % 7, 1 + j) for j in range(n)] for i in range(n + 1)])
    A = A + 9 * np.eye(n + 1, n, dtype=int)
    if deficient:
        A[:, 0] = A[:, 1]
    with precision(300):
        narrow = linalg.svdvals(to_balls(A))
    assert within(narrow, values := linalg.svdvals(forget(A)))
    assert max(x.rad for x in values) < 2**-35
    assert (narrow[-1] == 0) == deficient


@settings(max_examples=60, deadline=None)
@given(matrices(symmetric=True), st.integers(0, 2**20), st.integers(3, 6))
def test_what_is_proved_does_not_rest_on_a_good_basis(A, seed, bits):
    n = len(A)
    noise = np.random.default_rng(seed).uniform(-1, 1, (n, n)) / 2**bits

    def crude(M):
        X = np.linalg.eigh(A.astype(float)).eigenvectors + noise
        return flint.arb_mat(n, n, [flint.arb(float(x)) for x in X.flat])

    with precision(300):
        narrow = linalg.eigh(to_balls(A)) if _all_simple(A) else None
        values = linalg.eigvalsh(to_balls(A))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_eigen_ball, "eigenbasis", crude)
        try:
            assert within(values, _eigen_ball.eigvalsh(to_balls(A)))
            if narrow is None:
                return
            P = _eigen_ball.spectral_projector(to_balls(A), np.arange(n) < 1)
            vectors = _eigen_ball.eigh(to_balls(A))[1]
        except Undecided:
            return
    v = narrow.vectors[:, 0]
    assert within(np.outer(v, v), P)
    for x, y in zip(narrow.vectors.T, vectors.T, strict=True):
        assert within(x, y) or within(-x, y)


def _all_simple(A):
    values = linalg.eigvalsh(to_balls(A))
    return all(a < b for a, b in pairwise(values))


def test_eigenvalues_that_were_to_be_real_and_are_not():
    turn = _rational_eigen.remembered(to_balls([[0, 1], [-1, 0]]))
    with pytest.raises(ArithmeticError, match="were to be real, and are not"):
        _rational_eigen.real_eigenvalues(turn)


def test_dear_or_close_rational_eigenvalues_are_left_to_balls():
    n = 24
    A = to_balls([[F(1, 2**200 + i * j) for j in range(n)] for i in range(n)])
    assert _rational_eigen.real_eigenvalues(_rational_eigen.remembered(A)) is None
    close = to_balls([[F(0), F(1)], [F(2) + F(1, 2**90), F(0)]])
    assert _rational_eigen.real_eigenvalues(_rational_eigen.remembered(close)) is not None
    tied = to_balls([[1, F(1, 2**70), 0], [F(1, 2**70), 1, F(1, 2**70)], [0, F(1, 2**70), 1]])
    assert within(linalg.eigvalsh(tied)[1:2], [Ball(1)])
    assert linalg.eigvalsh(tied)[2].upper >= 1


@settings(max_examples=40, deadline=None)
@given(matrices(), st.integers(1, 3))
def test_singular_values_agree(A, rows):
    A = A[:rows]
    floats = linalg.svdvals(A.astype(float))
    scale = max(A.shape) * EPS * max(1.0, floats.max())
    for B in (to_balls(A), forget(A)):
        values = linalg.svdvals(B)
        width = max(x.rad for x in values)
        np.testing.assert_allclose(midpoints(values), floats, rtol=0, atol=8 * scale + width)
        assert linalg.norm(B, "spectral").mid == values[0].mid
        assert linalg.norm(B, "nuclear").mid == values.sum().mid
        assert linalg.norm_squared(B).lower <= linalg.norm_squared(A)
        assert linalg.norm(B, "inf").upper >= abs(A).sum(axis=1).max()


# Enclosures that are proved ------------------------------------------------------------------


def hypercube(d):
    n = 2**d
    return np.array([[(i ^ j).bit_count() == 1 for j in range(n)] for i in range(n)]).astype(int)


@pytest.mark.parametrize("bits", [53, 200])
def test_balls_enclose_multiple_eigenvalues_and_narrow_with_precision(bits):
    with precision(bits):
        values = _eigen_ball.eigvalsh(to_balls(hypercube(3)))
        assert encloses(values, [-3, -1, -1, -1, 1, 1, 1, 3])
        assert max(x.upper - x.lower for x in values) < F(1, 2) ** (bits - 4)


@pytest.mark.parametrize("bits", [53, 200])
def test_projector_of_a_multiple_eigenvalue(bits):
    n = 8
    A = hypercube(3)
    with precision(bits):
        for B in (to_balls(A), linalg.assume_symmetric(forget(to_balls(A)))):
            P = linalg.spectral_projector(B, slice(7, 8))
            assert encloses(P, np.full((n, n), F(1, n)))
            assert max(x.upper - x.lower for x in P.flat) < F(1, 2) ** (bits - 8)
            Q = linalg.spectral_projector(B, [1, 2, 3])  # eigenvalue -1, three times
            assert encloses((A + 1 * np.eye(n, dtype=int)) @ Q, np.zeros((n, n), int))
            assert encloses(np.trace(Q), 3)
            with pytest.raises(Undecided, match="not proved apart"):
                linalg.spectral_projector(B, slice(0, 2))
            with pytest.raises(Undecided, match="not proved apart"):
                linalg.eigh(B)


def test_projectors_agree_with_floats_and_degenerate_blocks():
    A = rationals([[2, 1, 0], [1, 3, 1], [0, 1, 5]])
    floats = linalg.spectral_projector(A.astype(float), slice(0, 2))
    np.testing.assert_allclose(
        midpoints(linalg.spectral_projector(to_balls(A), slice(0, 2))), floats, atol=32 * EPS
    )
    assert np.all(linalg.spectral_projector(to_balls(A), slice(0, 0)) == 0)
    assert np.all(linalg.spectral_projector(to_balls(A), slice(0, 3)) == np.eye(3, dtype=int))
    with pytest.raises(ArithmeticError, match="must be apart"):
        linalg.spectral_projector(K4.astype(float), slice(0, 2))


def test_eigenvectors_are_enclosed():
    A = rationals([[2, 1, 0], [1, 3, 1], [0, 1, 5]])
    for B in (to_balls(A), linalg.assume_symmetric(forget(A))):
        pairs = linalg.eigh(B)
        residual = B @ pairs.vectors - pairs.vectors * pairs.values
        assert encloses(residual, np.zeros((3, 3), int))
        assert encloses((pairs.vectors**2).sum(axis=0), [1, 1, 1])
        assert max(x.rad for x in pairs.vectors.flat) < 2**-48
    floats = linalg.eigh(A.astype(float)).vectors
    overlap = np.abs((midpoints(pairs.vectors) * floats).sum(axis=0))
    np.testing.assert_allclose(overlap, 1, rtol=16 * EPS)


def test_wide_balls_are_enclosed_or_undecided():
    A = linalg.assume_symmetric(blurred(rationals([[2, 1], [1, 2]]), bits=6))
    assert encloses(linalg.eigvalsh(A), [1, 3])
    assert linalg.rank(A) == 2
    with pytest.raises(Undecided, match="not proved to be full"):
        linalg.rank(blurred(rationals([[1, 1], [1, 1]])))
    with pytest.raises(Undecided, match="not proved nonsingular"):
        linalg.inv(blurred(rationals([[1, 1], [1, 1]])))
    with pytest.raises(Undecided):
        linalg.inertia(linalg.assume_symmetric(blurred(rationals([[1, 1], [1, 1]]))))


def test_entries_beyond_the_range_of_floats():
    huge = F(10) ** 400
    values = _eigen_ball.eigvalsh(to_balls([[huge, huge], [huge, huge]]))
    assert encloses(values, [0, 2 * huge])
    assert encloses(_eigen_ball.eigvalsh(to_balls([[0, 0], [0, 0]])), [0, 0])


# Symmetry is asked for, and said ----------------------------------------------------------


def test_symmetry_is_checked_in_each_arithmetic():
    tilted = rationals([[0, 1], [F(5, 4), 0]])
    for A in (tilted, tilted.astype(float), to_balls(tilted), forget(tilted)):
        with pytest.raises(ValueError, match="A must be symmetric, got"):
            linalg.inertia(A)
        with pytest.raises(ValueError, match="A must be symmetric, got"):
            linalg.assume_symmetric(A)


def test_symmetry_by_construction_has_to_be_said():
    d = np.sqrt(to_balls([2, 3, 5]))
    A = to_balls(K4[:3, :3]) / d[:, None] / d
    with pytest.raises(Undecided, match="see assume_symmetric"):
        linalg.eigvalsh(A)
    values = linalg.eigvalsh(linalg.assume_symmetric(A))
    floats = K4[:3, :3] / np.sqrt(np.outer([2, 3, 5], [2, 3, 5]))
    # n eps ||A|| of the solver and some roundings of each entry.
    np.testing.assert_allclose(midpoints(values), np.linalg.eigvalsh(floats), rtol=16 * EPS)
    np.testing.assert_allclose(linalg.assume_symmetric(floats), floats, rtol=EPS)
    mixed = linalg.assume_symmetric(np.array([[F(1), F(2)], [Ball(2), 1]], object))
    assert [x.exact for x in linalg.eigvalsh(mixed)] == [-1, 3]


def test_hermitian_floats():
    A = np.array([[1, 1j], [-1j, 1]])
    np.testing.assert_allclose(linalg.eigvalsh(A), [0, 2], atol=8 * EPS)
    np.testing.assert_allclose(linalg.assume_symmetric(A), A)
    assert linalg.norm_squared(A) == 4


# Functions, and what is refused ------------------------------------------------------------


def test_functions_follow_the_arithmetic_of_like():
    assert linalg.sqrt(4, like=HILBERT) == 2
    assert isinstance(linalg.sqrt(2, like=np.ones(1)), float)
    assert linalg.sqrt(F(1, 4), like=np.ones(1)) == 0.5
    assert abs(linalg.sqrt(2, like=to_balls([1])) ** 2 - 2).upper < F(1, 10**14)
    assert linalg.exp(0, like=to_balls([1])) == 1
    assert linalg.exp(np.zeros(2)).tolist() == [1, 1]
    assert linalg.log(to_balls([1]))[0] == 0
    assert linalg.log(1, like=1.0) == 0
    with pytest.raises(TypeError, match=r"sqrt\(2\) is irrational"):
        linalg.sqrt(2, like=HILBERT)
    with pytest.raises(TypeError, match=r"got the float|takes no float"):
        linalg.sqrt(0.1, like=HILBERT)
    with pytest.raises(TypeError, match="a Ball takes no float"):
        linalg.sqrt(0.1, like=to_balls([1]))
    with pytest.raises(TypeError, match="irrational in general"):
        linalg.exp(1, like=HILBERT)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: linalg.eigvals(np.ones(3)), r"A must be a matrix, got shape \(3,\)"),
        (lambda: linalg.det(np.ones((2, 3))), r"A must be square, got shape \(2, 3\)"),
        (lambda: linalg.det(np.array([[np.nan]])), "A must be finite, got nan in it"),
        (lambda: linalg.solve(np.eye(2), np.ones(3)), r"b must have 2 rows .* got shape \(3,\)"),
        (lambda: linalg.norm(np.eye(2), "two"), r"ord must be one of .*, got 'two'"),
        (lambda: linalg.matrix_power(np.eye(2), 0.5), "t must be an integer, got 0.5"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_singular_systems_and_mixtures():
    for A in (np.ones((2, 2)), rationals(np.ones((2, 2), int)), to_balls(np.ones((2, 2), int))):
        with pytest.raises(ArithmeticError, match="A must be nonsingular"):
            linalg.inv(A)
    with pytest.raises(TypeError, match="do not mix"):
        linalg.solve(np.eye(2), rationals([[1], [1]]))
    with pytest.raises(TypeError, match="a Ball takes no float"):
        linalg.det(np.array([[0.5]], object))
    assert linalg.solve(HILBERT, np.ones(4, int))[0] == -4
