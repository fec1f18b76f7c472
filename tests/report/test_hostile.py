"""Texts that would be markup: they are shown, and do nothing."""

import re

import pytest

from verify import report
from verify.ledger import BadLedger
from verify.report.claim_page import anchors
from verify.report.mathml import mathml
from verify.report.statement import statement

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</code></pre>"


def finding(text, **changes):
    return {
        "statement": text,
        "reading": text,
        "verdict": "refuted",
        "evidence": "certified",
        "cases": 2,
        "accepted": 2,
        "tightness": 1.5,
        "witness": {text: [[text, "1"], ["1", "0"]], "t": text, "W": [["0", "1"], ["1", "0"]]},
        "why": text,
        "reason": text,
        "reference": text,
        "searched": text,
        "sides": {"relation": "<=", "lhs": text, "rhs": text},
        "equality": {"x": text},
        "mutants": [{"name": text, "killed": False}],
        "heads": [{"name": text, "hypotheses": {text: False}, "held": None, "ratio": None}],
        **changes,
    }


def run(text, **changes):
    part = {"part": text, **finding(text), "amendments": [finding(text)], **changes}
    table = {"columns": [text], "rows": [[text]], "note": text}
    claim = {"id": "toy/theorem1", "kind": text, "title": text, "verdict": "refuted", "seconds": 1}
    return {
        "schema": "verify/1",
        "level": text,
        "seed": text,
        "environment": {text: text},
        "claims": [{**claim, "table": table, "parts": [part]}],
    }


@pytest.mark.parametrize(
    "text", [HOSTILE, rf"\text{{{HOSTILE}}}", rf"$\text{{{HOSTILE}}}$", "$<$ a"]
)
def test_markup_is_text(text, tmp_path, read_page):
    for path in report.write(run(text), tmp_path):
        page = read_page(path.read_text(encoding="utf-8"))
        assert page.tags.count("script") == 1
        assert "img" not in page.tags
        assert [a for a in page.attributes if a[1].startswith("on")] == []
        assert "alert(1)" in page.said or text != HOSTILE


def test_a_link_in_latex_leads_nowhere():
    assert "href=" not in mathml(r"\href{javascript:alert(1)}{x}")


def test_a_script_in_latex_is_text():
    shown = mathml(r"\text{<script>alert(1)</script>} < x")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "<mo>&lt;</mo>" in shown


@pytest.mark.parametrize("latex", [r"\frac{", "x^", r"\begin{matrix} a & b", "\x00", "}{"])
def test_what_is_no_latex_is_shown_as_it_is(latex, read_page):
    page = read_page(statement(f"${latex}$"))
    assert "math" not in page.tags or page.said


@pytest.mark.parametrize("id", ["../../up", "a/b/c", "a/../b", "/etc/x1", "a/1", "a", 'a/b"c'])
def test_an_id_cannot_name_a_file_elsewhere(id, tmp_path):
    doc = run("x")
    doc["claims"][0]["id"] = id
    with pytest.raises(BadLedger, match="id must look like"):
        report.write(doc, tmp_path / "report")
    assert list(tmp_path.rglob("*.html")) == []


def test_a_run_that_lacks_what_a_page_shows_is_refused(tmp_path):
    doc = run("x", verdict="perhaps")
    with pytest.raises(BadLedger, match=r"verdict must be one of .* got 'perhaps'"):
        report.write(doc, tmp_path)
    doc = run("x", evidence="hearsay")
    with pytest.raises(BadLedger, match=r"evidence must be one of .* got 'hearsay'"):
        report.write(doc, tmp_path)
    doc = run("x")
    del doc["claims"][0]["parts"][0]["amendments"][0]["witness"]
    with pytest.raises(BadLedger, match="a finding must have \\['witness'\\]"):
        report.write(doc, tmp_path)
    del doc["claims"][0]["title"]
    with pytest.raises(BadLedger, match="toy/theorem1 must have \\['title'\\]"):
        report.write(doc, tmp_path)


def test_a_page_of_a_claim_that_is_not_here_says_so(tmp_path):
    report.write(run("x"), tmp_path)
    text = (tmp_path / "toy-theorem1.html").read_text(encoding="utf-8")
    assert "its source is not shown" in text
    assert re.search(r"! LIVES", text)


def test_a_large_witness_keeps_the_page_light(tmp_path):
    many = [[str(i * j % 7 - 3) for i in range(300)] for j in range(200)]
    heads = [
        {"name": f"h{i}", "hypotheses": {"a": True}, "held": i % 2 == 0, "ratio": 10.0 ** (i % 9)}
        for i in range(2000)
    ]
    report.write(run("x", witness={"W": many, "v": ["1/3"] * 5000}, heads=heads), tmp_path)
    path = tmp_path / "toy-theorem1.html"
    assert path.stat().st_size < 300_000
    text = path.read_text(encoding="utf-8")
    assert "each cell is the mean of 4 × 4 entries" in text
    assert "in the witness file" in text


def test_parts_that_are_spelled_alike_have_ids_of_their_own():
    parts = ["a", "a!", "a-1", "", "?", "ε"]
    found = anchors({"parts": [{"part": p} for p in parts]})
    assert found == ["part-a~0", "part-a~1", "part-a-1", "part-whole~3", "part-whole~4", "part-ε"]
