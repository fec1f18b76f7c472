"""Spectra: closed forms, residuals, and whether a missing eigenvalue is noticed."""

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import block_diag, csr_array, diags_array, kron
from scipy.sparse import eye_array as identity

from spectral import _shift_invert, linalg
from spectral.balls import Ball, midpoints, precision, to_balls
from spectral.laplacian import random_walk
from spectral.spectrum import (
    count_below,
    general_spectrum,
    laplacian_eigenvalues,
    nonzero_laplacian_eigenvalues,
    random_walk_spectrum,
    smallest_eigenpairs,
    smallest_laplacian_eigenpairs,
    symmetric_spectrum,
)

EPS = np.finfo(float).eps


def path(n):
    ones = np.ones(n - 1)
    return diags_array([ones, ones], offsets=[-1, 1], format="csr")


def path_eigenvalues(n):
    """Of D - W: 2 (1 - cos(pi k / n)), written without its cancellation."""
    return 4 * np.sin(np.pi * np.arange(n) / (2 * n)) ** 2


def cube(d):
    n = 2**d
    i = np.arange(n)
    rows, columns = np.tile(i, d), np.concatenate([i ^ (1 << b) for b in range(d)])
    return csr_array((np.ones(n * d), (rows, columns)), shape=(n, n))


def laplacian(W):
    return diags_array(W.sum(axis=1)) - W


# Known answers: sparse ------------------------------------------------------------------


def test_lambda_2_of_a_long_path():
    n = 20_000
    start = time.process_time()
    found = smallest_laplacian_eigenpairs(path(n), 4, kind="combinatorial")
    assert time.process_time() - start < 1
    want = path_eigenvalues(n)[:4]
    assert want[1] == pytest.approx(2.467e-8, abs=5e-12)  # as 2 (1 - cos(pi / n)) is quoted
    # The quotient's rounding, n eps in the worst case, is far below; 64 eps is what is asked for.
    np.testing.assert_allclose(found.values[1:], want[1:], rtol=64 * EPS)
    assert (
        abs(found.values[0]) < 4 * (64 * EPS) ** 2
    )  # ||L|| times the square of the vector's error
    assert found.residuals.max() < 16 * EPS * 4
    assert want[2] < found.complete_below <= want[3]


def test_lambda_2_of_the_walk_on_a_long_path():
    n = 20_000
    found = smallest_laplacian_eigenpairs(path(n), 3)
    want = 2 * np.sin(np.pi * np.arange(3) / (2 * (n - 1))) ** 2
    np.testing.assert_allclose(found.values[1:], want[1:], rtol=64 * EPS)
    L = identity(n) - diags_array(1 / path(n).sum(axis=1)) @ path(n)
    off = np.linalg.norm(L @ found.vectors - found.vectors * found.values, axis=0)
    assert off.max() < 64 * EPS
    np.testing.assert_allclose(np.linalg.norm(found.vectors, axis=0), 1, rtol=8 * EPS)


@pytest.mark.parametrize("k", [1, 2, 9, 13, 40])
def test_every_copy_of_a_multiple_eigenvalue_is_found(k):
    # Lanczos alone, from the start used here, misses a copy at k = 9.
    found = smallest_laplacian_eigenpairs(cube(8), k, kind="combinatorial")
    want = np.sort([2 * i.bit_count() for i in range(256)])[:k]
    np.testing.assert_allclose(found.values, want, atol=64 * EPS)
    gram = found.vectors.T @ found.vectors
    np.testing.assert_allclose(gram, np.eye(k), atol=64 * EPS)
    assert want[-1] - 2 < found.complete_below <= want[-1]


def test_lanczos_alone_is_seen_to_miss_one_and_the_count_notices():
    L = csr_array(laplacian(cube(8)))
    lu = _shift_invert.factorize(L, -1e-6)
    vectors = _shift_invert._deflated_lanczos(lu, np.zeros((256, 0)), 9)
    values = np.sort((vectors * (L @ vectors)).sum(axis=0))
    assert np.sum(np.abs(values - 2) < 1e-9) == 7  # of 8
    missing = _shift_invert._missing_below(L, values, 16.0)[1]
    assert missing == 1


@pytest.mark.parametrize("k", [2, 50, 55])
def test_disconnected_graphs(k):
    W = block_diag([path(12)] * 50).tocsr()
    found = smallest_laplacian_eigenpairs(W, k)
    zeros = np.sum(np.abs(found.values) < 64 * EPS)
    assert zeros == min(k, 50)
    if k == 55:
        np.testing.assert_allclose(found.values[50:], 1 - np.cos(np.pi / 11), rtol=64 * EPS)


