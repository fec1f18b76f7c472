"""The attained eps: closed forms, kernels, and the exact decision on either side of it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.balls import to_balls
from spectral.laplacian import combinatorial, symmetric_normalized
from spectral.sparsify import attained_epsilon, is_spectral_sparsifier

EPS = np.finfo(float).eps
K4 = combinatorial(np.ones((4, 4)))
CYCLE = combinatorial(np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]]))
MATCHING = combinatorial(np.kron(np.eye(2), [[0, 1], [1, 0]]))


def exact(A):
    return np.array([[Fraction(x) for x in row] for row in np.asarray(A).tolist()], object)


# Known answers: on K4 every vector orthogonal to 1 has the eigenvalue 4.
@pytest.mark.parametrize(
    ("L", "sparse", "epsilon", "kernels"),
    [
        (K4, K4, 0, "equal"),
        (K4, 2 * CYCLE, 1, "equal"),  # eigenvalues 4, 4, 8
        (K4, CYCLE * 4 / 3, 1 / 3, "equal"),  # the best multiple: 8/3, 8/3, 16/3
        (K4, MATCHING, 1, "more"),  # 0, 2, 2
        (K4, 6 * MATCHING, 2, "more"),  # 0, 12, 12
        (MATCHING, K4, np.inf, "apart"),
        (K4, 0 * K4, 1, "more"),
        (np.zeros((1, 1)), np.zeros((1, 1)), 0, "equal"),
        (np.zeros((1, 1)), np.ones((1, 1)), np.inf, "apart"),
    ],
)
def test_known_answers(L, sparse, epsilon, kernels):
    found = attained_epsilon(L, sparse)
    # Eigenvalues up to 12, over 4, by a solver right to 4 eps times the norm; and a half more.
    assert found.epsilon == pytest.approx(epsilon, rel=0, abs=16 * EPS * 12 / 4)
    assert found.kernels == kernels


def test_normalized_laplacians_have_kernels_of_their_own():
    W = np.array([[1.0, 1, 1], [1, 1, 2], [1, 2, 1]])
    sparse = W * np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    found = attained_epsilon(symmetric_normalized(W), symmetric_normalized(sparse))
    assert (found.epsilon, found.kernels) == (np.inf, "apart")
    assert attained_epsilon(combinatorial(W), combinatorial(sparse)).epsilon < 1


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_the_exact_decision_turns_at_the_attained_eps(n, seed):
    rng = np.random.default_rng(seed)
    W, V = (rng.integers(1, 5, (n, n)) for _ in range(2))
    L, sparse = combinatorial(W + W.T), combinatorial(V + V.T)
    found = attained_epsilon(L, sparse)
    assert found.epsilon == max(found.upper - 1, 1 - found.lower)
    # Eigenvalues of L are at least 2 * n / n^2; 1 / lambda_min times the solver's error.
    slack = Fraction(2**-30)
    L, sparse = exact(L), exact(sparse)
    assert is_spectral_sparsifier(L, sparse, Fraction(found.epsilon) + slack)
    assert not is_spectral_sparsifier(L, sparse, Fraction(found.epsilon) - slack)


def test_three_arithmetics_decide_alike():
    third, less = Fraction(1, 3), Fraction(33, 100)
    sparse = exact(CYCLE) * Fraction(4, 3)
    for convert in (np.asarray, to_balls):
        assert is_spectral_sparsifier(convert(exact(K4)), convert(sparse), third)
        assert not is_spectral_sparsifier(convert(exact(K4)), convert(sparse), less)
    assert is_spectral_sparsifier(K4, CYCLE * 4 / 3, 0.334)
    assert not is_spectral_sparsifier(K4, CYCLE * 4 / 3, 0.333)


@pytest.mark.parametrize(
    "function", [attained_epsilon, lambda L, M: is_spectral_sparsifier(L, M, 1)]
)
def test_refusals(function):
    with pytest.raises(ValueError, match="L must be symmetric, got max"):
        function(np.array([[0, 1], [0, 0]]), np.eye(2))
    with pytest.raises(
        ValueError, match=r"L_sparse must have the shape of L, \(2, 2\), got \(3, 3\)"
    ):
        function(np.eye(2), np.eye(3))


def test_refusals_of_attained_epsilon():
    with pytest.raises(
        ValueError, match=r"L must be positive semidefinite, got eigenvalue -1\.00e"
    ):
        attained_epsilon(-np.eye(2), np.eye(2))
    with pytest.raises(ValueError, match="L_sparse must be positive semidefinite, got eigen"):
        attained_epsilon(np.eye(2), -np.eye(2))
    with pytest.raises(ValueError, match="L must be float64, got exact numbers; see is_spectral"):
        attained_epsilon(exact(K4), exact(K4))
