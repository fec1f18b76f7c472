"""`compare` and `advise`: what is measured, what is printed, what is refused."""

import json
import math

import numpy as np
import pytest

from spectral.heads import Head, clustered_heads, save_heads
from verify import quality
from verify.advise import advise, rank_correlation
from verify.cli import main
from verify.compare import pareto
from verify.measured import Measured, Summary, cosine, measure, relative_error, summarise

EPS = np.finfo(float).eps


@pytest.fixture
def heads(tmp_path):
    """A file of two small heads, one of them causal."""
    rng = np.random.default_rng(0)
    (first,) = clustered_heads(40, 8, 5, rng=rng)
    (second,) = clustered_heads(30, 8, 5, rng=rng, causal=True)
    second = Head(second.q, second.k, second.v, True, "late")
    path = tmp_path / "heads.npz"
    save_heads(path, [first, second])
    return path


@pytest.fixture
def verify(capsys):
    def called(*arguments):
        try:
            status = main([str(a) for a in arguments])
        except SystemExit as leaving:  # argparse
            status = leaving.code
        return status, *capsys.readouterr()

    return called


# Measuring ---------------------------------------------------------------------------------


def test_errors_and_cosines():
    a, b = np.array([[3.0, 4]]), np.array([[3.0, 0]])
    assert relative_error(a, a) == 0
    assert relative_error(b, a) == 4 / 5
    assert cosine(b, a) == 3 / 5
    assert relative_error(0 * a, 0 * a) == 0
    assert relative_error(a, 0 * a) == math.inf
    assert math.isnan(cosine(0 * a, a))


def test_dense_is_right_and_takes_all_scores():
    (head,) = clustered_heads(30, 8, 3, rng=np.random.default_rng(0))
    found = {m.label: m for m in measure(head, repeats=1)}
    assert "reference" not in found
    assert found["dense"].share == 1
    # float32: 8 products, 30 weights, scores below 10
    assert found["dense"].error < 38 * 10 * np.finfo(np.float32).eps
    assert found["ssa"].share < 1
    assert all(m.seconds > 0 for m in found.values())


def test_what_is_not_causal_says_so():
    (head,) = clustered_heads(30, 8, 3, rng=np.random.default_rng(0), causal=True)
    found = {m.label: m for m in measure(head, repeats=1)}
    assert found["nystrom"].reason == "not causal"
    assert found["ssa"].reason == ""
    assert math.isnan(found["nystrom"].error)


def test_summaries_are_medians_of_what_was_done():
    heads = [
        (Measured("a", "x", error, 1.0, 5, 0.5, 1.0), Measured("b", "x", reason="not causal"))
        for error in (0.1, 0.2, 0.6)
    ]
    a, b = summarise(heads)
    assert (a.label, a.heads, a.error) == ("a", 3, 0.2)
    assert a.p90 == pytest.approx(0.52, rel=8 * EPS)
    assert (b.heads, b.note) == (0, "not causal: 3 heads")


def test_the_front_has_what_nothing_beats():
    made = [("a", 0.1, 0.9), ("b", 0.2, 0.3), ("c", 0.3, 0.5), ("d", 1.0, 0.0)]
    summaries = [Summary(n, 1, e, e, 1.0, 1.0, s, ()) for n, s, e in made]
    assert [s.label for s in pareto(summaries)] == ["a", "b", "d"]


# Q -----------------------------------------------------------------------------------------


def test_quality_is_the_gap_over_the_largest():
    assert quality.cluster_quality([0, 0, 1, 1], 2) == 1
    assert quality.cluster_quality([0, 0.5, 1, 2], 2) == 0.25
    assert quality.cluster_quality([0, 0], 1) == 0
    with pytest.raises(ValueError, match="clusters must be from 1 to N - 1 = 3, got 4"):
        quality.cluster_quality([0, 0, 1, 1], 4)


def test_two_clusters_that_do_not_see_each_other():
    """Scores +-s: P is 1/4 within and 0 without up to exp(-2 s), eigenvalues 0, 0, 1, ..., 1."""
    q = 20 * np.repeat([[1.0], [-1.0]], 4, axis=0)
    found = quality.head_quality(Head(q, q, q), 2)
    assert found.symmetric == pytest.approx(1, abs=1e3 * EPS)
    assert found.directed == pytest.approx(1, abs=1e3 * EPS)


def test_a_causal_head_has_its_eigenvalues_on_the_diagonal():
    """Equal scores: 1 - 1 / i, so Q = (1/k - 1/(k + 1)) / (1 - 1/N)."""
    zero = np.zeros((9, 2))
    found = quality.head_quality(Head(zero, zero, zero, True), 3)
    assert found.value == found.directed == pytest.approx((1 / 12) / (8 / 9), rel=64 * EPS)


