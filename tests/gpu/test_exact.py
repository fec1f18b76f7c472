"""What is exact, or is so in its limit: dense attention, and patterns that leave no key out.

Tolerance.  A score of d products is off by (d + 4) eps S at most, S = max_ij sum_c |q_ic k_jc|
scale (the 4: scale, log2 e, shift, argument of exp); its weight by that, relatively, and sums of M
positive weights by M eps.  Numerator and denominator: twice.  So the output, an average of v, is
off by 2 eps (2 (d + 4) S + M + 16) max |v|, where the 16 is for exp, rescaling and division.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu import attend, dense, reference
from gpu.patterns import ListPattern


def tensors(N, M=None, d=6, dv=5, *, size=1.0, seed=0):
    rng = np.random.default_rng(seed)
    M = N if M is None else M
    q, k = (size * rng.standard_normal((n, d)) for n in (N, M))
    return q, k, rng.standard_normal((M, dv))


def huge(N, d=4):
    """Scores of +-1e4 exactly (d = 4, scale 1/2): many of them tied, none between."""
    q, k, v = tensors(N, d=d)
    return np.sign(q[:, :1]) * np.full(d, 100.0), np.sign(k[:, :1]) * np.full(d, 50.0), v


def tied(N):
    q, k, v = tensors(N)
    return q, k[:1].repeat(N, 0), v


HALF = np.random.default_rng(5).random(19) < 0.5
CASES = {
    "random": (tensors(19), {}),
    "tied": (tied(19), {}),
    "huge": (huge(19), {}),
    "large": (tensors(19, size=50), {}),
    "one": (tensors(1), {}),
    "width one": (tensors(5, d=1, dv=1), {}),
    "no multiple of a tile": (tensors(131, 517), {}),
    "negative scale": (tensors(19), {"scale": -0.3}),
    "masked": (tensors(19), {"keys": HALF}),
    "all masked": (tensors(19), {"keys": np.zeros(19, bool)}),
    "causal": (tensors(130), {"causal": True}),
    "causal, masked": (tensors(19), {"causal": True, "keys": HALF}),
    "causal, huge": (huge(19), {"causal": True}),
    "causal, one": (tensors(1, 4), {"causal": True}),
    "fewer keys": (tensors(19, 4), {}),
    "more keys, causal, masked": (tensors(7, 19), {"causal": True, "keys": HALF}),
}


def tolerance(q, k, v, scale):
    d, M = q.shape[1], len(k)
    S = abs(scale) * (np.abs(q).astype(float) @ np.abs(k).T.astype(float)).max()
    return 2 * np.finfo(q.dtype).eps * (2 * (d + 4) * S + M + 16) * np.abs(v).max()


def agree(case, method, dtype, **options):
    """Whether a method gives what the definition does."""
    (q, k, v), common = case
    q, k, v = (x.astype(dtype) for x in (q, k, v))
    done = attend(q, k, v, method=method, **common, **options)
    exact = reference(q, k, v, **common)
    bound = tolerance(q, k, v, common.get("scale", q.shape[1] ** -0.5))
    assert done.output.dtype == dtype
    np.testing.assert_allclose(done.output, exact.output, atol=bound, rtol=0)
    assert done.scores == exact.scores
    np.testing.assert_array_equal(done.pattern.mask(), exact.pattern.mask())
    assert done.pattern.count() == exact.pattern.count()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("case", CASES)
def test_dense_is_the_definition(case, backend, dtype):
    agree(CASES[case], "dense", dtype, backend=backend)


def everything(N, M):
    return ListPattern((N, M), np.arange(N + 1) * M, np.tile(np.arange(M)[::-1], N))


LIMITS = {
    "listed": lambda N, M: {"pattern": everything(N, M)},
    "window": lambda N, M: {"width": 2 * (N + M)},
    "random_keys": lambda N, M: {"count": M, "rng": np.random.default_rng(0)},
    "longformer": lambda N, M: {"width": 0, "global_tokens": range(M)},
    "bigbird": lambda N, M: {"rng": np.random.default_rng(0), "block": 4, "window_blocks": 2 * M},
    "topk": lambda N, M: {"budget": M},
    "anchor_topk": lambda N, M: {"budget": M, "anchors": M // 2, "width": M // 3},
}


@pytest.mark.parametrize("method", LIMITS)
@pytest.mark.parametrize("case", CASES)
def test_dense_is_the_limit_of_patterns(case, method):
    (q, k, _), _ = CASES[case]
    agree(CASES[case], method, np.float64, **LIMITS[method](len(q), len(k)))


@given(st.integers(0, 10**6), st.sampled_from(["numpy", "numba"]), st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_order_of_keys_and_of_queries_does_not_matter(seed, backend, single):
    q, k, v = (x.astype(np.float32 if single else float) for x in tensors(9, 23, seed=seed))
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(9), rng.permutation(23)
    moved = dense(q[rows], k[columns], v[columns], backend=backend).output
    bound = 2 * tolerance(q, k, v, q.shape[1] ** -0.5)
    np.testing.assert_allclose(
        moved, dense(q, k, v, backend=backend).output[rows], atol=bound, rtol=0
    )


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_weights_sum_to_one_and_heads_are_grouped(backend):
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal((2, h, 33, 6)) for h in (4, 2, 2))
    done = dense(q, k, np.ones_like(v), causal=True, backend=backend)
    np.testing.assert_allclose(done.output, 1, atol=2 * (33 + 16) * np.finfo(float).eps)
    assert done.scores == 8 * 33 * 34 // 2
    done = dense(q, k, v, backend=backend)
    alone = dense(q[1, 3], k[1, 1], v[1, 1], backend=backend)
    np.testing.assert_array_equal(done.output[1, 3], alone.output)


@pytest.mark.parametrize("order", ["F", "strided"])
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_arrays_need_not_be_contiguous(order, backend):
    q, k, v = tensors(19)
    change = np.asfortranarray if order == "F" else lambda x: np.repeat(x, 2, axis=0)[::2]
    same = dense(q, k, v, backend=backend).output
    # another order of the sums of d products and of M terms
    bound = 2 * tolerance(q, k, v, q.shape[1] ** -0.5)
    done = dense(change(q), change(k), change(v), backend=backend).output
    np.testing.assert_allclose(done, same, atol=bound, rtol=0)


@pytest.mark.parametrize(
    ("dtype", "least", "most"), [("float32", -126, 127), ("float64", -1022, 1023)]
)
def test_powers_of_two_in_compiled_code(dtype, least, most):
    """Against numpy, over the whole range: polynomial below eps / 2, Horner and product 1.5 eps."""
    from numba import njit

    from gpu._numba_exp import exp2

    one = njit(lambda x: exp2(x))
    x = np.linspace(least, most, 2001).astype(dtype)
    mine = np.array([one(a) for a in x])
    eps = np.finfo(dtype).eps
    np.testing.assert_allclose(mine, np.exp2(x.astype(np.longdouble)).astype(float), rtol=2 * eps)
    below = np.array([least * 1.01, -1e6, -np.inf], dtype)
    np.testing.assert_array_equal([one(a) for a in below], 0)
    with pytest.raises(NotImplementedError, match="exp2 is for compiled code"):
        exp2(1.0)
