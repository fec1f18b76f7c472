"""Markdown, CSV and LaTeX of a run: every part in its place, every sign as it was."""

import csv
import io
import re

import pytest

from verify import ledger
from verify.cli import main
from verify.macros import macros
from verify.markdown import escaped, markdown
from verify.spreadsheet import COLUMNS, comma_separated

RECORDED = ledger.read(ledger.LEDGER)
PARTS = [(c["id"], p["part"]) for c in RECORDED["claims"] for p in c["parts"]]
FORMATS = ("junit", "markdown", "csv", "latex")


def document(**part):
    plain = {"part": "", "statement": "s", "reading": "", "verdict": "refuted", "why": ""}
    plain |= {"evidence": "certified", "cases": 1, "accepted": 1, "tightness": None}
    plain |= {"witness": {"W": [["0", "1"]]}, "mutants": [], "amendments": []}
    claim = {"id": "toy/theorem1", "kind": "theorem", "title": "t", "verdict": "refuted"}
    claims = [{**claim, "parts": [{**plain, **part}]}]
    return {"schema": "verify/1", "level": "quick", "seed": 3, "claims": claims}


# Markdown ---------------------------------------------------------------------------------


def cells(row):
    """The cells of a row, split where GitHub splits it: at pipes without a backslash."""
    return [c.strip() for c in re.split(r"(?<!\\)\|", row)[1:-1]]


def test_every_part_has_a_row_of_six_cells():
    rows = [cells(line) for line in markdown(RECORDED).splitlines() if line.startswith("|")]
    assert {len(row) for row in rows} == {6}
    claims = len(RECORDED["claims"])
    assert len(rows) == len(PARTS) + 2 * claims


def test_a_row():
    sides = {"lhs": "1/4", "relation": "<=", "rhs": "1/8"}
    amendment = {"statement": r"a \le b", "verdict": "holds"}
    page = markdown(document(statement="|x| < y", sides=sides, amendments=[amendment]))
    assert "1 claims, 1 parts: 1 ✗ refuted.  Level quick, seed 3." in page
    assert "## toy/theorem1: t: ✗ refuted" in page
    row = r"|  | \|x\| \< y | ✗ refuted | certified | W = \[\[0, 1\]\]: not 1/4 \<= 1/8 | ✓ a ≤ b |"
    assert row in page


@pytest.mark.parametrize("sign", list("\\`*_[]<>|~#"))
def test_signs_of_markdown_are_escaped(sign):
    assert escaped(f"a{sign}b\nc") == f"a\\{sign}b c"


def test_a_long_counterexample_is_cut():
    page = markdown(document(witness={"W": [str(i) for i in range(500)]}))
    assert max(map(len, page.splitlines())) < 400
    assert " … |" in page


# CSV --------------------------------------------------------------------------------------


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_part_is_a_row():
    rows = read_csv(comma_separated(RECORDED))
    assert [(row["claim"], row["part"]) for row in rows] == PARTS
    assert set(rows[0]) == set(COLUMNS)


@pytest.mark.parametrize("text", ['a,b "c"', "two\nlines", " blanks ", "γ ≤ ½", ""])
def test_text_comes_back(text):
    (row,) = read_csv(comma_separated(document(statement=text, why=text)))
    assert (row["statement"], row["why"]) == (text, text)


def test_amendments_and_mutants_are_counted():
    mutants = [{"name": "m", "killed": True}, {"name": "n", "killed": False}]
    amendments = [{"statement": s, "verdict": "holds", "mutants": mutants} for s in "ab"]
    (row,) = read_csv(comma_separated(document(amendments=amendments)))
    assert (row["instead"], row["instead_verdict"]) == ("a ; b", "holds ; holds")
    assert (row["mutants"], row["mutants_killed"]) == ("4", "2")
    assert row["witness"] == '{"W": [["0", "1"]]}'


# LaTeX ------------------------------------------------------------------------------------


def balance(text):
    """Depth of braces after each character that is not escaped or commented out."""
    text = re.sub(r"\\.", "", re.sub(r"(?<!\\)%.*", "", text))
    depth, depths = 0, []
    for c in text:
        depth += (c == "{") - (c == "}")
        depths.append(depth)
    return depths


def defined(text):
    """What `\\verify@set` is told: {(what, part, id): text}."""
    argument = r"\{((?:[^{}\\]|\\[{}]|\\[^{}]|\{\})*)\}"
    rows = re.findall(r"^\\verify@set" + argument * 4 + "$", text, re.MULTILINE)
    return {row[:3]: row[3] for row in rows}


