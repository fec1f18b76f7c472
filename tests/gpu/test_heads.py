"""The edge of every method: shapes, batches, grouped-query heads, masks, what is refused."""

import numpy as np
import pytest

from gpu import MissingBackend, attend, reference
from gpu.patterns import BlockPattern, FullPattern, ListPattern, NoPattern

EPS = np.finfo(float).eps


def tensors(*, N=5, M=7, d=3, dv=2, lead=(), q_lead=None, dtype=float, seed=0):
    rng = np.random.default_rng(seed)
    sizes = ((*(lead if q_lead is None else q_lead), N, d), (*lead, M, d), (*lead, M, dv))
    return tuple(rng.standard_normal(size).astype(dtype) for size in sizes)


def softmax(q, k, v, *, seen):
    weights = np.where(seen, np.exp(q @ k.T / np.sqrt(q.shape[1])), 0)
    return weights @ v / weights.sum(1, keepdims=True)


def test_the_definition():
    q, k, v = tensors()
    done = reference(q, k, v)
    expected = softmax(q, k, v, seen=np.ones((5, 7), bool))
    # sums of 7 products of numbers of size <= 3, relative to weights that sum to one
    np.testing.assert_allclose(done.output, expected, atol=64 * EPS)
    assert done.scores == done.pattern.count() == 35
    assert done.scores_per_query == 7
    assert done.backend == "numpy"


def test_causal_is_aligned_at_the_last_key():
    q, k, v = tensors()
    done = reference(q, k, v, causal=True)
    np.testing.assert_allclose(
        done.output, softmax(q, k, v, seen=np.tri(5, 7, 2, dtype=bool)), atol=64 * EPS
    )
    assert done.pattern.count() == 3 + 4 + 5 + 6 + 7


def test_a_query_without_keys_gets_zeros():
    q, k, v = tensors(N=3, M=3)
    done = reference(q, k, v, causal=True, keys=np.array([False, False, True]))
    np.testing.assert_array_equal(done.output[:2], 0)
    np.testing.assert_array_equal(done.output[2], v[2])
    assert done.pattern.count() == done.pattern.mask().sum() == 1


def test_grouped_heads_share_keys():
    q, k, v = tensors(lead=(2, 2), q_lead=(2, 6))
    done = reference(q, k, v)
    assert done.output.shape == (2, 6, 5, 2)
    for b, h in np.ndindex(2, 6):
        alone = reference(q[b, h], k[b, h // 3], v[b, h // 3]).output
        np.testing.assert_array_equal(done.output[b, h], alone)
    assert done.scores == 12 * 35
    assert done.pattern.shape == (2, 6)


def test_a_mask_by_batch_entry():
    q, k, v = tensors(lead=(2, 1))
    keys = np.array([[True] * 7, [True] * 3 + [False] * 4])
    done = reference(q, k, v, keys=keys)
    short = reference(q[1, 0], k[1, 0, :3], v[1, 0, :3]).output
    np.testing.assert_array_equal(done.output[1, 0], short)


def test_the_dtype_is_kept():
    assert reference(*tensors(dtype=np.float32)).output.dtype == np.float32


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q": [[1.0]]}, "q, k, v must be NumPy or CuPy arrays, got list"),
        ({"q": np.ones((5, 3), int)}, "q must be float32 or float64, got int64"),
        ({"q": np.ones(3)}, r"q must be \(..., tokens, width\), got shape \(3,\)"),
        ({"v": np.ones((0, 2))}, r"v must not be empty, got shape \(0, 2\)"),
        ({"k": np.full((7, 3), np.nan)}, "k must be finite, got 21 entries that are not"),
        ({"q": np.ones((1, 5, 3))}, "q, k, v must have one rank, got 3, 2, 2"),
        ({"q": np.ones((5, 3), np.float32)}, "q, k, v must have one dtype, got float32"),
        ({"q": np.ones((5, 4))}, "q and k must have one width d, got 4 and 3"),
        ({"v": np.ones((6, 2))}, r"k and v must agree but for the width, got \(7, 3\) and \(6, 2"),
        ({"causal": True, "q": np.ones((8, 3))}, "causal needs N <= M, got N = 8 and M = 7"),
        ({"scale": np.inf}, "scale must be finite, got inf"),
        ({"keys": np.ones(7)}, "keys must be booleans, True where a key takes part, got float64"),
        ({"keys": np.ones(6, bool)}, r"keys must have shape \(7,\), got \(6,\)"),
        ({"backend": "numba"}, r"backend of reference must be one of \['numpy'\], got 'numba'"),
        ({"method": "flash"}, "method must be one of .*'reference'.*, got 'flash'"),
    ],
)
def test_what_is_refused(change, message):
    q, k, v = tensors()
    with pytest.raises(ValueError, match=message):
        attend(**({"q": q, "k": k, "v": v} | change))


def test_head_numbers_must_divide():
    q, k, v = tensors(lead=(2,), q_lead=(3,))
    with pytest.raises(ValueError, match="heads of k must divide heads of q, got 2 and 3 heads"):
        reference(q, k, v)


def test_batches_must_agree():
    q, k, v = tensors(lead=(2, 1), q_lead=(3, 1))
    with pytest.raises(ValueError, match="q and k must have one batch shape"):
        reference(q, k, v)


def test_a_missing_backend_says_what_is_missing(monkeypatch):
    from gpu import backend

    monkeypatch.setattr(backend, "find_spec", lambda name: None)
    assert not gpu_works("cupy", backend)
    with pytest.raises(MissingBackend, match=r"'cupy' does not work here: CuPy is not installed"):
        backend.require("cupy")
    with pytest.raises(ValueError, match=r"backend must be one of .*, got 'tpu'"):
        backend.require("tpu")


def gpu_works(name, backend):
    return backend.backends()[name].works


def test_the_backends_of_ci_work():
    from gpu import backends

    found = backends()
    assert set(found) == {"numpy", "numba", "cuda", "cupy"}
    assert found["numpy"].works
    assert found["numba"].works


@pytest.mark.parametrize(
    "pattern",
    [
        FullPattern((3, 4)),
        FullPattern((3, 4), causal=True),
        FullPattern((3, 4), causal=True, keys=np.array([False, True, True, False])),
        ListPattern((2, 4), np.array([0, 2, 3]), np.array([1, 3, 0])),
        BlockPattern((3, 3), np.array([0, 1, 1]), np.array([1, 0, 1]), np.eye(2, dtype=bool)),
        NoPattern((2, 2)),
    ],
)
def test_patterns_count_what_their_masks_show(pattern):
    assert pattern.mask().shape == pattern.shape
    assert pattern.count() == pattern.mask().sum()
