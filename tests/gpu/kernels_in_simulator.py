"""CUDA kernels in Numba's simulator; test_cuda.py runs this file in a process of its own.

Tolerance: as derived in test_exact.py.  Sizes are tiny, a thread being one of Python's; blocks are
of 8 threads there, so that 19 queries or keys are more than a tile.
"""

import numpy as np
import pytest

from gpu import anchor_topk, backends, dense, listed, reference, topk
from gpu.patterns import ListPattern


def tensors(N, M, dtype, d=3, dv=9, size=1.0):
    rng = np.random.default_rng(0)
    sizes = ((N, d), (M, d), (M, dv))
    q, k, v = (rng.standard_normal(s).astype(dtype) for s in sizes)
    return q * dtype(size), k * dtype(size), v


def tolerance(q, k, v):
    d, M = q.shape[1], len(k)
    S = (np.abs(q).astype(float) @ np.abs(k).T).max() / np.sqrt(d)
    return 2 * np.finfo(q.dtype).eps * (2 * (d + 4) * S + M + 16) * np.abs(v).max()


HALF = np.arange(19) % 3 != 1
CASES = [
    (19, 19, 1.0, {}),
    (11, 19, 1.0, {"causal": True}),
    (3, 19, 1.0, {"causal": True, "keys": HALF}),
    (9, 19, 90.0, {"keys": HALF}),  # scores up to 1e4
    (2, 19, 1.0, {"keys": np.zeros(19, bool)}),
    (1, 1, 1.0, {}),
]


def test_the_simulator_is_what_runs():
    assert "simulator" in backends()["cuda"].device


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("N", "M", "size", "options"), CASES)
def test_dense(N, M, size, options, dtype):
    q, k, v = tensors(N, M, dtype, size=size)
    done = dense(q, k, v, backend="cuda", **options)
    expected = reference(q, k, v, **options).output
    assert done.output.dtype == dtype
    np.testing.assert_allclose(done.output, expected, atol=tolerance(q, k, v), rtol=0)


def lists(N, M):
    """Lists of none, one, and up to all keys."""
    rng = np.random.default_rng(1)
    found = [rng.choice(M, i * M // max(N - 1, 1), replace=False) for i in range(N)]
    indptr = np.concatenate([[0], np.cumsum([len(x) for x in found])])
    return ListPattern((N, M), indptr, np.concatenate(found))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_lists(dtype):
    q, k, v = tensors(5, 19, dtype)
    pattern = lists(5, 19)
    done = listed(q, k, v, pattern=pattern, backend="cuda").output
    expected = listed(q, k, v, pattern=pattern, backend="numpy").output
    np.testing.assert_allclose(done, expected, atol=2 * tolerance(q, k, v), rtol=0)


def test_lists_of_bfloat16():
    """Numbers that bfloat16 has exactly: their upper halves say all."""
    from gpu._cuda_lists import attention

    q, k, v = ((x.view(np.int32) & ~0xFFFF).view(np.float32) for x in tensors(3, 19, np.float32))
    pattern = lists(3, 19)
    halves = ((x.view(np.int32) >> 16).astype(np.int16) for x in (q, k, v))
    done = attention(*halves, pattern.indptr, pattern.indices, 3**-0.5)
    expected = listed(q, k, v, pattern=pattern).output
    np.testing.assert_allclose(done, expected, atol=2 * tolerance(q, k, v), rtol=0)


@pytest.mark.parametrize(
    ("dtype", "method", "options"),
    [
        (np.float32, topk, {"budget": 3}),
        (np.float32, topk, {"budget": 30, "causal": True}),
        (np.float64, topk, {"budget": 4}),
        (np.float32, anchor_topk, {"budget": 6, "anchors": 1, "width": 2, "causal": True}),
        (np.float32, anchor_topk, {"budget": 5, "anchors": 2, "width": 1, "keys": HALF}),
    ],
)
def test_selections(dtype, method, options):
    """Scores of random numbers are not tied: the keys are those that NumPy chooses."""
    q, k, v = tensors(3, 19, dtype)
    done = method(q, k, v, backend="cuda", **options)
    expected = method(q, k, v, backend="numpy", **options)
    np.testing.assert_array_equal(done.pattern.mask(), expected.pattern.mask())
    np.testing.assert_allclose(done.output, expected.output, atol=2 * tolerance(q, k, v), rtol=0)


def test_of_tied_scores_as_many_as_asked():
    q, k, v = tensors(2, 9, np.float32)
    k[3:] = k[3]
    mask = topk(q, k, v, budget=5, backend="cuda").pattern.mask()
    S = q @ k.T
    assert (mask.sum(axis=1) == 5).all()
    for chosen, scores in zip(mask, S, strict=True):
        assert scores[chosen].min() >= np.sort(scores)[-5]