def test_scores_beyond_float64_leave_the_other_reading():
    q = np.full((4, 1), 40.0)
    found = quality.head_quality(Head(q, q, q), 1)
    assert found.symmetric is None
    assert found.value == found.directed


@pytest.mark.parametrize(
    ("Q", "N", "short", "long"),
    [(0.31, 9, "full SSA", "dense"), (0.3, 1501, "hybrid", "hybrid"), (0.1, 9, "dense", "dense")],
)
def test_the_printed_rule(Q, N, short, long):
    assert quality.rule(Q) == short
    assert quality.rule_with_length(Q, N) == long


def test_q_is_for_what_fits():
    one = np.zeros((1, 1))
    with pytest.raises(ValueError, match=r"N must be from 2 to 4096 for Q, got 1 \(head\)"):
        quality.head_quality(Head(one, one, one))


# Advice ------------------------------------------------------------------------------------


def test_the_fastest_within_the_error_or_dense():
    Q = quality.Quality(3, 0.2, 0.1, False)
    done = (
        Measured("dense", "h", 1e-7, 1.0, 100, 1.0, 1.0),
        Measured("ssa", "h", 0.9, 0.7, 20, 0.2, 0.1),
        Measured("far_field", "h", 0.05, 1.0, 20, 0.2, 0.5),
        Measured("slow", "h", 0.01, 1.0, 20, 0.2, 2.0),
        Measured("gated", "h", 0.0, 1.0, 20, 0.2, 0.01),
        Measured("nystrom", "h", reason="not causal"),
    )
    found = advise(Q, 50, done, 0.1)
    assert (found.chosen.label, found.speed, found.closest.label) == ("far_field", 2, "slow")
    assert (found.by_quality, found.by_length, found.printed.error) == ("hybrid", "dense", 0.9)
    assert advise(Q, 50, done, 0.04).chosen.label == "dense"


def test_rank_correlation():
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert math.isnan(rank_correlation([1, 2], [1, 2]))
    assert math.isnan(rank_correlation([1, 1, 1], [1, 2, 3]))


# The commands ------------------------------------------------------------------------------


def test_compare_prints_a_row_a_method(verify, heads, tmp_path):
    status, out, err = verify("compare", heads, "--plot", tmp_path / "plots")
    assert status == 0
    assert out.startswith(f"2 heads ({heads}), N = 30 to 40, 3 ceil(sqrt N) scores a query, seed 0")
    assert "not causal: 1 head" in out
    assert out.count("\n") > 10
    assert (tmp_path / "plots" / "compare.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert err == f"drawn: {tmp_path / 'plots' / 'compare.svg'}\n"


def without_time(value):
    """JSON but for what depends on the machine."""
    if isinstance(value, dict):
        timed = ("seconds", "environment", "speed", "recommended", "summary")
        return {k: without_time(x) for k, x in value.items() if k not in timed}
    return [without_time(x) for x in value] if isinstance(value, list) else value


@pytest.mark.parametrize("command", ["compare", "advise"])
def test_json_depends_on_the_seed_alone(verify, heads, command):
    runs = [verify(command, heads, "--json", "--seed", s, "--budget", 12) for s in (1, 1, 2)]
    first, again, other = (json.loads(out) for _, out, _ in runs)
    assert first["schema"] == f"verify-{command}/1"
    assert without_time(first) == without_time(again)
    assert without_time(first)["heads"] != without_time(other)["heads"]


def test_advise_says_both(verify, heads):
    status, out, _ = verify("advise", heads, "--error", "0.5")
    assert status == 0
    assert "by Q the rule says" in out
    assert "recommended for an error of at most 0.5" in out


@pytest.mark.parametrize("command", ["compare", "advise"])
def test_bad_input_is_one_line(verify, heads, tmp_path, command):
    (tmp_path / "bad.npz").write_bytes(b"no")
    for arguments in ([tmp_path / "none.npz"], [tmp_path / "bad.npz"]):
        status, out, err = verify(command, *arguments)
        assert (status, out) == (2, "")
        assert err.startswith("verify: ")
        assert err.count("\n") == 1
    for arguments in ([heads, "--budget", "3"], [heads, "--seed", "-1"]):
        status, out, err = verify(command, *arguments)
        assert status == 2
        assert "must be an integer >= " in err
    if command == "advise":
        assert "must be a number above 0" in verify(command, heads, "--error", "0")[2]
        assert "clusters must be from 1 to" in verify(command, heads, "--clusters", "99")[2]
