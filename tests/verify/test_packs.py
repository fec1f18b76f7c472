"""A broken pack of claims breaks nothing else: one line on stderr, and all others run."""

import pytest

from verify import registry
from verify.cli import main
from verify.ledger import read
from verify.runner import run, select

GOOD = '''"""A claim that holds."""

from verify import Claim, every, le

lemma1 = Claim("{paper}/lemma1", "a square")


@lemma1.part("n <= n^2", given=every(range(4)))
def squares(n):
    return le(n, n**2)
'''
BROKEN = {
    "absent": 'import no_such_library\nClaim("{paper}/lemma2", "t")\n',
    "syntax": 'Claim("{paper}/lemma2", "t")\ndef (:\n',
    "defect": GOOD.replace("lemma1", "lemma2").replace(
        "return le", "raise RuntimeError('no')\n    le"
    ),
    "false_equality": GOOD.replace("lemma1", "lemma2").replace(
        "given=every(range(4))", "given=every(range(4)), equality=2"
    ),
}


@pytest.fixture
def pack(monkeypatch, tmp_path):
    """Make a pack of a good claim and the broken one of a name."""

    def made(broken):
        monkeypatch.setattr(registry, "_folders", [])
        (tmp_path / "lemma1.py").write_text(GOOD.format(paper=f"pack-{broken}"))
        (tmp_path / "lemma2.py").write_text(BROKEN[broken].format(paper=f"pack-{broken}"))
        return tmp_path

    return made


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_others_run(pack, capsys, tmp_path, broken, jobs):
    folder, output = pack(broken), tmp_path / "run.json"
    paper = f"pack-{broken}"
    options = ["--path", str(folder), "--jobs", str(jobs), "--json", "--output", str(output)]
    assert main([paper, *options]) == 0
    assert [c["id"] for c in read(output)["claims"]] == [f"{paper}/lemma1"]
    err = capsys.readouterr().err
    assert err.startswith(f"verify: left out {paper}/lemma2 in {folder / 'lemma2.py'}: ")
    assert err.endswith("(`python -m verify doctor`)\n")
    assert err.count("\n") == 1


def test_one_that_is_asked_for_by_name_is_an_error(pack, capsys):
    folder = pack("absent")
    assert main(["pack-absent/lemma2", "pack-absent", "--path", str(folder), "--jobs", "1"]) == 2
    assert "ModuleNotFoundError: No module named 'no_such_library'" in capsys.readouterr().err


def test_nothing_left_is_an_error(pack, capsys):
    folder = pack("absent")
    (folder / "lemma1.py").unlink()
    assert main(["pack-absent", "--path", str(folder)]) == 2
    assert "nothing is left of pack-absent; see `doctor`" in capsys.readouterr().err


def test_a_list_imports_nothing(pack, capsys):
    folder = pack("absent")
    assert main(["list", "pack-absent", "--path", str(folder)]) == 0
    assert capsys.readouterr() == ("pack-absent/lemma1  a square\npack-absent/lemma2  t\n", "")


def test_a_list_says_what_it_leaves_out(pack, capsys):
    folder = pack("absent")
    (folder / "other.py").write_text('Claim("pack-absent/lemma1", "again")')
    assert main(["list", "pack-absent", "--path", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 2
    assert f"verify: left out pack-absent/lemma1 in {folder / 'other.py'}: claim ids must" in err


def test_from_python(pack, capsys):
    registry.add_folder(pack("syntax"))
    assert [r.id for r in run("pack-syntax")] == ["pack-syntax/lemma1"]
    assert "SyntaxError" in capsys.readouterr().err


def test_only_what_is_not_named_is_spared(pack):
    registry.add_folder(pack("absent"))
    named, other = select(["pack-absent/lemma1", "pack-absent"])
    assert (named.spare, other.spare) == (False, True)
    assert not any(e.spare for e in select(["all"]) if not e.file)
