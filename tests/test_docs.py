"""The pages under docs/ are true: files are written, commands run, outputs compared."""

import doctest
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import verify.given
from verify import registry
from verify.claim import Check
from verify.cli import main

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(DOCS.glob("*.md"))
FENCE = re.compile(
    r"^```(?P<kind>\w+)(?: (?P<how>file|append)=(?P<file>\S+))?\n(?P<text>.*?)^```$", re.M | re.S
)
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
TABLE = (DOCS / "property_tests.md").read_text(encoding="utf-8")


def sessions(text):
    """(command, expected output) of each `$` line of a console block."""
    for block in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = block.partition("\n")
        yield command, output


def run(command, capsys):
    """A command's stdout and stderr; those of verify in this process."""
    command, semicolon, rest = command.partition("; ")
    words = shlex.split(command)
    assert words[:2] == ["python", "-m"]
    assert rest in ("", "echo $?")
    if words[2] == "verify":
        for name in [m for m in sys.modules if m.startswith("claims_of_")]:
            del sys.modules[name]  # as a new process would not have it
        status, text = main(words[3:]), "".join(capsys.readouterr())
    else:
        done = subprocess.run(
            [sys.executable, *words[1:]], capture_output=True, text=True, check=False
        )
        status, text = done.returncode, done.stdout + done.stderr
    return f"{text}{status}\n" if semicolon else text


def compare(command, wanted, got):
    example = doctest.Example(command, wanted)
    checker = doctest.OutputChecker()
    assert checker.check_output(wanted, got, SAME), (
        f"$ {command}\n{checker.output_difference(example, got, SAME)}"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_does_what_it_says(page, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(registry, "_folders", [])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for block in FENCE.finditer(page.read_text(encoding="utf-8")):
        if block["file"]:
            with open(
                block["file"], "a" if block["how"] == "append" else "x", encoding="utf-8"
            ) as f:
                f.write(block["text"])
        elif block["kind"] == "console":
            for command, output in sessions(block["text"]):
                compare(command, output, run(command, capsys))


def test_a_false_output_is_noticed():
    with pytest.raises(AssertionError, match=r"\$ python -m verify list"):
        compare("python -m verify list", "mine/theorem1 ... refuted\n", "mine/theorem1  holds\n")


@pytest.mark.parametrize("name", verify.given.__all__)
def test_every_family_is_listed_with_what_it_yields(name):
    said = " ".join(inspect.getdoc(getattr(verify.given, name)).split("\n\n")[0].split())
    assert f"| `{name}` | {said.replace('|', chr(92) + '|')} |" in TABLE


def replaceable(claim):
    """The keywords of all checks of a claim."""
    parts = [p for p in claim.parts if isinstance(p, Check)]
    return {name for p in parts for check in (p, *p.amendments) for name in check.replaceable}


def test_every_place_of_a_claim_is_listed():
    listed = set(re.findall(r"^\| `([\w-]+/[\w.]+)`[^|]* \| `(\w+)` \|", TABLE, re.MULTILINE))
    shipped = [e for e in registry.entries() if not e.file]
    places = {(e.id, name) for e in shipped for name in replaceable(registry.load(e))}
    assert listed == places
    assert len(listed) >= 6


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]*)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert link == "" or link.startswith("https://") or (page.parent / link).exists(), link
