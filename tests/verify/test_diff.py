"""`diff`: every change that counts is a line, nothing else is."""

import copy
import json

import pytest

from verify import ledger
from verify.cli import main

MUTANT = {"name": "m", "killed": True}


def part(name, verdict="holds", **more):
    plain = {"part": name, "verdict": verdict, "evidence": "proved", "witness": None}
    return {**plain, "mutants": [MUTANT], "amendments": [], "cases": 3, **more}


RUN = {
    "schema": "verify/1",
    "seed": 0,
    "level": "quick",
    "environment": {},
    "claims": [
        {"id": "a/lemma1", "verdict": "holds", "seconds": 1, "parts": [part("x"), part("y")]},
        {"id": "a/lemma2", "verdict": "holds", "seconds": 1, "parts": [part("")]},
    ],
}


@pytest.fixture
def diff(tmp_path, capsys):
    def of(change):
        after = copy.deepcopy(RUN)
        change(after)
        for name, doc in (("A.json", RUN), ("B.json", after)):
            (tmp_path / name).write_text(json.dumps(doc), encoding="utf-8")
        status = main(["diff", str(tmp_path / "A.json"), str(tmp_path / "B.json")])
        return status, *capsys.readouterr()

    return of


def test_the_same(diff):
    assert diff(lambda doc: None) == (0, "", "2 claims, no change\n")


def test_what_varies_from_run_to_run_is_no_change(diff):
    def change(doc):
        doc["environment"] = {"python": "4"}
        doc["claims"][0]["seconds"] = 9
        doc["claims"][0]["parts"][0]["cases"] = 7

    assert diff(change)[0] == 0


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("verdict", "refuted", '"holds" → "refuted"'),
        ("evidence", None, '"proved" → null'),
        ("witness", {"W": [["1/3"]]}, 'null → {"W": [["1/3"]]}'),
        ("mutants", [{**MUTANT, "killed": False}], '[["m", true]] → [["m", false]]'),
    ],
)
def test_a_change_of_a_part(diff, key, value, said):
    status, out, _ = diff(lambda doc: doc["claims"][0]["parts"][1].update({key: value}))
    assert (status, out) == (1, f"a/lemma1: part 'y' {key}: {said}\n")


def test_claims_and_parts_come_and_go(diff):
    def change(doc):
        doc["claims"][0]["parts"][0]["part"] = "z"
        doc["claims"][1]["id"] = "a/lemma3"

    assert diff(change)[1].splitlines() == [
        "a/lemma1: part 'x' gone, was holds",
        "a/lemma1: part 'z' new, holds",
        "a/lemma2: gone, was holds",
        "a/lemma3: new, holds",
    ]


def test_an_amendment_comes(diff):
    amendment = {k: v for k, v in part("").items() if k != "amendments"}
    _, out, _ = diff(lambda doc: doc["claims"][1]["parts"][0]["amendments"].append(amendment))
    assert "a/lemma2: part '' amendment 1 verdict: nothing → \"holds\"\n" in out


def test_another_level_is_said(diff):
    status, _, err = diff(lambda doc: doc.update(level="deep"))
    assert status == 0
    assert "verify: recorded at level quick, seed 0; run at level deep, seed 0" in err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "verify/1"}', "\udcff"])
def test_a_file_that_is_no_run_is_bad_input(tmp_path, capsys, text):
    bad = tmp_path / "bad.json"
    bad.write_bytes(text.encode("utf-8", "surrogateescape"))
    for files in ((bad, ledger.LEDGER), (ledger.LEDGER, bad), (tmp_path / "none", bad)):
        assert main(["diff", *map(str, files)]) == 2
        assert capsys.readouterr().err.startswith("verify: ")


def test_two_files_are_needed(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["diff", str(ledger.LEDGER)])
    assert leaving.value.code == 2
    assert "B.json" in capsys.readouterr().err


def test_the_ledger_is_the_same_as_itself(capsys):
    assert main(["diff", str(ledger.LEDGER), str(ledger.LEDGER)]) == 0
