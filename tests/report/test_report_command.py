"""`python -m verify report` and `--html`: what is written, what is said, and the status."""

import json

import pytest

from verify import ledger
from verify.cli import main
from verify.report import write


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_recorded_claim_without_a_run(tmp_path, capsys):
    assert main(["report", "theorem58", "--html", str(tmp_path / "new" / "folder")]) == 0
    assert names(tmp_path / "new" / "folder") == ["index.html", "sequence-theorem58.html"]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("2 pages in ")
    assert err.rstrip().endswith("index.html")


def test_another_run_s_file(tmp_path, toys, capsys):
    path = tmp_path / "run.json"
    assert main(["toy/theorem1", "--json", "--output", str(path)]) == 0
    assert main(["report", "--from", str(path), "--html", str(tmp_path / "html")]) == 0
    assert names(tmp_path / "html") == ["index.html", "toy-theorem1.html"]
    text = (tmp_path / "html" / "toy-theorem1.html").read_text(encoding="utf-8")
    assert "the whole file, verdicts.py" in text
    assert f"--path {toys}" in text


def test_a_run_made_for_the_report(tmp_path, toys):
    folder = tmp_path / "html"
    asked = ["--level", "quick", "--seed", "3", "--html", str(folder)]
    assert main(["report", "toy/theorem2", *asked]) == 0
    assert "--level quick --seed 3" in (folder / "toy-theorem2.html").read_text(encoding="utf-8")


def test_html_of_any_run_keeps_the_run_s_status_and_output(tmp_path, toys, capsys):
    assert main(["toy/theorem2", "--html", str(tmp_path / "html")]) == 1
    assert names(tmp_path / "html") == ["index.html", "toy-theorem2.html"]
    assert capsys.readouterr().out.startswith("toy/theorem2")


@pytest.mark.parametrize("command", [["report"], ["toy/theorem1"]])
@pytest.mark.parametrize("below", ["", "folder"])
def test_a_folder_that_is_a_file_is_bad_input_before_anything_runs(
    command, below, tmp_path, toys, capsys
):
    file = tmp_path / "file"
    file.write_text("mine")
    assert main([*command, "--html", str(file / below if below else file)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "--html must be a folder that can be written to, got" in err
    assert file.read_text() == "mine"


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(ValueError, match="--html must be a folder that can be written to"):
        write({"claims": []}, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["theorem9999"], "no claim 'theorem9999'"),
        (["toy/theorem1"], "not recorded: toy/theorem1; give --level"),
        (["--from", "nothing.json"], "nothing.json: not a readable ledger"),
        (["--from", "nothing.json", "--level", "quick"], "give one of them"),
    ],
)
def test_what_cannot_be_reported_is_one_line(arguments, said, tmp_path, toys, capsys):
    assert main(["report", *arguments, "--html", str(tmp_path / "html")]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not (tmp_path / "html").exists()


def test_a_failed_page_leaves_the_old_report(tmp_path, monkeypatch, recorded):
    doc = {**recorded, "claims": recorded["claims"][:1]}
    write(doc, tmp_path, plots=False)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def broken(path, text):
        raise OSError("no space left")

    monkeypatch.setattr("verify.report.folder.write_text", broken)
    with pytest.raises(OSError, match="no space"):
        write(doc, tmp_path, plots=False)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_the_same_run_gives_the_same_pages(tmp_path, recorded):
    doc = {**recorded, "claims": recorded["claims"][:3]}
    one, other = write(doc, tmp_path / "a"), write(json.loads(json.dumps(doc)), tmp_path / "b")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]


def test_a_run_of_nothing(tmp_path):
    doc = {"schema": ledger.SCHEMA, "level": "quick", "seed": 0, "claims": []}
    assert [p.name for p in write(doc, tmp_path)] == ["index.html"]
    assert "0 claims, 0 parts" in (tmp_path / "index.html").read_text(encoding="utf-8")
