"""SSA by sampling: which keys, how likely, and with what weights."""

from itertools import combinations

import numpy as np
import pytest

from gpu import attend, importance_ssa, reference, ssa
from gpu._draws import distinct_draws
from gpu._sampled_lists import Clusters, by_query, centroid_draws, uniform_draws, within
from gpu.sampled import query_clusters


def generator(seed=0):
    return np.random.default_rng(seed)


def tensors(N, d=4, dv=3, seed=0):
    rng = generator(seed)
    return tuple(rng.standard_normal((N, w)) for w in (d, d, dv))


# Draws ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [5, 13])  # by order of random numbers; by drawing anew
def test_every_subset_is_equally_likely(size):
    """Each of C(size, 2) counts is binomial: five standard deviations, one in 10^4 runs beyond."""
    trials = 20_000
    _, drawn = distinct_draws(np.full(trials, size), 3, generator())
    pairs = drawn.reshape(-1, 3)[:, [0, 2]] if size == 3 else drawn.reshape(-1, 3)
    subsets = list(combinations(range(size), 3))
    code = {s: n for n, s in enumerate(subsets)}
    counts = np.bincount([code[tuple(p)] for p in pairs.tolist()], minlength=len(subsets))
    p = 1 / len(subsets)
    assert abs(counts - trials * p).max() < 5 * np.sqrt(trials * p * (1 - p))


@pytest.mark.parametrize("count", [0, 1, 4, 30])
def test_draws_are_distinct_and_as_many_as_there_are(count):
    sizes = np.array([0, 1, 4, 5, 16, 17, 100])
    rows, drawn = distinct_draws(sizes, count, generator())
    for r, size in enumerate(sizes):
        mine = drawn[rows == r]
        assert len(mine) == len(set(mine.tolist())) == min(count, size)
        assert (mine < size).all()
        assert (np.diff(mine) > 0).all()


# Algorithm 2 -------------------------------------------------------------------------------


@pytest.mark.parametrize("causal", [False, True])
def test_each_query_sees_its_cluster_and_some_others(causal):
    q, k, v = tensors(30)
    mask = ssa(q, k, v, clusters=4, sampled=5, causal=causal, rng=generator()).pattern.mask()
    labels = query_clusters(q, 4, 14, generator())  # ceil(4 log 30) = 14
    for i, row in enumerate(mask):
        allowed = np.arange(30) <= i if causal else np.ones(30, bool)
        own = labels == labels[i]
        np.testing.assert_array_equal(row[own], allowed[own])
        assert row[~own].sum() == min(5, (allowed & ~own).sum())


def test_printed_weights_cut_what_is_far_to_its_share():
    """Equal scores, values 1 within the cluster and 0 without: m / (m + s), not m / N."""
    N, s = 40, 3
    rng = generator()
    q = np.repeat(np.array([[9.0, 0], [0, 9.0]]), N // 2, axis=0)
    k, v = np.zeros((N, 2)), np.repeat([[1.0, 0], [0, 1.0]], N // 2, axis=0)
    printed = ssa(q, k, v, clusters=2, sampled=s, projection=8, rng=rng).output
    np.testing.assert_allclose(printed[0], [20 / 23, 3 / 23], rtol=1e-15 * 64)
    for proposal in ("uniform", "centroid"):
        repaired = importance_ssa(
            q, k, v, clusters=2, sampled=s, projection=8, rng=rng, proposal=proposal
        )
        np.testing.assert_allclose(repaired.output, reference(q, k, v).output, rtol=1e-15 * 256)


def test_importance_weights_are_those_of_its_definition():
    q, k, v = tensors(26)
    own = {"clusters": 3, "sampled": 4, "rng": generator(), "causal": True}
    done = importance_ssa(q, k, v, **own)
    labels = query_clusters(q, 3, 14, generator())  # ceil(4 log 26) = 14
    for i, row in enumerate(done.pattern.mask()):
        seen = np.arange(26) <= i
        inside = seen & (labels == labels[i])
        outside = seen & ~inside
        drawn = row & outside
        w = np.exp(k @ q[i] / 2) * (inside + drawn * (outside.sum() / max(drawn.sum(), 1)))
        # 26 products of width 4 of numbers below 10
        np.testing.assert_allclose(done.output[i], w @ v / w.sum(), atol=2e3 * np.finfo(float).eps)


@pytest.mark.parametrize("draws", ["uniform", "centroid"])
def test_each_key_counts_for_one_on_average(draws):
    """Five standard errors of the mean of 600 runs, plus the resolution of rare keys."""
    q, k, _ = tensors(12)
    rng, runs = generator(1), 600
    clusters = Clusters(np.arange(12) % 3, np.arange(12) != 5, causal=False)
    total, square = np.zeros((12, 12)), np.zeros((12, 12))
    for _ in range(runs):
        if draws == "uniform":
            rows, columns, logs = uniform_draws(clusters, 3, rng)
        else:
            (rows, columns, logs), extra = centroid_draws(q, k, clusters, 3, 0.2, rng)
            assert extra == 36
        weights = np.zeros((12, 12))
        weights[rows, columns] = np.exp(logs)
        total += weights
        square += weights**2
    far = (clusters.labels[:, None] != clusters.labels) & (np.arange(12) != 5)
    mean, spread = total / runs, np.sqrt(square / runs / runs)
    assert (mean[~far] == 0).all()
    assert (abs(mean - 1)[far] < 5 * spread[far]).all()


def test_lists_come_in_the_order_of_queries():
    clusters = Clusters(np.array([1, 0, 1, 0]), None, causal=True)
    (pattern,) = by_query((4, 4), *within(clusters))
    np.testing.assert_array_equal(pattern.indptr, [0, 1, 2, 4, 6])
    np.testing.assert_array_equal(pattern.indices, [0, 1, 0, 2, 1, 3])


def test_the_error_falls_with_the_sample():
    q, k, v = (np.sqrt(x) if x is None else x for x in tensors(200, seed=3))
    exact = reference(q, k, v).output
    for method in ("ssa", "importance_ssa"):
        errors = [
            np.linalg.norm(
                attend(q, k, v, method=method, clusters=10, sampled=s, rng=generator()).output
                - exact
            )
            for s in (5, 40, 200)
        ]
        assert errors[0] > errors[1] > errors[2]
        assert errors[2] < 1e3 * np.finfo(float).eps * np.linalg.norm(exact)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"clusters": 0}, "clusters must be at least 1, got 0"),
        ({"clusters": 10}, "clusters must be at most 9, got 10"),
        ({"clusters": 2.5}, "clusters must be an integer, got 2.5"),
        ({"sampled": -1}, "sampled must be at least 0, got -1"),
        ({"projection": 0}, "projection must be at least 1, got 0"),
        ({"rng": 3}, "rng must be a numpy.random.Generator, got int"),
    ],
)
def test_what_is_refused(options, message):
    q, k, v = tensors(9)
    for method in (ssa, importance_ssa):
        with pytest.raises(ValueError, match=message):
            method(q, k, v, **({"rng": generator()} | options))


def test_proposals():
    q, k, v = tensors(9)
    with pytest.raises(ValueError, match=r"proposal must be one of \['centroid', 'uniform'\]"):
        importance_ssa(q, k, v, proposal="best", rng=generator())
    with pytest.raises(ValueError, match="causal must be False for proposal 'centroid'"):
        importance_ssa(q, k, v, proposal="centroid", causal=True, rng=generator())
