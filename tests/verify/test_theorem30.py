"""Theorem 30: the numbers its docstring quotes, the cases it is asked on, its files."""

import subprocess
import sys

import numpy as np
import pytest

from spectral.cluster_spectrum import outside_fraction
from spectral.first_eigenvectors import gap_after, rotation
from spectral.graph import attention_matrix, symmetrize
from spectral.laplacian import symmetric_normalized
from spectral.sparsify import importance_ssa
from verify import get
from verify.given import perturbations, sparsifications
from verify.heads import generated_heads, shipped_heads
from verify.sequence import theorem30
from verify.sequence.theorem30_every_outcome import change, laplacians
from verify.sequence.theorem30_step3 import EDGES

EPS = np.finfo(float).eps


@pytest.fixture(scope="module")
def outcomes():
    return [theorem30.of_head(head) for head in shipped_heads()]


def test_half_of_the_directions_are_lost_on_the_median_head(outcomes):
    shares = [o.rotation_squared / np.ceil(np.sqrt(o.tokens)) for o in outcomes]
    assert np.median(shares) == pytest.approx(0.47, abs=0.01)


def test_the_gap_of_the_median_head(outcomes):
    assert np.median([o.eigengap for o in outcomes]) == pytest.approx(0.005, abs=5e-4)


def test_the_printed_bound_says_nothing_on_the_median_head(outcomes):
    bounds = [
        (o.cluster_error + np.sqrt(np.log(2 * o.tokens) / o.sampled))
        / (o.eigengap * np.sqrt(np.ceil(np.sqrt(o.tokens))))
        for o in outcomes
    ]
    assert np.median(bounds) == pytest.approx(68, abs=2)
    assert min(o.residual for o in outcomes) > 500  # and the other bound says less


def test_generated_heads_go_from_blurred_to_clear():
    leaks = []
    for head in generated_heads():
        W = symmetrize(attention_matrix(head.q, head.k), "mean")
        outside = (W * (head.labels[:, None] != head.labels)).sum(axis=1)
        leaks.append((outside / W.sum(axis=1)).mean())
    assert leaks[0] == pytest.approx(0.8, abs=0.1)
    assert leaks[1] == pytest.approx(0.1, abs=0.05)
    assert leaks[2] < 1e-3


def test_an_unbiased_draw_strays_at_once():
    """||E_S|| >= T/s - W_max, whatever is drawn."""
    B, labels = np.ones((4, 4)) - np.eye(4), np.arange(4)
    for seed in range(20):
        drawn = importance_ssa(B, labels, 3, rng=np.random.default_rng(seed)).weights
        assert np.linalg.norm(drawn - B, 2) >= B.sum() / 3 - 1 - 8 * EPS


def test_no_constant_below_two():
    """by_leaks: the ratio tends to 2."""
    W, labels = np.array([[1e-6, 1e-6, 1], [1e-6, 1, 1e-6], [1, 1e-6, 1e-6]]), np.array([0, 1, 1])
    sampled = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    (L, sparse), rho = laplacians(W, labels, sampled), outside_fraction(W, labels)
    ratio = rotation(L, sparse, 2) * gap_after(L, 2) / rho
    assert ratio == pytest.approx(2, abs=1e-5)


def test_a_hub_makes_a_sampled_edge_harmful():
    """Without "at most half leaves" the 3 can be exceeded as far as one likes."""
    ratios = []
    for hub in (1e4, 1e8):
        W = np.full((4, 4), 1e-9)
        W[0, 0], W[1, 1], W[3, 3] = 1 / 2, hub, hub
        W[1, 2] = W[2, 1] = 1e-3
        W[0, 2] = W[2, 0] = 1e-2
        W[2, 3] = W[3, 2] = 5
        labels, sampled = np.array([0, 1, 1, 2]), np.zeros((4, 4), int)
        sampled[0, 2] = sampled[2, 0] = 1
        L, sparse = laplacians(W, labels, sampled)
        clustered = symmetric_normalized(W * (labels[:, None] == labels))
        ratios.append(change(L, sparse) / change(L, clustered))
    assert 1.5 < ratios[0] < ratios[1]
    assert ratios[1] > 3


@pytest.mark.parametrize("cases", [sparsifications(), perturbations(), EDGES])
def test_cases_meet_their_hypotheses(cases):
    seen = 0
    for case in cases.tuples(cases.fixed()):
        seen += 1
        for hypothesis in cases.hypotheses:
            assert hypothesis.holds(*case), (hypothesis.name, case)
    assert seen > 50


@pytest.mark.parametrize("first", ["", "_step3", "_unbiased", "_every_outcome"])
def test_any_file_may_be_imported_first(first):
    program = (
        f"import verify.sequence.theorem30{first}; from verify import get; import sys;"
        "sys.exit([p.part for p in get('theorem30').parts]"
        " != ['residual', 'opnorm', 'step1', 'step2', 'step3'])"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_claim_is_one():
    assert get("theorem30") is theorem30.theorem30