def test_braces_are_balanced():
    depths = balance(macros(RECORDED))
    assert min(depths) == 0
    assert depths[-1] == 0


def test_every_part_has_its_verdict():
    text, known = macros(RECORDED), defined(macros(RECORDED))
    assert len(known) == text.count(r"\verify@set{")
    for claim in RECORDED["claims"]:
        for part in claim["parts"]:
            assert known["verdict", part["part"], claim["id"]] == part["verdict"]
        assert ("verdict", "", claim["id"]) in known
    assert known["verdict", "lower", "sequence/theorem27"] == "refuted"
    assert known["witness", "", "sequence/theorem58"] == "W = [[0, 1]]"


def test_rows_of_the_table():
    rows = macros(RECORDED).partition(r"\newcommand*\verdictrows{%")[2].splitlines()[1:-2]
    assert len(rows) == len(PARTS)
    assert all(row.count("&") == 3 and row.endswith(r" \\") for row in rows)


def test_what_tex_reads_as_a_command_is_escaped():
    known = defined(macros(document(witness={"a_b": "x^2 {50%} \\n #1 ~ & $"})))
    assert known["witness", "", "toy/theorem1"] == (
        r"a\_b = x\textasciicircum{}2 \{50\%\} \textbackslash{}\textbackslash{}n \#1 "
        r"\textasciitilde{} \& \$"
    )


@pytest.mark.parametrize("part", ["50%", "a_{b}", "α", "a  b"])
def test_a_part_whose_name_tex_cannot_hold_is_refused(part):
    with pytest.raises(ValueError, match="--latex needs ASCII names without TeX's signs, got"):
        macros(document(part=part))


# The command line -------------------------------------------------------------------------


def test_the_recorded_run_is_written_without_a_run(tmp_path, capsys):
    options = [text for f in FORMATS for text in (f"--{f}", str(tmp_path / f))]
    assert main(["theorems", *options]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "markdown").read_text(encoding="utf-8") == markdown(RECORDED)
    assert all((tmp_path / f).stat().st_size for f in FORMATS)


def test_another_recorded_run(tmp_path, capsys):
    ledger_file = tmp_path / "run.json"
    ledger_file.write_text(ledger.dumps(document()), encoding="utf-8")
    assert main(["theorems", str(ledger_file), "--csv", str(tmp_path / "a.csv")]) == 0
    assert "toy/theorem1" in (tmp_path / "a.csv").read_text()


def test_a_run_is_written_beside_its_output(toys, tmp_path, capsys):
    options = [text for f in FORMATS for text in (f"--{f}", str(tmp_path / f))]
    assert main(["toy/theorem2", *options]) == 1
    assert "toy/theorem2" in capsys.readouterr().out
    for f in FORMATS:
        assert "refuted" in (tmp_path / f).read_text(encoding="utf-8")
    assert "<failure" in (tmp_path / "junit").read_text(encoding="utf-8")


def test_junit_of_a_comparison_fails_on_drift_only(toys, tmp_path, capsys):
    record, junit = tmp_path / "run.json", tmp_path / "a.xml"
    assert main(["toy/theorem2", "--json", "--output", str(record)]) == 1
    assert main(["toy/theorem2", "--expect", str(record), "--junit", str(junit)]) == 0
    assert "<failure" not in junit.read_text(encoding="utf-8")
    record.write_text(record.read_text().replace('"refuted"', '"holds"'))
    assert main(["toy/theorem2", "--expect", str(record), "--junit", str(junit)]) == 1
    assert 'type="drift"' in junit.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [f"--{f}" for f in FORMATS])
@pytest.mark.parametrize("path", [".", "no/such/folder/file"])
def test_a_file_that_cannot_be_written_is_said_before_the_run(monkeypatch, capsys, option, path):
    monkeypatch.setattr("verify.runner.run_one", lambda *args: pytest.fail("it ran"))
    assert main(["theorem58", option, path]) == 2
    assert f"{option} must be a file in an existing folder, got {path}" in capsys.readouterr().err


def test_two_ledgers_are_refused(capsys):
    assert main(["theorems", "a.json", "b.json"]) == 2
    assert "theorems takes one ledger, got a.json, b.json" in capsys.readouterr().err
