"""Checkpoints: kept lines, torn lines, and files of something else."""

import json

import numpy as np
import pytest

from spectral.heads import Head
from verify.checkpoint import BadCheckpoint, checkpoint
from verify.provenance import differences, heads_digest, provenance
from verify.registry import Entry
from verify.runner import run_all
from verify.verdict import ClaimResult, Finding, PartResult

RUN = {"level": "quick", "seed": 0}
ENTRIES = [Entry(f"toy/theorem{i}", "", "nowhere") for i in (1, 2)]


def result(entry):
    finding = Finding("t >= 0", "supported", "sampled", cases=2, tightness=1 / 3)
    return ClaimResult(entry.id, "theorem", "", (PartResult("", finding),), seconds=0.5)


@pytest.fixture
def path(tmp_path):
    """A checkpoint of two finished claims."""
    path = tmp_path / "kept"
    with checkpoint(path, **RUN) as kept:
        for entry in ENTRIES:
            kept.keep(entry, result(entry))
    return path


def read(path, entries=ENTRIES, **run):
    with checkpoint(path, **(RUN | run)) as kept:
        return [kept.of(entry) for entry in entries]


def test_what_is_kept_is_read_with_the_digits_of_the_file(path):
    assert [r.to_dict() for r in read(path)] == [result(e).to_dict() for e in ENTRIES]


def test_keep_returns_what_will_be_read(tmp_path):
    with checkpoint(tmp_path / "kept", **RUN) as kept:
        now = kept.keep(ENTRIES[0], result(ENTRIES[0]))
    assert read(tmp_path / "kept")[0] == now
    assert now.parts[0].finding.tightness == 0.333333


def test_other_claims_are_not_finished(path):
    assert read(path, [Entry("toy/theorem3", "", "nowhere")]) == [None]


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_torn_last_line_is_that_of_the_running_claim(path, cut):
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert [r is None for r in read(path)] == [False, True]
    assert path.read_bytes() == whole[: whole.rindex(b"\n", 0, -1) + 1]


@pytest.mark.parametrize("torn", [b"", b"{", b'{"schema": "checkpoint/1", "run": {"lev'])
def test_a_torn_first_line_is_a_run_that_had_not_begun(path, torn):
    path.write_bytes(torn)
    assert read(path) == [None, None]
    assert json.loads(path.read_text())["schema"] == "checkpoint/1"


def edited(path, number, change):
    """Change a line of the file; the rest as it was."""
    lines = path.read_text().splitlines()
    record = json.loads(lines[number - 1])
    change(record)
    lines[number - 1] = json.dumps(record)
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ({"level": "deep"}, "is of another run: level quick, here deep"),
        ({"seed": 1}, "is of another run: seed 0, here 1"),
        (
            {"heads": [Head(*np.ones((3, 2, 2)))]},
            "is of another run: heads shipped, here [0-9a-f]+",
        ),
    ],
)
def test_another_run_is_refused(path, run, said):
    before = path.read_bytes()
    with pytest.raises(BadCheckpoint, match=said):
        read(path, **run)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["refutable", "sources", "numpy", "python"])
def test_another_version_is_refused(path, name):
    edited(path, 1, lambda header: header["run"].update({name: "0.0.0"}))
    with pytest.raises(BadCheckpoint, match=f"is of another run: {name} 0.0.0, here "):
        read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notes", "must be a checkpoint of a run, got a line without its end"),
        ("notes\n", "line 1: not JSON"),
        ("[]\n", "line 1: must be an object"),
        ('{"schema": "verify/1"}\n', 'must begin with {"schema": "checkpoint/1"'),
        ('{"schema": "checkpoint/1", "run": 1}\n', "line 1: run must be an object, got 1"),
    ],
)
def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path, text, said):
    path = tmp_path / "notes"
    path.write_text(text + ("torn" if text.endswith("\n") else ""))
    before = path.read_bytes()
    with pytest.raises(BadCheckpoint, match=said):
        read(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda r: r["claim"].update(verdict="holds"),
            "line 2: toy/theorem1 must be as it would be",
        ),
        (lambda r: r["claim"].update(id="toy/theorem2"), "line 3: toy/theorem2 is there twice"),
        (lambda r: r.pop("source"), "line 2: must hold a claim and its source"),
    ],
)
def test_a_changed_line_is_refused(path, change, said):
    edited(path, 2, change)
    with pytest.raises(BadCheckpoint, match=said):
        read(path)


def test_a_claim_file_that_has_changed_is_refused(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("one")
    entry = Entry("toy/theorem1", "", "mine", str(file))
    with checkpoint(tmp_path / "kept", **RUN) as kept:
        kept.keep(entry, result(entry))
    assert read(tmp_path / "kept", [entry])[0].id == entry.id
    file.write_text("two")
    with pytest.raises(BadCheckpoint, match=r"toy/theorem1 is not of .*mine.py as it is now"):
        read(tmp_path / "kept", [entry])


def test_two_runs_do_not_write_to_one_file(path):
    with checkpoint(path, **RUN), pytest.raises(BadCheckpoint, match="is in use by another run"):
        read(path)


def test_a_run_takes_what_is_kept_and_adds_the_rest_in_order(path, monkeypatch):
    third = Entry("toy/theorem3", "", "nowhere")
    asked = []
    monkeypatch.setattr(
        "verify.runner.run_one", lambda entry, *_: asked.append(entry.id) or result(entry)
    )
    with checkpoint(path, **RUN) as kept:
        results = list(run_all([third, *ENTRIES], **RUN, checkpoint=kept))
    assert [r.id for r in results] == ["toy/theorem3", "toy/theorem1", "toy/theorem2"]
    assert asked == ["toy/theorem3"]
    assert read(path, [third])[0] == results[0]


# Provenance -----------------------------------------------------------------------------


def test_provenance_names_version_sources_and_libraries():
    assert set(provenance()) >= {"refutable", "sources", "python", "numpy", "python-flint"}


def test_differences_say_there_and_here():
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "2"}) == ""
    assert differences({"a": "1"}, {"a": "3", "b": "2"}) == "a 3, here 1, b 2, here unknown"


def test_heads_are_told_apart_by_entries_names_and_masks():
    q, k, v = np.arange(12.0).reshape(3, 2, 2)
    heads = [Head(q, k, v), Head(q, v, k), Head(q, k, v, True), Head(q, k, v, name="other")]
    assert len({heads_digest(None), *(heads_digest([h]) for h in heads)}) == 5
    assert heads_digest([heads[0]]) == heads_digest([Head(q, k, v)])
