"""The ledger: what is written, what is refused, and what counts as drift."""

import copy
import json
import math

import pytest

from verify import ledger
from verify.runner import run
from verify.verdict import ClaimResult, Finding, Killed, PartResult

NAMES = ("toy/theorem1", "toy/theorem2", "toy/remark3", "toy/theorem4")


@pytest.fixture(scope="module")
def results():
    """One claim with everything in it, and a vague one."""
    true = Finding("a^2 >= 0", "holds", "proved", mutants=(Killed("a^2 > 0", True),))
    false = Finding("a >= 0", "refuted", "certified", witness={"a": "-1"})
    dim = Finding("most a are large", "vague", why="'most' is not defined")
    return [
        ClaimResult("toy/theorem1", "theorem", "signs", (PartResult("only", false, (true,)),)),
        ClaimResult("toy/remark2", "remark", "sizes", (PartResult("", dim),)),
    ]


@pytest.fixture
def recorded(results):
    return json.loads(ledger.dumps(ledger.document(results, level="quick", seed=0)))


def test_the_document_has_the_keys_of_the_contract(recorded):
    assert list(recorded) == ["schema", "seed", "level", "environment", "claims"]
    assert (recorded["schema"], recorded["seed"], recorded["level"]) == ("verify/1", 0, "quick")
    claim = recorded["claims"][0]
    assert list(claim) == ["id", "kind", "title", "verdict", "seconds", "parts"]
    (part,) = claim["parts"]
    assert set(part) >= {
        *("part", "statement", "reading", "verdict", "evidence", "cases", "accepted"),
        *("tightness", "witness", "why", "amendments", "mutants"),
    }
    assert part["amendments"][0]["mutants"] == [{"name": "a^2 > 0", "killed": True}]


def test_the_environment_names_what_computes():
    assert set(ledger.environment()) >= {"python", "platform", "numpy", "python-flint"}


def test_a_number_that_json_has_not_is_refused():
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        ledger.dumps({"tightness": math.nan})


def test_written_and_read(tmp_path, recorded):
    path = tmp_path / "ledger.json"
    path.write_text(ledger.dumps(recorded), encoding="utf-8")
    assert ledger.read(path) == recorded


def test_the_same_run_has_no_drift(results, recorded):
    assert ledger.drift(results, recorded) == []
    assert ledger.drift(results, recorded, whole=True) == []


def test_seconds_environment_and_counts_are_no_drift(results, recorded):
    recorded["environment"] = {}
    for claim in recorded["claims"]:
        claim["seconds"] = 1e9
        claim["parts"][0] |= {"cases": 7, "tightness": 0.5, "why": "other words"}
    assert ledger.drift(results, recorded) == []


def part(doc):
    return doc["claims"][0]["parts"][0]


def amendment(doc):
    return part(doc)["amendments"][0]


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda d: d["claims"][0].update(verdict="holds"), 'verdict: recorded "holds", now "refut'),
        (lambda d: part(d).update(verdict="holds"), "part 'only' verdict: recorded \"holds\""),
        (lambda d: part(d).update(evidence="proved"), "part 'only' evidence: recorded \"proved\""),
        (lambda d: part(d).update(witness={"a": "-2"}), "part 'only' witness: recorded {\"a\""),
        (lambda d: part(d).update(witness=None), "part 'only' witness: recorded null"),
        (lambda d: part(d).update(part="other"), "part 'only' verdict: recorded nothing, now"),
        (lambda d: part(d)["amendments"].clear(), "amendment 1 verdict: recorded nothing, now"),
        (lambda d: amendment(d).update(verdict="refuted"), "amendment 1 verdict: recorded"),
        (lambda d: amendment(d).update(evidence="sampled"), "amendment 1 evidence: recorded"),
        (lambda d: amendment(d)["mutants"].clear(), "amendment 1 mutants: recorded []"),
        (
            lambda d: amendment(d)["mutants"][0].update(killed=False),
            'recorded [["a^2 > 0", false]]',
        ),
        (lambda d: amendment(d)["mutants"][0].update(name="b"), 'mutants: recorded [["b", true]]'),
        (lambda d: d["claims"].pop(0), "toy/theorem1: not in the ledger, now refuted"),
    ],
)
def test_every_alteration_is_drift(results, recorded, alter, said):
    altered = copy.deepcopy(recorded)
    alter(altered)
    lines = ledger.drift(results, altered)
    assert any(said in line for line in lines), lines
    assert all(line.startswith("toy/theorem1: ") for line in lines)


def test_a_claim_that_is_gone_is_drift_of_a_whole_run_only(results, recorded):
    assert ledger.drift(results[:1], recorded) == []
    assert ledger.drift(results[:1], recorded, whole=True) == [
        "toy/remark2: recorded, but there is no such claim now"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a readable ledger"),
        ("\xff", "a ledger is an object|not a readable ledger"),
        ("[]", 'a ledger is an object with "schema": "verify/1"'),
        ('{"schema": "verify/2", "claims": []}', 'an object with "schema": "verify/1"'),
        ('{"schema": "verify/1"}', r"not the claims, parts and findings .* 'claims'"),
        ('{"schema": "verify/1", "claims": 3}', "not the claims, parts and findings"),
        ('{"schema": "verify/1", "claims": ["a"]}', "not the claims, parts and findings"),
        ('{"schema": "verify/1", "claims": [{"id": "a"}]}', "KeyError: 'verdict'"),
        (
            '{"schema": "verify/1", "claims": [{"id": "a", "verdict": "holds", "parts": [{}]}]}',
            "KeyError: 'part'",
        ),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(tmp_path, text, said):
    path = tmp_path / "ledger.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(ledger.BadLedger, match=said):
        ledger.read(path)


def test_a_ledger_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ledger.BadLedger, match=r"none.json: not a readable ledger"):
        ledger.read(tmp_path / "none.json")


def test_another_level_or_seed_is_said(recorded):
    assert ledger.how_recorded(recorded, level="quick", seed=0) == ""
    assert ledger.how_recorded(recorded, level="deep", seed=1) == (
        "recorded at level quick, seed 0; run at level deep, seed 1"
    )


def test_two_runs_in_one_process_write_the_same(toys):
    def written():
        results = [run(name, level="quick") for name in NAMES]
        doc = ledger.document(results, level="quick", seed=0)
        for claim in doc["claims"]:
            claim["seconds"] = 0
        return ledger.dumps(doc)

    assert written() == written()
