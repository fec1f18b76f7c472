"""Attention over lists of keys, and the patterns made of lists: which keys, and what comes out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpu import anchor_topk, attend, bigbird, listed, longformer, random_keys, topk, window
from gpu.patterns import FullPattern, ListPattern

EPS = np.finfo(float).eps


def tensors(N, M=None, d=6, dv=5, *, seed=0, dtype=float):
    rng = np.random.default_rng(seed)
    sizes = ((N, d), (N if M is None else M, d), (N if M is None else M, dv))
    return tuple(rng.standard_normal(size).astype(dtype) for size in sizes)


def masked_softmax(q, k, v, mask):
    """The definition with any mask, in float64; zeros where nothing is seen."""
    S = np.where(mask, q.astype(float) @ k.T.astype(float) / np.sqrt(q.shape[1]), -np.inf)
    W = np.exp(S - np.where(mask.any(1), S.max(1), 0)[:, None])
    return W @ v / np.maximum(W.sum(1), np.finfo(float).tiny)[:, None]


def tolerance(q, k, v):
    """As derived in test_exact.py."""
    d, M = q.shape[1], len(k)
    S = (np.abs(q).astype(float) @ np.abs(k).T).max() / np.sqrt(d)
    return 2 * np.finfo(q.dtype).eps * (2 * (d + 4) * S + M + 16) * np.abs(v).max()


METHODS = {
    "window": {"width": 5},
    "random_keys": {"count": 4},
    "longformer": {"width": 4, "dilation": 2, "global_tokens": (0, 9)},
    "bigbird": {"block": 3, "random_blocks": 1, "global_blocks": 1},
    "topk": {"budget": 6},
    "anchor_topk": {"budget": 8, "anchors": 2, "width": 3},
}
RANDOM = {"random_keys", "bigbird"}
HALF = np.random.default_rng(5).random(31) < 0.5
CASES = {
    "plain": (tensors(31), {}),
    "causal": (tensors(31), {"causal": True}),
    "masked": (tensors(31), {"keys": HALF}),
    "causal, masked": (tensors(31), {"causal": True, "keys": HALF}),
    "all masked": (tensors(31), {"keys": np.zeros(31, bool)}),
    "tied": ((tensors(31)[0], np.ones((31, 6)), tensors(31)[2]), {}),
    "huge": ((1e4 * np.sign(tensors(31)[0]), np.eye(31, 6), tensors(31)[2]), {"causal": True}),
    "one": (tensors(10, 10), {"keys": np.arange(10) == 9}),
    "more keys": (tensors(12, 31), {"causal": True, "keys": HALF}),
    "fewer keys": (tensors(31, 12), {}),
}


def run(method, case, **more):
    (q, k, v), common = CASES[case]
    options = METHODS[method] | common | more
    if method in RANDOM:
        options["rng"] = np.random.default_rng(3)
    return attend(q, k, v, method=method, **options)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_the_output_is_softmax_over_the_pattern(case, method):
    (q, k, v), common = CASES[case]
    allowed = FullPattern((len(q), len(k)), common.get("causal", False), common.get("keys"))
    for backend in ("numpy", "numba"):
        done = run(method, case, backend=backend)
        mask = done.pattern.mask()
        assert not (mask & ~allowed.mask()).any()
        expected = masked_softmax(q, k, v, mask)
        np.testing.assert_allclose(done.output, expected, atol=tolerance(q, k, v), rtol=0)
        assert done.pattern.count() == mask.sum()
        whole = method in ("topk", "anchor_topk")
        assert done.scores == (allowed.count() if whole else mask.sum())


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_single_precision_and_grouped_heads(backend):
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal((h, 40, 6)).astype(np.float32) for h in (4, 2, 2))
    for method, options in (("window", {"width": 9}), ("topk", {"budget": 7})):
        done = attend(q, k, v, method=method, causal=True, backend=backend, **options)
        assert done.output.dtype == np.float32
        for h in range(4):
            expected = masked_softmax(q[h], k[h // 2], v[h // 2], done.pattern[h].mask())
            bound = tolerance(q[h], k[h // 2], v[h // 2])
            np.testing.assert_allclose(done.output[h], expected, atol=bound, rtol=0)


@given(st.integers(0, 10**6), st.sampled_from(["numpy", "numba"]))
@settings(max_examples=15, deadline=None)
def test_any_lists_in_any_order(seed, backend):
    rng = np.random.default_rng(seed)
    N, M = rng.integers(1, 40, 2)
    lists = [rng.choice(M, rng.integers(0, M + 1), replace=False) for _ in range(N)]
    indptr = np.concatenate([[0], np.cumsum([len(x) for x in lists])])
    pattern = ListPattern((int(N), int(M)), indptr, np.concatenate(lists))
    q, k, v = tensors(N, M, seed=seed)
    done = listed(q, k, v, pattern=pattern, backend=backend)
    expected = masked_softmax(q, k, v, pattern.mask())
    np.testing.assert_allclose(done.output, expected, atol=tolerance(q, k, v), rtol=0)
    ones = listed(q, k, np.ones_like(v), pattern=pattern, backend=backend).output
    seen = pattern.mask().any(1)[:, None]
    np.testing.assert_allclose(ones, np.broadcast_to(seen, ones.shape), atol=64 * EPS)


# Which keys ---------------------------------------------------------------------------------


def places(N, M):
    return np.arange(N)[:, None] + M - N, np.arange(M)


def test_windows():
    q, k, v = tensors(9)
    i, j = places(9, 9)
    for width, before, after in ((1, 0, 0), (4, 2, 1), (5, 2, 2)):
        mask = window(q, k, v, width=width).pattern.mask()
        np.testing.assert_array_equal(mask, (j >= i - before) & (j <= i + after))
        mask = window(q, k, v, width=width, causal=True).pattern.mask()
        np.testing.assert_array_equal(mask, (j > i - width) & (j <= i))


def test_the_last_query_stands_at_the_last_key():
    q, k, v = tensors(3, 9)
    mask = window(q, k, v, width=2, causal=True).pattern.mask()
    i, j = places(3, 9)
    np.testing.assert_array_equal(mask, (j >= i - 1) & (j <= i))


def test_longformer_sees_by_steps_and_global_tokens_see_all():
    q, k, v = tensors(20)
    i, j = places(20, 20)
    mask = longformer(q, k, v, width=5, dilation=3, global_tokens=(2, 11)).pattern.mask()
    near = ((i - j) % 3 == 0) & (abs(i - j) <= 6)
    np.testing.assert_array_equal(mask, near | np.isin(i, (2, 11)) | np.isin(j, (2, 11)))


def test_bigbird_sees_whole_blocks():
    q, k, v = tensors(40)
    rng = np.random.default_rng(0)
    done = bigbird(q, k, v, rng=rng, block=4, window_blocks=3, random_blocks=2, global_blocks=1)
    blocks = done.pattern.mask().reshape(10, 4, 10, 4)
    assert (blocks == blocks[:, :1, :, :1]).all()
    mask = blocks[:, 0, :, 0]
    i, j = places(10, 10)
    assert mask[(abs(i - j) <= 1) | (i == 0) | (j == 0)].all()
    # 3 + 2 + 1 blocks, but the window of the second has the global one, and the last's is cut
    assert mask[1:].sum(1).tolist() == [5, 6, 6, 6, 6, 6, 6, 6, 5]


def test_causal_bigbird_draws_from_the_blocks_before():
    q, k, v = tensors(40)
    done = bigbird(q, k, v, rng=np.random.default_rng(0), block=4, random_blocks=2, causal=True)
    mask = done.pattern.mask()
    assert not np.triu(mask, 1).any()
    by_block = mask[3::4, ::4].sum(1)  # the last query of each block sees all of the block
    assert by_block.tolist() == [1, 2, 3, 4, 5, 6, 7, 7, 7, 7]


def test_bigbird_without_a_window():
    q, k, v = tensors(24)
    options = {"block": 4, "window_blocks": 0, "random_blocks": 9, "global_blocks": 1}
    done = bigbird(q, k, v, rng=np.random.default_rng(0), causal=True, **options)
    i, j = places(24, 24)
    before = (j // 4 < i // 4) | (j // 4 == 0) & (j <= i)
    np.testing.assert_array_equal(done.pattern.mask(), before)


def test_random_keys_are_even():
    """6000 draws of 2 of 5: each key 2400 times, within five standard deviations of 38."""
    q, k, v = tensors(6000, 6)
    keys = np.arange(6) != 2
    done = random_keys(q, k, v, count=2, rng=np.random.default_rng(0), keys=keys)
    counts = done.pattern.mask().sum(axis=0)
    assert counts[2] == 0
    assert np.abs(counts[keys] - 2400).max() < 5 * 38
    assert (np.diff(done.pattern.indptr) == 2).all()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_largest_scores_are_chosen(backend, causal, dtype):
    q, k, v = tensors(70, 600, dtype=dtype)
    S = q.astype(float) @ k.T.astype(float)
    allowed = FullPattern((70, 600), causal).mask()
    mask = topk(q, k, v, budget=50, causal=causal, backend=backend).pattern.mask()
    assert (mask.sum(1) == 50).all()
    least = np.where(mask, S, np.inf).min(1)
    most = np.where(allowed & ~mask, S, -np.inf).max(1)
    # of scores that are equal but for rounding, 2 d eps |q| |k|, either may be taken
    assert (least >= most - 12 * np.finfo(dtype).eps * np.abs(q).sum(1) * np.abs(k).max()).all()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_anchors_and_window_are_always_there(backend):
    q, k, v = tensors(60)
    keys = np.arange(60) % 3 != 0
    options = {"budget": 12, "anchors": 2, "width": 4, "causal": True, "keys": keys}
    mask = anchor_topk(q, k, v, backend=backend, **options).pattern.mask()
    i, j = places(60, 60)
    always = ((j > i - 4) | (j <= 2)) & (j <= i) & keys  # anchors 1 and 2: 0 takes no part
    assert mask[always].all()
    np.testing.assert_array_equal(mask.sum(1), np.minimum(np.cumsum(keys), 12))
    rest = topk(q, k, v, budget=12, causal=True, keys=keys, backend=backend)
    assert not np.array_equal(rest.pattern.mask(), mask)


# What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "options", "message"),
    [
        ("window", {"width": 0}, "width must be at least 1, got 0"),
        ("window", {"width": 2.5}, "width must be an integer, got 2.5"),
        (
            "random_keys",
            {"count": 0, "rng": np.random.default_rng()},
            "count must be at least 1, got 0",
        ),
        ("random_keys", {"count": 2, "rng": 0}, "rng must be a numpy.random.Generator, got int"),
        ("longformer", {"width": -1}, "width must be at least 0, got -1"),
        ("longformer", {"width": 1, "dilation": 0}, "dilation must be at least 1, got 0"),
        (
            "longformer",
            {"width": 1, "global_tokens": (9,)},
            r"global_tokens must be in 0 ... 4, got",
        ),
        ("bigbird", {"rng": None}, "rng must be a numpy.random.Generator, got NoneType"),
        (
            "bigbird",
            {"rng": np.random.default_rng(), "block": 0},
            "block must be at least 1, got 0",
        ),
        ("topk", {"budget": 0}, "budget must be at least 1, got 0"),
        ("anchor_topk", {"budget": 9, "anchors": 4, "width": 6}, r"anchors \+ width = 10, got 9"),
        ("listed", {"pattern": FullPattern((5, 5))}, "pattern must be a ListPattern, got FullPat"),
    ],
)
def test_what_is_refused(method, options, message):
    with pytest.raises(ValueError, match=message):
        attend(*tensors(5), method=method, **options)


@pytest.mark.parametrize(
    ("indptr", "indices", "message"),
    [
        ([0, 1], [0], r"pattern must have shape \(N, M\) = \(2, 3\), got \(1, 3\)"),
        ([0, 1, 1], [0, 1], "indptr must go from 0 to 2 in 2 steps, got 0 to 1 in 2"),
        ([0, 2, 1], [0], "indptr must ascend, got a step of -1"),
        ([0, 1, 2], [0, 3], r"indices must be in 0 ... 2, got 0 to 3"),
        ([0, 0, 3], [0, 2, 0], "a list must not repeat a key, got key 0 twice for query 1"),
    ],
)
def test_lists_that_are_none(indptr, indices, message):
    pattern = ListPattern((len(indptr) - 1, 3), np.array(indptr), np.array(indices))
    with pytest.raises(ValueError, match=message):
        listed(*tensors(2, 3), pattern=pattern)
