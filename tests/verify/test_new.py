"""`new`: a skeleton that runs at once, under a name that is checked, over nothing that exists."""

import json

import pytest

from verify import registry
from verify.cli import main
from verify.ledger import read


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "file"),
    [("mine/theorem1", "theorem1.py"), ("my-paper_2/lemma8.2", "lemma8_2.py"), ("a/le", "le.py")],
)
def test_the_skeleton_runs_as_it_is(elsewhere, capsys, name, file):
    assert main(["new", name]) == 0
    command = f"python -m verify {name} --path ."
    assert capsys.readouterr().out == f"wrote {file}; now: {command}\n"
    assert main([*command.split()[3:], "--json", "--output", "run.json"]) == 0
    (claim,) = read("run.json")["claims"]
    (part,) = claim["parts"]
    assert (claim["id"], claim["verdict"], part["evidence"]) == (name, "holds", "proved")
    assert [m["killed"] for m in part["mutants"]] == [True]


def test_another_folder(elsewhere, capsys):
    (elsewhere / "claims").mkdir()
    assert main(["new", "mine/theorem1", "--path", "claims"]) == 0
    assert (elsewhere / "claims" / "theorem1.py").is_file()
    assert capsys.readouterr().out.endswith("python -m verify mine/theorem1 --path claims\n")


def test_nothing_is_overwritten(elsewhere, capsys):
    (elsewhere / "theorem1.py").write_text("precious")
    assert main(["new", "mine/theorem1"]) == 2
    assert "File exists: 'theorem1.py'" in capsys.readouterr().err
    assert (elsewhere / "theorem1.py").read_text() == "precious"


@pytest.mark.parametrize(
    "name",
    [
        "theorem1",
        "mine/",
        "/theorem1",
        "mine/Theorem1",
        "Mine/theorem1",
        "mine/1",
        "a/b/c",
        "mine/thé",
        "../x/y",
        "",
    ],
)
def test_a_name_must_be_an_id(elsewhere, capsys, name):
    assert main(["new", name]) == 2
    assert "name must look like 'mine/theorem1', in lower case, got" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_a_name_must_be_new(elsewhere, capsys):
    assert main(["new", "sequence/theorem58"]) == 2
    assert "there is a sequence/theorem58" in capsys.readouterr().err
    (elsewhere / "mine.py").write_text('Claim("mine/theorem1", "in a file of another name")')
    assert main(["new", "mine/theorem1"]) == 2
    assert "there is a mine/theorem1" in capsys.readouterr().err


def test_the_folder_must_be_there(elsewhere, capsys):
    assert main(["new", "mine/theorem1", "--path", "no"]) == 2
    assert "--path must be an existing folder, got no" in capsys.readouterr().err


def test_the_skeleton_is_in_the_package():
    assert json.dumps(registry.HERE.joinpath("data/skeleton.txt").read_text(encoding="utf-8"))
