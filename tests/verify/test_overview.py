"""THEOREMS.md is what the ledger says."""

from pathlib import Path

from verify import ledger
from verify.overview import markdown

ROOT = Path(__file__).parents[2]


def test_page_is_current():
    page = (ROOT / "THEOREMS.md").read_text(encoding="utf-8")
    assert page == markdown(ledger.read(ledger.LEDGER))


def test_the_table_of_the_readme_is_current():
    from collections import Counter

    page = (ROOT / "README.md").read_text(encoding="utf-8")
    record = ledger.read(ledger.LEDGER)["claims"]
    papers = dict.fromkeys(claim["id"].partition("/")[0] for claim in record)
    assert len(papers) >= 4
    for paper in papers:
        claims = [claim for claim in record if claim["id"].startswith(f"{paper}/")]
        count = Counter(part["verdict"] for claim in claims for part in claim["parts"])
        words = ("holds", "supported", "refuted", "vague", "definition")
        row = f"| {len(claims)} | {' | '.join(str(count[word]) for word in words)} |"
        assert any(line.startswith(f"| {paper}") and row in line for line in page.splitlines())


def test_rows_and_counts():
    part = {"part": "a|b", "statement": r"x \le y", "verdict": "refuted", "evidence": "certified"}
    amendment = {"statement": "z", "verdict": "holds"}
    claim = {"id": "sequence/theorem58", "parts": [{**part, "amendments": [amendment]}]}
    page = markdown({"level": "quick", "seed": 1, "claims": [claim]})
    assert "1 claims, 1 parts: 1 ✗ refuted." in page
    assert (
        "| theorem58 | a\\|b | x ≤ y | ✗ refuted | certified | ✓ z | "
        "[theorem58.py](verify/sequence/theorem58.py) |" in page
    )