def test_a_grid_agrees_with_its_closed_form():
    m = 40
    W = (kron(path(m), identity(m)) + kron(identity(m), path(m))).tocsr()
    line = path_eigenvalues(m)
    want = np.sort(np.add.outer(line, line).ravel())[:7]
    found = smallest_laplacian_eigenpairs(W, 7, kind="combinatorial")
    np.testing.assert_allclose(found.values[1:], want[1:], rtol=64 * EPS)
    direct = smallest_eigenpairs(laplacian(W), 7)
    np.testing.assert_allclose(direct.values, want, atol=64 * EPS * 8)
    plain = smallest_eigenpairs(laplacian(W), 7, method="lanczos")
    np.testing.assert_allclose(plain.values, want, atol=64 * EPS * 8)
    assert plain.complete_below == -np.inf


def test_weights_and_loops_agree_with_the_dense_solver():
    rng = np.random.default_rng(0)
    W = rng.uniform(0.5, 2, (60, 60)) * (rng.uniform(size=(60, 60)) < 0.2)
    W = W + W.T + np.eye(60)
    found = smallest_laplacian_eigenpairs(csr_array(W), 4)
    np.testing.assert_allclose(found.values, laplacian_eigenvalues(W)[:4], atol=60 * EPS)
    combinatorial = smallest_laplacian_eigenpairs(W, 4, kind="combinatorial")
    dense = np.linalg.eigvalsh(np.diag(W.sum(axis=1)) - W)[:4]
    np.testing.assert_allclose(combinatorial.values, dense, atol=60 * EPS * 60)


def test_matrices_that_are_no_laplacians():
    A = -path(100)
    want = np.sort(-2 * np.cos(np.pi * np.arange(1, 101) / 101))
    found = smallest_eigenpairs(A, 5)
    np.testing.assert_allclose(found.values, want[:5], atol=64 * EPS)
    zero = smallest_eigenpairs(csr_array((100, 100)), 2)
    assert zero.values.tolist() == [0, 0]


@pytest.mark.parametrize("n", [1, 2, 30])
def test_small_sparse_matrices_are_solved_densely(n):
    W = path(n) if n > 1 else csr_array((1, 1))
    found = smallest_laplacian_eigenpairs(W, n, kind="combinatorial")
    np.testing.assert_allclose(found.values, path_eigenvalues(n), atol=64 * EPS * 4)
    assert found.complete_below == np.inf


# Counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [-2.5, -1.9, -0.3, 0.0, 0.7, 2.5])
def test_counts_inside_the_spectrum(x):
    n = 300
    values = 2 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
    for A in (path(n), path(n).toarray()):
        count = count_below(A, x)
        low, high = (values < x - count.within).sum(), (values < x + count.within).sum()
        assert low <= count.below <= high
        assert count.within < 1e-4


def test_counts_are_exact_in_exact_arithmetic():
    A = [[Fraction(2), Fraction(1)], [Fraction(1), Fraction(2)]]  # eigenvalues 1 and 3
    for B in (np.array(A, object), to_balls(A)):
        assert [count_below(B, x).below for x in (1, Fraction(11, 10), 3, 4)] == [0, 1, 1, 2]
        assert count_below(B, 1).within == 0
    irrational = np.exp(to_balls(np.array(A) - 2))  # [[1, 1/e], [1/e, 1]]
    assert count_below(linalg.assume_symmetric(irrational), 1).below == 1


def test_a_count_that_meets_zero_pivots_everywhere(monkeypatch):
    from spectral import _inertia_sparse

    monkeypatch.setattr(_inertia_sparse, "negative_pivots", lambda A, x: None)
    with pytest.raises(ArithmeticError, match="a pivot of A - x I is 0 at x = 0"):
        count_below(path(40), 0)


def test_what_cannot_be_found_or_counted_is_said(monkeypatch):
    monkeypatch.setattr(_shift_invert, "negative_pivots", lambda A, x: None)
    with pytest.raises(ArithmeticError, match="could not be counted"):
        smallest_eigenpairs(path(100), 2)
    monkeypatch.setattr(_shift_invert, "negative_pivots", lambda A, x: (50, 0.0))
    with pytest.raises(ArithmeticError, match="were counted but not found"):
        smallest_eigenpairs(path(100), 2)


def test_lanczos_that_does_not_converge_is_said():
    with pytest.raises(ArithmeticError, match="Lanczos did not converge"):
        smallest_laplacian_eigenpairs(path(1000), 2, kind="combinatorial", method="lanczos")


# Dense ----------------------------------------------------------------------------------

positive = st.integers(1, 9)


@st.composite
def symmetric_weights(draw):
    n = draw(st.integers(1, 5))
    W = np.empty((n, n), object)
    for i in range(n):
        for j in range(i + 1):
            W[i, j] = W[j, i] = Fraction(draw(positive), draw(positive))
    return W


