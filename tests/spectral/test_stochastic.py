"""Estimates against what they estimate, at fixed seeds and within their own errors."""

import numpy as np
import pytest

from spectral.families import Hypercube, Ring
from spectral.operators import attention_graph, sparse_graph
from spectral.stochastic import hutch_plus_plus, hutchinson, spectral_density

RNG = np.random.default_rng


def low_rank(N, rank, floor=0.0):
    U = np.linalg.qr(RNG(0).standard_normal((N, rank))).Q
    return U @ np.diag(np.arange(1.0, rank + 1)) @ U.T + floor * np.diag(RNG(1).random(N))


# Six standard errors: of 16 and more probes, the t distribution leaves 2e-5 beyond them.
SIX = 6


@pytest.mark.parametrize("estimate", [hutchinson, hutch_plus_plus])
@pytest.mark.parametrize("seed", range(4))
def test_a_trace_is_within_six_standard_errors(estimate, seed):
    A = low_rank(200, 12, floor=0.5)
    found = estimate(A, 48, rng=RNG(seed))
    assert abs(found.value - np.trace(A)) <= SIX * found.standard_error
    assert found.columns == 48


@pytest.mark.parametrize("estimate", [hutchinson, hutch_plus_plus])
def test_it_is_unbiased_and_its_error_is_the_right_size(estimate):
    A = low_rank(60, 5, floor=0.5)
    found = [estimate(A, 30, rng=RNG(seed)) for seed in range(300)]
    values = np.array([f.value for f in found])
    spread = values.std(ddof=1)
    assert abs(values.mean() - np.trace(A)) < 4 * spread / np.sqrt(300)
    typical = np.sqrt(np.mean([f.standard_error**2 for f in found]))
    # Of 300 repetitions the spread is known to 1 / sqrt(600), 4 %; four times that.
    assert typical == pytest.approx(spread, rel=0.16)


def test_the_variance_of_hutchinson_is_as_stated():
    A = low_rank(60, 5)
    want = 2 * ((A**2).sum() - (np.diag(A) ** 2).sum()) / 10
    values = [hutchinson(A, 10, rng=RNG(seed)).value for seed in range(500)]
    # A variance from 500 is known to sqrt(2 / 500), 6.3 %, for near-normal values; four times that.
    assert np.var(values, ddof=1) == pytest.approx(want, rel=0.25)


def test_what_is_exact():
    diagonal = np.diag(np.arange(8.0))
    found = hutchinson(diagonal, 3, rng=RNG(0))
    assert (found.value, found.standard_error) == (28, 0)
    A = low_rank(50, 4)
    found = hutch_plus_plus(A, 24, rng=RNG(0))  # 8 vectors catch a range of 4
    assert found.value == pytest.approx(10, rel=1e-13)
    assert found.standard_error < 1e-12
    one = hutch_plus_plus(np.array([[3.0]]), 6, rng=RNG(0))
    assert (one.value, one.standard_error) == (3, 0)


def test_hutch_plus_plus_wins_on_low_rank():
    A = low_rank(300, 10, floor=0.01)
    plain, better = (f(A, 60, rng=RNG(0)) for f in (hutchinson, hutch_plus_plus))
    assert better.standard_error < plain.standard_error / 50


def smoothed(eigenvalues, at, width):
    gaussians = np.exp(-(((at[:, None] - eigenvalues) / width) ** 2) / 2)
    return gaussians.mean(axis=1) / (width * np.sqrt(2 * np.pi))


@pytest.mark.parametrize("family", [Hypercube(8), Ring(200)], ids=repr)
@pytest.mark.parametrize("width", [0.05, 0.3])
def test_a_density_is_within_six_standard_errors(family, width):
    at = np.linspace(-0.2, 2.2, 25)
    L = sparse_graph(family.weights()).symmetric_normalized()
    found = spectral_density(L, at, width=width, interval=(0, 2), rng=RNG(0))
    want = smoothed(family.laplacian_eigenvalues(), at, width)
    peak = 1 / (width * np.sqrt(2 * np.pi))
    assert (np.abs(found.values - want) <= SIX * found.standard_errors + 1.5e-8 * peak).all()
    assert found.products <= 3 / width + 1
    assert found.standard_errors.max() < 0.1 * want.max()


def test_a_density_of_attention():
    q, k = RNG(0).standard_normal((2, 150, 4))
    L = attention_graph(q, k, how="mean").symmetric_normalized()
    want = smoothed(np.linalg.eigvalsh(L @ np.eye(150)), at := np.linspace(0, 1.5, 31), 0.1)
    found = spectral_density(L, at, width=0.1, interval=(0, 2), probes=24, rng=RNG(1))
    assert (np.abs(found.values - want) <= SIX * found.standard_errors + 6e-8).all()


def test_a_density_of_one_vertex_and_of_the_identity():
    for A in (np.array([[0.5]]), 0.5 * np.eye(40)):
        found = spectral_density(A, [0.5, 0.7], width=0.2, interval=(0, 1), rng=RNG(0))
        np.testing.assert_allclose(found.values, smoothed(np.array([0.5]), found.at, 0.2))
        assert found.standard_errors.max() < 1e-14


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hutchinson(np.ones((2, 3)), 4, rng=RNG(0)), r"A must be square .* \(2, 3\)"),
        (lambda: hutchinson(np.eye(2), 1, rng=RNG(0)), "probes must be an integer at least 2"),
        (lambda: hutch_plus_plus(np.eye(2), 5, rng=RNG(0)), "columns must be .* at least 6, got 5"),
        (
            lambda: spectral_density(np.eye(2), [0], width=0, interval=(0, 1), rng=RNG(0)),
            "width must be positive and finite, got 0",
        ),
        (
            lambda: spectral_density(np.eye(2), [0], width=1, interval=(1, 0), rng=RNG(0)),
            r"interval must be \(low, high\) with low < high, got \(1, 0\)",
        ),
        (
            lambda: spectral_density(np.eye(2), [[0]], width=1, interval=(0, 1), rng=RNG(0)),
            "at must have 1 axis",
        ),
    ],
)
def test_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
