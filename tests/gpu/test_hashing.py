"""LSH: sorted chunks against their definition, and rounds against their log-sum-exp weights."""

import numpy as np
import pytest

from gpu import lsh
from gpu.hashing import _bucket_numbers, _round


def generator(seed=0):
    return np.random.default_rng(seed)


def tensors(N=40, M=None, d=4):
    rng = generator()
    return tuple(rng.standard_normal((n, d)) for n in (N, M or N, M or N))


def slow_round(of_query, of_key, chunk, causal, across):
    """Reformer's, for each query alone: sort, cut, look back."""
    N, M = len(of_query), len(of_key)
    order = sorted(range(M), key=lambda j: (of_key[j], j))
    mask = np.zeros((N, M), bool)
    for i in range(N):
        own = (of_query[i], i + M - N)
        place = max(sum((of_key[j], j) <= own for j in range(M)) - 1, 0)
        for rank, j in enumerate(order):
            near = place // chunk - 1 <= rank // chunk <= place // chunk
            alike = across or of_key[j] == of_query[i]
            mask[i, j] = near and alike and (not causal or j <= i + M - N)
    return mask


@pytest.mark.parametrize("shape", [(20, 20), (7, 20)])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("across", [False, True])
def test_a_round_is_sorting_cutting_and_looking_back(shape, causal, across):
    N, M = shape
    rng = generator(2)
    of_query, of_key = rng.integers(4, size=N), rng.integers(4, size=M)
    found = _round(of_query, of_key, np.arange(M), M, 3, causal, across)
    mask = (found[:, :, None] == np.arange(M)).any(axis=1)
    np.testing.assert_array_equal(mask, slow_round(of_query, of_key, 3, causal, across))


def test_buckets_are_the_nearest_of_opposite_directions():
    q, k, _ = tensors(d=2)
    of_query, of_key = _bucket_numbers(q, k, 6, generator(5))
    R = generator(5).standard_normal((2, 3))
    for x, found in ((q, of_query), (k, of_key)):
        directions = np.concatenate([R.T, -R.T])
        np.testing.assert_array_equal(found, np.argmax(x @ directions.T, axis=1))


def test_rounds_combine_by_their_normalisers():
    """sum_r exp(z_r - z) o_r, a key of n rounds counting 1 / n in each, is the union's softmax."""
    q, k, v = tensors()
    done = lsh(q, k, v, buckets=4, chunk=5, rounds=3, rng=generator())
    rng = generator()
    masks = []
    for _ in range(3):
        masks.append(slow_round(*_bucket_numbers(q, k, 4, rng), 5, False, False))
    times, S = sum(m.astype(int) for m in masks), q @ k.T / 2
    total, output = np.zeros(40), np.zeros((40, 4))
    for mask in masks:
        weights = np.where(mask, np.exp(S) / np.maximum(times, 1), 0)
        z = weights.sum(1)
        o = weights @ v / np.where(z > 0, z, 1)[:, None]
        output += z[:, None] * o
        total += z
    output /= np.where(total > 0, total, 1)[:, None]
    np.testing.assert_allclose(done.output, output, atol=1e3 * np.finfo(float).eps)
    assert done.scores == (times > 0).sum()


def test_equal_directions_share_a_bucket_whatever_their_length():
    q, _, v = tensors()
    done = lsh(q, 3 * q, v, buckets=6, chunk=40, rng=generator())
    assert np.diagonal(done.pattern.mask()).all()


@pytest.mark.parametrize("across", [False, True])
def test_the_cost_is_bounded(across):
    q, k, v = tensors(200)
    done = lsh(q, k, v, buckets=8, chunk=10, rounds=3, rng=generator(), across_buckets=across)
    assert np.diff(done.pattern.indptr).max() <= 60


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"buckets": 3}, "buckets must be 1 or even, got 3"),
        ({"buckets": 0}, "buckets must be at least 1, got 0"),
        ({"rounds": 0}, "rounds must be at least 1, got 0"),
        ({"chunk": 0}, "chunk must be at least 1, got 0"),
        ({"rng": None}, "rng must be a numpy.random.Generator, got NoneType"),
    ],
)
def test_what_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        lsh(*tensors(), **({"rng": generator()} | options))
