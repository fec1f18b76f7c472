"""The far field: against its definition in `spectral`, its limits, and what it is for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu import _far_compiled, _far_rectangle, far_field, reference
from gpu._far_pairs import far_field_of
from gpu.grouping import group
from spectral.far_field import far_field_attention, far_field_bound

EPS = {np.float32: np.finfo(np.float32).eps, np.float64: np.finfo(np.float64).eps}


def tensors(N, M, *, d=8, dv=5, size=1.0, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    q, k, v = (rng.standard_normal((n, w)) for n, w in ((N, d), (M, d), (M, dv)))
    return (size * q).astype(dtype), k.astype(dtype), v.astype(dtype)


def clusters(N, *, noise, scale, d=64, seed=1):
    """sqrt(N) Gaussian clusters of queries and of keys around common centers; values apart."""
    rng = np.random.default_rng(seed)
    root = math.ceil(math.sqrt(N))
    centers, labels = rng.standard_normal((root, d)), rng.integers(0, root, N)
    q, k = (scale * (centers[labels] + noise * rng.standard_normal((N, d))) for _ in range(2))
    return q, k, rng.standard_normal((N, d))


def relative_error(done, exact):
    return np.linalg.norm(done - exact) / np.linalg.norm(exact)


def rounding(q, k, v, dtype):
    """Of a softmax average: scores of rounding eps d |s|, and sums of at most 10^3 terms."""
    largest = np.abs(q @ k.T).max() / np.sqrt(q.shape[1])
    return 64 * EPS[dtype] * (1 + largest) * np.abs(v).max()


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_far_field_of_the_definition(seed):
    q, k, v = tensors(60, 50, seed=seed)
    scale = 1 / np.sqrt(8)
    queries = group(q, 6, rng=np.random.default_rng(seed))
    keys = group(k, 5, rng=np.random.default_rng(seed))
    field = far_field_of(q, k, v, queries, keys, 9, scale)
    done = far_field(
        q, k, v, rng=_Spawning(seed), near=9, query_groups=6, key_groups=5, first_order=False
    )  # groups as above
    for a in range(len(queries)):
        rows = queries.labels == a
        near = np.isin(np.arange(50), field.near[field.near_starts[a] : field.near_starts[a + 1]])
        meant = far_field_attention(q[rows], k, keys.labels, near.astype(int))
        np.testing.assert_allclose(
            done.output[rows], meant.approximate @ v, atol=rounding(q, k, v, np.float64)
        )
        off = np.linalg.norm(done.output[rows] - meant.exact @ v, axis=1)
        diameter = max(np.linalg.norm(x - y) for x in v for y in v)
        assert (off <= diameter * far_field_bound(meant.share, meant.radius) * (1 + 1e-9)).all()


class _Spawning(np.random.Generator):
    """A generator all of whose children have one seed."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.seed = seed

    def spawn(self, count):
        return [np.random.default_rng(self.seed) for _ in range(count)]


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("N", "M"), [(1, 1), (1, 9), (3, 3), (70, 70), (300, 500)])
def test_with_all_keys_near_it_is_exact(N, M, causal, dtype, backend):
    q, k, v = tensors(N, M, dtype=dtype)
    keys = np.arange(M) % 4 != 1
    for mask in (None, keys):
        exact = reference(q, k, v, causal=causal, keys=mask)
        options = {"causal": causal, "keys": mask, "near": M, "rng": np.random.default_rng(0)}
        done = far_field(q, k, v, backend=backend, **options)
        np.testing.assert_allclose(done.output, exact.output, atol=rounding(q, k, v, dtype))
        assert done.output.dtype == dtype


