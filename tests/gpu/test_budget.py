"""All methods at one budget: each takes as many scores as it is allowed, or nearly."""

import numpy as np
import pytest

from gpu import METHODS, NotCausal, attend, settings
from gpu.budget import default_budget, parameters

# What takes all scores whatever the budget, and clusters whose sizes decide.
FREE = {"dense", "gated", "topk", "anchor_topk"}
UNEVEN = 1.6  # sum of squared sizes over that of equal ones; found by trial on these heads


def tensors(N, M=None):
    rng = np.random.default_rng(0)
    return tuple(rng.standard_normal((n, 8)).astype(np.float32) for n in (N, M or N, M or N))


def test_the_default_budget():
    assert [default_budget(M) for M in (1, 2, 4, 5, 4096)] == [3, 6, 6, 9, 192]


@pytest.mark.parametrize("N", [120, 257])
def test_scores_stay_within_the_budget(N):
    q, k, v = tensors(N)
    for label, setting in settings(N, N, 48).items():
        done = setting(q, k, v, rng=np.random.default_rng(0))
        assert done.output.shape == v.shape
        if label not in FREE:
            assert done.scores_per_query <= 48 * UNEVEN, label
            assert done.scores_per_query >= 12, label


@pytest.mark.parametrize(("N", "M", "scores"), [(1, 1, 4), (3, 3, 4), (2, 50, 10), (30, 30, 400)])
def test_small_and_large_budgets(N, M, scores):
    q, k, v = tensors(N, M)
    for label, setting in settings(N, M, scores).items():
        if N != M and "ssa" in label:
            continue
        done = setting(q, k, v, rng=np.random.default_rng(0))
        assert np.isfinite(done.output).all(), label


def test_each_method_has_a_setting_but_the_slow_and_the_given():
    methods = {s.method for s in settings(50, 50, 20).values()}
    missing = set(METHODS) - methods - {"reference"}
    assert all("pattern" in parameters(m) for m in missing)


def test_methods_that_are_not_causal_say_so():
    q, k, v = tensors(20)
    for method in ("linformer", "nystrom"):
        with pytest.raises(NotCausal, match=f"causal must be False for {method}"):
            attend(q, k, v, method=method, causal=True)


def test_a_budget_that_is_none():
    with pytest.raises(ValueError, match="scores must be at least 4 a query, got 3"):
        settings(10, 10, 3)
