"""The experiments of section 13: their parts by hand, and the numbers that are quoted in prose."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectral.heads import clustered_heads
from verify.sequence import table1, table3
from verify.sequence.experiments.ablation import ablation, fidelity
from verify.sequence.experiments.needle import (
    METHODS,
    cosine,
    haystack,
    mean_similarity,
    random_sees,
)
from verify.sequence.experiments.pareto import (
    Point,
    frontier,
    measured,
)
from verify.sequence.experiments.scaling import exponent, operations
from verify.sequence.experiments.spectra import spectra

EPS = np.finfo(float).eps

# The needle -------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(N=st.integers(10, 60), seed=st.integers(0, 2**32 - 1))
def test_a_needle_lies_early_and_the_query_is_like_it(N, seed):
    hay = haystack(N, rng=np.random.default_rng(seed), d=5, noise=0)
    assert N // 10 <= hay.needle <= N // 3
    assert hay.last == N - 1
    np.testing.assert_array_equal(hay.tokens[hay.last], hay.tokens[hay.needle])
    assert abs(hay.similarity(2 * hay.tokens[hay.last]) - 1) < 8 * EPS


def test_the_cosine_of_two_vectors():
    assert cosine(np.array([1.0, 0.0]), np.array([1.0, 1.0])) == pytest.approx(
        math.sqrt(0.5), abs=4 * EPS
    )


def test_the_noise_is_what_the_printed_local_column_asks_for():
    assert math.tan(math.acos(0.986)) == pytest.approx(1 / 6, abs=0.003)


def test_all_methods_of_the_section_find_a_needle_that_is_all_there_is():
    tokens = np.tile([[1.0, 2.0]], (20, 1))
    for method in METHODS.values():
        found = method(tokens, tokens, tokens, np.random.default_rng(0), [19])
        assert cosine(found.output[0], tokens[0]) == pytest.approx(1, abs=1e3 * EPS)


@pytest.mark.parametrize(("N", "printed"), [(row[0], row[1:4]) for row in table1.TABLE])
def test_three_columns_of_table_1_come_out_again(N, printed):
    for method, text in zip(("dense", "ssa", "local"), printed, strict=True):
        assert mean_similarity(method, N, runs=2) == pytest.approx(float(text), abs=0.007)


def test_numbers_that_table_1_and_remark_65_quote():
    assert round(mean_similarity("random", 256, runs=2), 2) == 0.37
    assert round(mean_similarity("random", 2048, runs=2), 2) == 0.71
    lead = [
        mean_similarity("ssa", N, runs=2) - mean_similarity("dense", N, runs=2)
        for N in table1.LENGTHS
    ]
    assert 0 < min(lead) < max(lead) < 0.0016
    for N in table1.LENGTHS:
        pair = mean_similarity("pair", N)
        assert abs(pair - 0.9957) < 0.0002
        assert 0 < pair - mean_similarity("dense", N) < 0.0025
        assert abs(mean_similarity("local", N, own_value=False)) < 0.06


@pytest.mark.parametrize(("N", "chance"), [(4, 1 / 4), (256, 26 / 256)])
def test_random_attention_sees_a_key_as_often_as_it_draws_it(N, chance):
    rng, draws = np.random.default_rng(0), 2000
    seen = sum(random_sees(N, rng) for _ in range(draws))
    assert abs(seen - draws * chance) < 6 * math.sqrt(draws * chance * (1 - chance))


# The ablation -----------------------------------------------------------------------------


def test_one_cluster_is_dense():
    (head,) = clustered_heads(12, 3, 2, rng=np.random.default_rng(0))
    whole = fidelity(head, 1)
    assert (whole.clusters, whole.density) == (1, 1)
    assert whole.cosine == pytest.approx(1, abs=64 * EPS)


def test_the_density_is_that_of_balanced_clusters_where_they_are():
    (head,) = clustered_heads(64, 8, 8, rng=np.random.default_rng(0))
    assert fidelity(head, 8).density == 1 / 8 + 8 / 64
    assert fidelity(head, 8, ratio=2).density == 1 / 8 + 16 / 64


def test_table_3_comes_out_again():
    for (k, _, text, _), run in zip(table3.TABLE, ablation(), strict=True):
        assert run.clusters == k
        assert run.cosine == pytest.approx(float(text), abs=0.07)


def test_clusters_that_lie_apart_keep_the_cosine():
    *few, last = ablation(separation=0.7)
    assert min(run.cosine for run in few) > 0.99
    assert last.cosine < 0.8  # 32 clusters cut the 16 of the data


# Spectra ----------------------------------------------------------------------------------


def test_numbers_that_section_13_3_quotes():
    few, many = spectra(4), spectra(32)
    assert (round(few.eigenvalue_error, 2), round(many.eigenvalue_error, 2)) == (0.85, 0.62)
    assert (few.mixing_ratio, many.mixing_ratio) == (8, 4)
    assert (round(few.sine, 1), round(many.sine)) == (0.2, 2)


def test_one_cluster_has_no_second_eigenvalue():
    with pytest.raises(ValueError, match=re.escape("clusters must be at least 2")):
        spectra(1)


# Scaling ----------------------------------------------------------------------------------


def test_operations_are_those_of_the_formulas():
    d = 64
    assert operations("dense", 256) == 256**2 * 2 * d
    assert operations("linformer", 256) == 2 * 256 * 256 * 2 * d
    assert operations("ssa", 256) == 256 * 16 * 2 * 2 * d + 256 * 16 * d


def test_exponents_that_figure_1_quotes():
    assert round(exponent("ssa").value, 2) == 1.5
    assert round(exponent("N log N").value, 2) == 1.22


# Similarity against energy ----------------------------------------------------------------


def test_a_point_that_another_one_dominates_is_off_the_frontier():
    a, b, c = Point("a", 1, 0.5), Point("b", 2, 0.5), Point("c", 2, 0.9)
    assert frontier([a, b, c]) == ["a", "c"]
    assert frontier([a, Point("twin", 1, 0.5)]) == ["a", "twin"]


def test_numbers_that_figure_4_quotes():
    points = {p.method: p for p in measured()}
    assert min(points.values(), key=lambda p: p.energy).method == "ssa + ternary"
    assert frontier(points.values()) == ["ssa", "ssa + ternary"]
    lost = points["ssa"].similarity - points["ssa + ternary"].similarity
    assert round(lost, 2) == 0.05
