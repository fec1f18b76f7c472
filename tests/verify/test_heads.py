"""Claims about attention are asked on degenerate heads: an answer or a reason, never a crash."""

import numpy as np
import pytest

from spectral.heads import Head
from verify.claim import Check
from verify.heads import head_reports, shipped_heads
from verify.registry import entries, load


def checks(claim):
    """Parts and amendments that say how a head becomes their case."""
    parts = [part for part in claim.parts if isinstance(part, Check)]
    return [c for part in parts for c in (part, *part.amendments) if c.on is not None]


def head(N, d, scale=1.0, *, causal=False, seed=0, name):
    rng = np.random.default_rng(seed)
    q, k, v = scale * rng.standard_normal((3, N, d))
    return Head(q, k, v, causal, name)


HEADS = [
    head(1, 1, name="one token"),
    head(1, 3, causal=True, name="one token, causal"),
    head(2, 1, name="two tokens"),
    head(5, 2, causal=True, name="causal"),
    head(4, 2, scale=0.0, name="all scores 0"),
    head(6, 3, scale=60.0, name="scores that overflow"),
    head(7, 3, scale=1e-9, name="scores that vanish"),
]


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_degenerate_heads_get_an_answer_or_a_reason(entry):
    for check in checks(load(entry)):
        reports = head_reports(check, HEADS)
        assert [r.name for r in reports] == [h.name for h in HEADS]
        for report in reports:
            assert type(report.held) in (bool, type(None))
            assert all(type(met) is bool for met in report.hypotheses.values())
            assert bool(report.reason) == (report.held is None)


def test_the_shipped_heads_are_read_once():
    assert shipped_heads() is shipped_heads()


def test_a_check_that_is_not_about_heads_reports_none():
    (check, *_) = load(next(e for e in entries() if e.id == "unified/example1.1")).parts
    assert head_reports(check, None) == ()
