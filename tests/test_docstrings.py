"""What a theorem file says in words is what the run finds; its parts are those of the papers."""

import importlib
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from verify.registry import OWN, entries, load
from verify.verdict import VERDICTS

COVERAGE = Path(__file__).parent / "data" / "claims.jsonl"
LINE = re.compile(r"^Verdict(?: \((?P<part>[^)]+)\))?: (?P<verdict>\w+)\b", re.MULTILINE)
ENTRIES = entries()


def stated(docstring):
    """The verdict of each named part, and under "" that of all others."""
    lines = [line for line in docstring.splitlines() if line.startswith("Verdict")]
    found = {m["part"] or "": m["verdict"] for m in LINE.finditer(docstring)}
    assert len(found) == len(lines), f"unreadable or repeated among {lines}"
    assert set(found.values()) <= set(VERDICTS)
    return found


def parts_of_the_papers():
    parts = defaultdict(list)
    for row in map(json.loads, COVERAGE.read_text(encoding="utf-8").splitlines()):
        parts[row["id"]].append(row["part"])
    return parts


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_the_verdict_in_words_is_the_one_found(entry, results):
    said = stated(importlib.import_module(entry.module).__doc__)
    own = entry.id.partition("/")[2]
    for part in results[entry.id].parts:
        names = (f"{own} {part.part}".strip(), part.part, own, "")
        assert next((said[n] for n in names if n in said), None) == part.verdict, part.part


@pytest.mark.parametrize("module", sorted({e.module for e in ENTRIES}))
def test_every_verdict_line_is_about_some_part(module):
    known = {""}
    for entry in (e for e in ENTRIES if e.module == module):
        own = entry.id.partition("/")[2]
        known |= {own}.union(*({p.part, f"{own} {p.part}"} for p in load(entry).parts))
    assert set(stated(importlib.import_module(module).__doc__)) <= known


OF_THE_PAPERS = [e for e in ENTRIES if e.id.partition("/")[0] not in OWN]


def test_claims_but_our_own_are_those_of_the_papers():
    assert {e.id for e in OF_THE_PAPERS} == set(parts_of_the_papers())


@pytest.mark.parametrize("entry", OF_THE_PAPERS, ids=lambda e: e.id)
def test_parts_are_those_of_the_papers(entry):
    assert [p.part for p in load(entry).parts] == parts_of_the_papers()[entry.id]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_the_title_that_is_listed_is_the_claims_own(entry):
    assert load(entry).title == entry.title


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("Title.\n\nVerdict: holds.  Why.", {"": "holds"}),
        ("Verdict (AND,OR): holds.\nVerdict: refuted", {"AND,OR": "holds", "": "refuted"}),
        ("no such line; the Verdict: holds", {}),
    ],
)
def test_verdict_lines_are_read(docstring, found):
    assert stated(docstring) == found


@pytest.mark.parametrize("line", ["Verdict holds.", "Verdict: holds\nVerdict: refuted"])
def test_unreadable_verdict_lines_are_refused(line):
    with pytest.raises(AssertionError, match="unreadable or repeated"):
        stated(line)
