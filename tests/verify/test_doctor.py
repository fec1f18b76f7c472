"""`doctor`: what works is looked at, what is missing has its cost, what is broken has status 2."""

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from verify import doctor, installed, registry
from verify.cli import main

ROOT = Path(__file__).parents[2]


@dataclass
class Backend:
    name: str
    works: bool
    device: str


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """No GPU library is imported here: the test of the backends is in gpu's room."""
    found = {"numpy": Backend("numpy", True, "CPU"), "cupy": Backend("cupy", False, "no CuPy")}
    monkeypatch.setattr("gpu.backends", lambda: found)
    monkeypatch.setattr(registry, "_folders", [])


def lines():
    return {(line.section, line.name): line for line in doctor.looked_at()}


def test_here_everything_that_is_needed_works(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "sqrt(2) = [1.41421356237309" in out
    assert out.endswith("\nall that is needed works\n")


def test_the_same_as_json(capsys):
    assert main(["doctor", "--json"]) == 0
    doc = json.loads(capsys.readouterr().out)
    assert doc["schema"] == "doctor/1"
    assert {line["section"] for line in doc["lines"]} == {
        "program", "arithmetic", "backends", "extras", "claims",
    }  # fmt: skip
    assert {line["state"] for line in doc["lines"]} <= {"works", "missing", "broken"}


def test_a_missing_backend_has_its_cost():
    line = lines()["backends", "cupy"]
    assert (line.state, line.said) == ("missing", "no CuPy")
    assert line.cost == "no arrays on an NVIDIA GPU"


def test_a_driver_that_raises_is_broken(monkeypatch, capsys):
    def failing():
        raise OSError("libcuda is of another version")

    monkeypatch.setattr("gpu.backends", failing)
    assert main(["doctor"]) == 2
    assert "✗ all            OSError: libcuda is of another version" in capsys.readouterr().out


def test_arithmetic_that_is_wrong_is_broken(monkeypatch):
    monkeypatch.setattr("spectral.linalg.inv", lambda A: A)
    assert lines()["arithmetic", "rationals"].state == "broken"
    assert lines()["arithmetic", "balls"].state == "works"


def test_arithmetic_that_is_absent_is_broken(monkeypatch):
    monkeypatch.setitem(sys.modules, "spectral.balls", None)
    line = lines()["arithmetic", "balls and rationals"]
    assert (line.state, line.cost) == ("broken", "nothing can be certified")


# Libraries --------------------------------------------------------------------------------

NEEDED = ["numpy>=2.0", "flint", 'torch>=2.5; extra == "models"', "gguf>=1; extra == 'models'"]


@pytest.fixture
def installation(monkeypatch):
    """What is installed, in place of what is."""

    def of(**versions):
        def version(name):
            if name not in versions:
                raise PackageNotFoundError(name)
            return versions[name]

        monkeypatch.setattr(installed, "requires", lambda name: NEEDED)
        monkeypatch.setattr(installed, "version", version)
        return {name: rest for name, *rest in [*installed.program(), *installed.extras()]}

    return of


def test_all_is_there(installation):
    found = installation(refutable="1", numpy="2.0", flint="0", torch="2.13.0+cpu", gguf="1.0")
    assert {state for state, *_ in found.values()} == {"works"}
    assert found["models"] == ["works", "torch 2.13.0+cpu, gguf 1.0", ""]


def test_what_is_needed_and_absent_or_old_is_broken(installation):
    found = installation(refutable="1", numpy="1.26.4")
    assert found["numpy"][:2] == ["broken", "1.26.4 (needs 2.0)"]
    assert found["flint"][:2] == ["broken", "is not installed"]


def test_an_extra_that_lacks_a_part_is_missing(installation):
    found = installation(refutable="1", numpy="2.10", flint="0", torch="2.5")
    state, said, cost = found["models"]
    assert (state, said) == ("missing", "torch 2.5, gguf is not installed")
    assert cost.endswith(
        "heads of live models have to come as files: pip install 'refutable[models]'"
    )


def test_a_source_that_is_not_installed(monkeypatch):
    def absent(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installed, "requires", absent)
    found = {name: state for name, state, *_ in installed.program()}
    assert found["refutable"] == "missing"
    assert list(installed.extras()) == []


def test_every_extra_has_its_cost():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.partition("[project.optional-dependencies]\n")[2].partition("\n\n")[0]
    assert {line.partition(" ")[0] for line in section.splitlines()} == set(installed.WITHOUT)


# Claims of other people -------------------------------------------------------------------


def test_packs_are_imported_and_broken_ones_named(tmp_path, capsys):
    good = 'from verify import Claim\na = Claim("my/lemma1", "a")\n'
    (tmp_path / "good.py").write_text(good + 'a.definition("b", where="math.pi")\n')
    (tmp_path / "bad.py").write_text('import no_such\nClaim("my/lemma2", "t")\n')
    (tmp_path / "empty.py").write_text('from verify import Claim\nx = Claim("my/lemma3", "t")\n')
    (tmp_path / "hidden.py").write_text(
        'from verify import Claim\nx = Claim(id="my/lemma4", title="")'
    )
    (tmp_path / "twice.py").write_text('Claim("my/lemma1", "again")\n')
    assert main(["doctor", "--path", str(tmp_path)]) == 2
    out = capsys.readouterr().out
    for said in (
        f"✗ my/lemma2 in {tmp_path / 'bad.py'}  ModuleNotFoundError: No module named 'no_such'",
        f"✗ my/lemma3 in {tmp_path / 'empty.py'}  the claim has no parts",
        f"✗ {tmp_path / 'hidden.py'}  a claim is found by its text: Claim(",
        f"✗ my/lemma1 in {tmp_path / 'twice.py'}  claim ids must be distinct, and ",
        "4 broken",
    ):
        assert said in out
    assert "✓ shipped " in out


def test_a_good_pack_works(toys):
    assert lines()["claims", str(toys)].state == "works"


def test_nothing_heavy_is_imported_to_say_so(tmp_path):
    program = (
        "import sys; from verify.cli import main; main(['new', 'mine/theorem1']); "
        "main(['list']); print(*({'numpy', 'sympy', 'hypothesis'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("\n\n")
