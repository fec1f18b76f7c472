"""Counts of an algorithm that is run, against closed forms; and its result, against SciPy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from thermo.counting import (
    KEEPABLE,
    balanced_labels,
    counted_attention,
    counted_lloyd,
    schedules,
)

EPS = np.finfo(float).eps
few = settings(max_examples=25, deadline=None)
sizes = st.tuples(st.integers(1, 6), st.integers(1, 4))
seeds = st.integers(0, 2**32 - 1)


def layer(N, d, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((N, d)), rng.standard_normal((4, d, d))


@few
@given(sizes, seeds)
def test_result_and_counts(size, seed):
    N, d = size
    x, W = layer(N, d, seed)
    run = counted_attention(x, W)
    q, k, v = (x @ W[i] for i in range(3))
    direct = softmax(q @ k.T / np.sqrt(d), axis=1) @ v @ W[3]
    # sums of at most N, d terms in another order, of entries of a few hundred at most
    np.testing.assert_allclose(run.result, direct, rtol=0, atol=2**16 * EPS)
    assert run.macs == 4 * N * d**2 + 2 * N**2 * d
    assert run.words == 4 * d**2 + 12 * N * d + 4 * N**2


@few
@given(sizes, seeds)
def test_masked(size, seed):
    N, d = size
    mask = np.random.default_rng(seed).random((N, N)) < 1 / 2
    np.fill_diagonal(mask, True)
    x, W = layer(N, d, seed)
    run, edges = counted_attention(x, W, mask=mask), int(mask.sum())
    assert run.macs == 4 * N * d**2 + 2 * edges * d
    assert run.words == 4 * d**2 + 12 * N * d + 4 * edges
    q, k, v = (x @ W[i] for i in range(3))
    p = softmax(np.where(mask, q @ k.T / np.sqrt(d), -np.inf), axis=1)
    np.testing.assert_allclose(run.result, p @ v @ W[3], rtol=0, atol=2**16 * EPS)


def test_what_stays_on_chip():
    """Compulsory traffic: weights, x and y; each intermediate that is moved is moved twice."""
    N, d = 5, 3
    x, W = layer(N, d)
    least = 4 * d**2 + 2 * N * d
    once = {"s": N**2, "p": N**2, "x": N * d}
    for kept in schedules():
        moved = sum(2 * once.get(name, N * d) for name in KEEPABLE if name not in kept)
        assert counted_attention(x, W, on_chip=kept, count_macs=False).words == least + moved
    assert len(set(schedules())) == 2**7


@pytest.mark.parametrize("kept", [(), ("s", "p"), KEEPABLE])
def test_weights_as_an_output(kept):
    """Stored once, and in that one move if they are not kept."""
    x, W = layer(4, 2)
    without = counted_attention(x, W, on_chip=kept).words
    with_weights = counted_attention(x, W, on_chip=kept, return_weights=True).words
    assert with_weights - without == (16 if "p" in kept else 0)


@few
@given(sizes, st.integers(1, 4), seeds)
def test_lloyd(size, k, seed):
    N, d = size
    rng = np.random.default_rng(seed)
    x, centers = rng.standard_normal((N, d)), rng.standard_normal((k, d))
    run = counted_lloyd(x, centers)
    assert run.macs == N * k * d
    nearest = ((x[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(run.result, nearest)


@pytest.mark.parametrize(("N", "k", "sizes"), [(1, 1, [1]), (7, 3, [3, 2, 2]), (9, 3, [3, 3, 3])])
def test_balanced(N, k, sizes):
    assert sorted(np.bincount(balanced_labels(N, k)), reverse=True) == sizes


def test_bad_input():
    x, W = layer(2, 2)
    with pytest.raises(ValueError, match=r"x must be \(N, d\) and projections"):
        counted_attention(x, W[:3])
    with pytest.raises(ValueError, match=r"x must be \(N, d\)"):
        counted_attention(x[0], W)
    with pytest.raises(ValueError, match=r"on_chip must name some of .* got \['w'\]"):
        counted_attention(x, W, on_chip=("w",))
    with pytest.raises(ValueError, match=r"mask must be \(2, 2\) booleans"):
        counted_attention(x, W, mask=np.eye(2))
    with pytest.raises(ValueError, match="some in each row"):
        counted_attention(x, W, mask=np.array([[True, True], [False, False]]))
    with pytest.raises(ValueError, match="one width"):
        counted_lloyd(x, np.zeros((1, 3)))
    with pytest.raises(ValueError, match="k must be from 1 to N = 2, got 3"):
        balanced_labels(2, 3)