@settings(max_examples=40, deadline=None)
@given(symmetric_weights())
def test_laplacian_eigenvalues_in_floats_and_balls(W):
    n = len(W)
    exact = laplacian_eigenvalues(to_balls(W))
    floats = laplacian_eigenvalues(W.astype(float))
    np.testing.assert_allclose(midpoints(exact), floats, atol=16 * n * EPS)
    assert exact[0].exact == 0
    assert all(x > 0 for x in exact[1:])  # W > 0 is connected
    assert all(x < 2 for x in exact)
    spectrum = random_walk_spectrum(W.astype(float))
    np.testing.assert_allclose(spectrum.values, floats, atol=16 * n * EPS)
    L = random_walk(W.astype(float))
    off = np.abs(L @ spectrum.vectors - spectrum.vectors * spectrum.values).max()
    assert off <= 64 * n * EPS * spectrum.conditions.max()
    general = general_spectrum(L)
    assert not general.is_real
    # Bauer-Fike on the symmetrizable L: its backward error n eps times sqrt(max d / min d).
    d = W.astype(float).sum(axis=1)
    np.testing.assert_allclose(general.values, floats, atol=64 * n * EPS * (d.max() / d.min()))


def test_laplacian_eigenvalues_of_weights_that_are_not_rational():
    with precision(100):
        scores = to_balls([[0, 1, 2], [1, 0, 3], [2, 3, 1]])
        W = np.exp(scores / Ball(2).sqrt())
        values = laplacian_eigenvalues(linalg.assume_symmetric(W))
        assert values[0].lower <= 0 <= values[0].upper
        assert max(x.rad for x in values) < 2.0**-90
    floats = laplacian_eigenvalues(np.exp(midpoints(scores) / np.sqrt(2)))
    np.testing.assert_allclose(midpoints(values), floats, atol=32 * EPS)
    with pytest.raises(TypeError, match="irrational"):
        laplacian_eigenvalues(np.array([[Fraction(1), 2], [2, Fraction(1)]], object))


def test_symmetric_spectrum_carries_residuals():
    A = np.array([[2.0, 1], [1, 2]])
    found = symmetric_spectrum(A)
    np.testing.assert_allclose(found.values, [1, 3], rtol=4 * EPS)
    assert found.residuals.max() < 8 * EPS
    assert found.conditions.tolist() == [1, 1]
    assert found.is_real
    assert found.complete_below == np.inf
    balls = symmetric_spectrum(to_balls([[2, 1], [1, 2]]))
    assert all(r.lower <= 0 < Fraction(1, 2**40) for r in balls.residuals)
    walk = random_walk_spectrum(to_balls([[1, 2], [2, 5]]))
    assert [x.exact for x in laplacian_eigenvalues(to_balls([[1, 2], [2, 5]]))] == [
        0,
        Fraction(20, 21),
    ]
    assert abs(walk.values[1] - Fraction(20, 21)).upper < Fraction(1, 2**45)


def test_a_nonsymmetric_spectrum_is_complex_and_shows_its_condition():
    turn = general_spectrum(np.array([[0.0, -1], [1, 0]]))
    np.testing.assert_allclose(turn.values, [-1j, 1j], atol=4 * EPS)
    np.testing.assert_allclose(turn.conditions, 1, rtol=8 * EPS)
    assert general_spectrum(np.eye(2)).values.dtype.kind == "c"
    defective = general_spectrum(np.array([[1.0, 1], [0, 1]]))
    assert defective.conditions.min() > 1e8
    assert defective.residuals.max() < 8 * EPS


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: smallest_eigenpairs(path(9), 0), "k must be an integer from 1 to 9, got 0"),
        (lambda: smallest_eigenpairs(path(9), 10), "k must be an integer from 1 to 9, got 10"),
        (lambda: smallest_eigenpairs(path(9), 1, method="power"), "method must be one of"),
        (lambda: smallest_eigenpairs(csr_array((2, 3)), 1), r"A must be square .* \(2, 3\)"),
        (lambda: smallest_eigenpairs(csr_array([[0, 1.0], [0, 0]]), 1), "A must be symmetric, got"),
        (lambda: smallest_eigenpairs(csr_array([[np.nan]]), 1), "A must be finite"),
        (lambda: smallest_laplacian_eigenpairs(path(3), 1, kind="magnetic"), "kind must be one of"),
        (lambda: smallest_laplacian_eigenpairs(csr_array((2, 2)), 1), "no zero row, got one at 0"),
        (lambda: laplacian_eigenvalues([[1, 2], [3, 4]]), "W must be symmetric, got"),
        (lambda: laplacian_eigenvalues([[0, 0], [0, 1]]), "W must"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_general_spectrum_takes_floats():
    with pytest.raises(TypeError, match=r"linalg\.eigvals gives the values"):
        general_spectrum(to_balls([[1]]))


def test_eigenvalues_of_a_directed_laplacian_but_for_a_zero():
    """P = [[1 - p, p], [q, 1 - q]] has 0 and p + q; equal rows of P have 0 and ones."""
    W = np.array([[3.0, 1.0], [1.0, 1.0]])
    assert nonzero_laplacian_eigenvalues(W) == pytest.approx([3 / 4], abs=8 * np.finfo(float).eps)
    ones = nonzero_laplacian_eigenvalues(np.array([[1.0, 2, 5]] * 3))
    assert ones == pytest.approx([1, 1], abs=16 * np.finfo(float).eps)
    assert nonzero_laplacian_eigenvalues(np.array([[1.0]])).size == 0