@pytest.mark.parametrize("first_order", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("near", [0, 30, 400])
def test_both_backends_do_the_same(near, dtype, first_order):
    q, k, v = (x.astype(dtype) for x in clusters(400, noise=0.3, scale=0.7, d=16))
    queries, keys = (group(x, 20, rng=np.random.default_rng(0)) for x in (q, k))
    (one, one_sum, field), (other, other_sum, compiled) = (
        attend(q, k, v, queries, keys, near, 0.25, first_order)
        for attend in (_far_rectangle._attend, _far_compiled.attend)
    )
    # Rounding may decide whether a key at the threshold is near: then the group is another.
    lists = [np.split(f.near, f.near_starts[1:-1]) for f in (field, compiled)]
    same = np.array([set(x) == set(y) for x, y in zip(*lists, strict=True)])[queries.labels]
    assert same.mean() >= 0.8
    tolerance = rounding(q, k, v, dtype)
    np.testing.assert_allclose(one[same], other[same], atol=tolerance)
    np.testing.assert_allclose(one_sum[same], other_sum[same], atol=tolerance)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("size", [1e4, 1e-4, 0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_equal_queries_are_exact_at_any_size_of_scores(size, dtype, backend):
    q, k, v = tensors(1, 90, dtype=dtype)
    q = np.repeat((q * size).astype(dtype), 40, axis=0)
    done = far_field(q, k, v, near=0, rng=np.random.default_rng(0), backend=backend)
    exact = reference(q, k, v).output
    np.testing.assert_allclose(done.output, exact, atol=rounding(q, k, v, dtype))
    assert done.pattern.count() == 0


def test_equal_keys_are_exact():
    q, k, v = tensors(40, 6)
    k, v = np.repeat(k, 20, axis=0), np.repeat(v, 20, axis=0)
    done = far_field(q, k, v, near=0, key_groups=6, rng=np.random.default_rng(0))
    exact = reference(q, k, v).output
    np.testing.assert_allclose(done.output, exact, atol=rounding(q, k, v, np.float64))


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("causal", [False, True])
def test_huge_scores_do_not_overflow(causal, backend):
    q, k, v = tensors(300, 300, size=1e4, dtype=np.float32)
    done = far_field(q, k, v, causal=causal, rng=np.random.default_rng(0), backend=backend)
    assert np.isfinite(done.output).all()
    assert np.abs(done.output).max() <= np.abs(v).max() * (1 + 64 * EPS[np.float32])


def test_no_key_at_all_gives_zeros():
    q, k, v = tensors(5, 5)
    done = far_field(q, k, v, keys=np.zeros(5, bool), rng=np.random.default_rng(0))
    np.testing.assert_array_equal(done.output, 0)
    assert done.scores == 0
    late = np.arange(300) >= 299
    q, k, v = tensors(300, 300)
    done = far_field(q, k, v, keys=late, causal=True, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(done.output[:299], 0)
    np.testing.assert_allclose(done.output[299], v[299])


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 80), st.integers(0, 60), st.booleans(), st.integers(0, 2**31))
def test_rows_sum_to_one_and_counts_are_right(N, more, causal, seed):
    q, k, v = tensors(N, N + more, seed=seed, size=3)
    done = far_field(q, k, np.ones_like(v), causal=causal, rng=np.random.default_rng(seed))
    np.testing.assert_allclose(done.output, 1, atol=64 * EPS[np.float64])
    assert done.pattern.count() == done.pattern.mask().sum() <= done.scores


def test_causal_sees_no_later_key():
    q, k, v = tensors(700, 700)
    one = far_field(q, k, v, causal=True, rng=np.random.default_rng(0)).output
    k[500:], v[500:] = -k[500:], 7
    other = far_field(q, k, v, causal=True, rng=np.random.default_rng(0)).output
    np.testing.assert_array_equal(one[:500], other[:500])


def test_the_error_falls_with_the_budget():
    q, k, v = clusters(512, noise=1, scale=0.7)
    exact = reference(q, k, v).output
    errors = [
        relative_error(far_field(q, k, v, near=n, rng=np.random.default_rng(0)).output, exact)
        for n in (0, 64, 256, 512)
    ]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-12


@pytest.mark.parametrize("noise", [0.3, 0.5])
@pytest.mark.parametrize("scale", [0.3, 0.5, 1])
def test_clusters_at_three_roots_of_n(noise, scale):
    q, k, v = clusters(512, noise=noise, scale=scale)
    done = far_field(q, k, v, rng=np.random.default_rng(0))
    assert relative_error(done.output, reference(q, k, v).output) <= 0.05
    assert done.scores_per_query <= 3 * math.ceil(math.sqrt(512))


@pytest.mark.parametrize("budget", [3, 30, 69, 150])
def test_a_budget_is_kept(budget):
    q, k, v = clusters(512, noise=0.5, scale=1)
    done = far_field(q, k, v, budget=budget, rng=np.random.default_rng(0))
    assert 0.8 * budget <= done.scores_per_query <= budget


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"near": -1}, "near must be at least 0, got -1"),
        ({"budget": 2}, "budget must be at least 3, got 2"),
        ({"query_groups": 0}, "query_groups must be at least 1, got 0"),
        ({"key_groups": 1.5}, "key_groups must be an integer, got 1.5"),
        ({"rng": 3}, "rng must be a numpy.random.Generator, got int"),
    ],
)
def test_what_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        far_field(*tensors(4, 4), **({"rng": np.random.default_rng(0)} | options))
