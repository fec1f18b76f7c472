"""The command line in this process: exit statuses, outputs, refusals of bad input."""

import json
from pathlib import Path

import numpy as np
import pytest

from verify import ledger, registry
from verify.cli import main
from verify.files import replacing, write_text
from verify.runner import run
from verify.search import LEVELS

TOYS = Path(__file__).parents[1] / "data" / "toys"


@pytest.fixture
def verify(toys, capsys):
    """Run the command line on the toys at level quick: (status, stdout, stderr)."""

    def called(*arguments):
        try:
            status = main([*map(str, arguments), "--level", "quick"])
        except SystemExit as leaving:  # argparse
            status = leaving.code
        return status, *capsys.readouterr()

    return called


# Exit statuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["toy/theorem1"], 0),
        (["toy/definition5"], 0),
        (["toy/theorem1", "toy/definition5"], 0),
        (["toy/theorem2"], 1),
        (["toy/theorem1", "toy/remark3", "toy/theorem4", "toy/example6"], 1),
        (["toy/theorem8"], 2),
        (["toy/theorem9"], 2),
        (["toy/remark3"], 3),
        (["toy/theorem4"], 3),
        (["toy/theorem1", "toy/remark3"], 3),
    ],
)
def test_the_status_is_that_of_the_worst_part(verify, names, status):
    assert verify(*names)[0] == status


def test_a_defect_is_shown_in_full_and_is_no_verdict(verify):
    status, out, err = verify("toy/theorem8")
    assert (status, out) == (2, "")
    assert err.startswith("Traceback")
    assert err.endswith("RuntimeError: an index is wrong somewhere\n")


def test_a_claim_that_contradicts_itself_is_named_in_a_line(verify):
    status, out, err = verify("toy/theorem9")
    assert (status, out) == (2, "")
    assert err.startswith("verify: toy/theorem9 part '', part no_equality declares equality at")
    assert err.count("\n") == 1


def test_an_interruption_is_a_line(verify, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("verify.runner.run_one", interrupted)
    assert verify("toy/theorem1") == (
        130,
        "",
        "verify: interrupted; no file was left half-written\n",
    )


# Ids --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("theorem5 8", "sequence/theorem58"),
        ("Theorem58", "sequence/theorem58"),
        ("THEOREM58", "sequence/theorem58"),
        ("theoerm58", "sequence/theorem58"),
        ("teorem58", "sequence/theorem58"),
        ("unified/theorem58", "sequence/theorem58"),
        ("lemma8.2", "unified/lemma8.2"),
        ("lemma8_2", "unified/lemma8.2"),
        ("proposition 7", "sequence/proposition7"),
        ("Example 1.1", "unified/example1.1"),
        ("toy/theoremm1", "toy/theorem1"),
        ("Sequence", "sequence"),
        ("unfied", "unified"),
    ],
)
def test_a_mistyped_id_names_the_nearest_first(verify, name, nearest):
    status, out, err = verify(name)
    assert (status, out) == (2, "")
    assert err.startswith(f"verify: no claim {name!r}; did you mean {nearest}"), err
    assert err.count("\n") == 1


def test_an_id_unlike_any_other_points_to_the_list(verify):
    assert verify("zzz") == (
        2, "", "verify: no claim 'zzz'; `python -m verify list` has them all\n"
    )  # fmt: skip


def test_nothing_runs_if_one_of_the_ids_is_wrong(verify):
    status, out, _ = verify("toy/theorem1", "toy/theorem99")
    assert (status, out) == (2, "")


# list, replay, --witness ------------------------------------------------------------------


def test_list_prints_ids_and_titles(verify):
    status, out, err = verify("list", "toy")
    assert (status, err) == (0, "")
    assert "toy/theorem1     squares are at least their root\n" in out
    assert len(out.splitlines()) == 16


def test_list_without_names_is_everything(verify):
    out = verify("list")[1]
    assert "sequence/theorem58" in out
    assert "toy/definition5" in out


def test_list_of_an_unknown_paper(verify):
    assert verify("list", "nosuch")[0] == 2


@pytest.fixture
def witness(verify, tmp_path):
    verify("toy/theorem2", "--store", tmp_path)
    return tmp_path / "toy" / "theorem2-sum.json"


def test_a_stored_witness_replays(verify, witness):
    assert verify("replay", witness) == (
        0, "refutes: toy/theorem2 part sum: x = [2]: not 4 <= 2\n", ""
    )  # fmt: skip


def test_a_changed_witness_is_rejected(verify, witness):
    witness.write_text(witness.read_text().replace('"4"', '"5"'))
    status, out, err = verify("replay", witness)
    assert (status, out) == (2, "")
    assert "the digest does not match the content" in err


def test_replay_needs_a_file(verify):
    assert verify("replay") == (2, "", "verify: replay needs a witness file\n")


def test_witness_rechecks_what_is_stored_and_says_what_is_true(verify, witness, monkeypatch):
    monkeypatch.setattr("verify.witness.STORE", witness.parent.parent)
    status, out, _ = verify("toy/theorem1", "toy/theorem2", "--witness")
    assert status == 1
    assert out.splitlines() == [
        "toy/theorem1: no stored witness",
        "refutes: toy/theorem2 part sum: x = [2]: not 4 <= 2",
        "instead: Σ xᵢ² ≤ (Σ |xᵢ|)²",
    ]


def test_witness_of_a_claim_without_any(verify):
    assert verify("toy/theorem1", "--witness") == (0, "toy/theorem1: no stored witness\n", "")


# --json, --output, --expect ---------------------------------------------------------------


def test_json_is_the_document_of_the_contract(verify):
    status, out, err = verify("toy/theorem1", "toy/theorem2", "--json", "--seed", 3)
    assert (status, err) == (1, "")
    doc = json.loads(out)
    assert (doc["schema"], doc["seed"], doc["level"]) == ("verify/1", 3, "quick")
    assert [c["verdict"] for c in doc["claims"]] == ["holds", "refuted"]
    assert doc["claims"][1]["parts"][0]["witness"] == {"x": ["2"]}


@pytest.mark.parametrize("options", [["--json"], []])
def test_output_writes_a_file_and_nothing_to_stdout(verify, tmp_path, options):
    path = tmp_path / "out"
    status, out, _ = verify("toy/theorem1", "--output", path, *options)
    assert (status, out) == (0, "")
    assert "squares are at least their root" in path.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_output_into_no_folder_is_refused_before_the_run(verify, tmp_path):
    for path in (tmp_path / "none" / "out", tmp_path):
        status, _, err = verify("toy/theorem8", "--output", path)
        assert status == 2
        assert err == f"verify: --output must be a file in an existing folder, got {path}\n"


@pytest.fixture(scope="module")
def ledger_text():
    """The ledger of two toys, computed once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "_folders", [TOYS])
        results = [run(id, level="quick") for id in ("toy/theorem1", "toy/theorem2")]
    return ledger.dumps(ledger.document(results, level="quick", seed=0))


@pytest.fixture
def recorded(ledger_text, tmp_path):
    path = tmp_path / "ledger.json"
    path.write_text(ledger_text, encoding="utf-8")
    return path


def test_as_recorded(verify, recorded):
    status, _, err = verify("toy/theorem1", "toy/theorem2", "--expect", recorded)
    assert (status, err) == (0, "2 claims as recorded\n")


@pytest.mark.parametrize(
    ("text", "altered"),
    [
        ('"verdict": "refuted"', '"verdict": "holds"'),
        ('"evidence": "certified"', '"evidence": "sampled"'),
        ('"2"', '"3"'),
        ('"killed": true', '"killed": false'),
        ('"name": "strictly"', '"name": "loosely"'),
        ('"id": "toy/theorem1"', '"id": "toy/theorem111"'),
    ],
)
def test_any_alteration_is_drift(verify, recorded, text, altered):
    before = recorded.read_text(encoding="utf-8")
    assert text in before
    recorded.write_text(before.replace(text, altered), encoding="utf-8")
    status, _, err = verify("toy/theorem1", "toy/theorem2", "--expect", recorded)
    assert status == 1
    assert err.startswith("drift: toy/theorem")


def test_another_seed_is_said_where_there_is_drift(verify, recorded):
    doc = json.loads(recorded.read_text(encoding="utf-8"))
    doc["claims"][0]["verdict"], doc["seed"] = "vague", 7
    recorded.write_text(json.dumps(doc), encoding="utf-8")
    err = verify("toy/theorem1", "--expect", recorded)[2]
    assert "drift: recorded at level quick, seed 7; run at level quick, seed 0\n" in err


@pytest.mark.parametrize("text", [None, "", "{}", '{"schema": "verify/1", "claims": [{}]}'])
def test_a_ledger_that_cannot_be_read_is_bad_input(verify, tmp_path, text):
    path = tmp_path / "ledger.json"
    if text is not None:
        path.write_text(text)
    status, out, err = verify("toy/theorem1", "--expect", path)
    assert (status, out) == (2, "")
    assert err.startswith(f"verify: {path}: ")
    assert err.count("\n") == 1


# --on -------------------------------------------------------------------------------------


def head_file(path, **arrays):
    ones = np.ones((3, 2))
    np.savez(path, **{"q": ones, "k": ones, "v": ones, **arrays})
    return path


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"q": np.array([[0.0, np.nan]] * 3)}, "head head0: q must be finite"),
        ({"q": np.full((3, 2), np.inf)}, "head head0: q must be finite"),
        ({"k": np.ones((2, 2))}, "head head0: k must have the shape of q"),
        ({"w": np.ones((3, 2))}, "must hold NAME/q, NAME/k, NAME/v"),
        ({"q": np.ones((0, 2))}, "q must be (heads, N, d) or (N, d), nonempty"),
        ({"causal": np.array(2)}, "head head0: causal must be one true or false"),
    ],
)
def test_bad_heads_are_bad_input(verify, tmp_path, arrays, said):
    path = head_file(tmp_path / "heads.npz", **arrays)
    status, out, err = verify("theorem17", "--on", path)
    assert (status, out) == (2, "")
    assert err.startswith(f"verify: {path}")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.npz", "No such file"),
        ("text.npz", "must be a readable .npz file"),
        ("text.safetensors", "must be a readable .safetensors file"),
        ("text.csv", "path must end in .npz or .safetensors"),
    ],
)
def test_unreadable_heads_are_bad_input(verify, tmp_path, name, said):
    path = tmp_path / name
    if name != "none.npz":
        path.write_text("not heads")
    status, out, err = verify("theorem17", "--on", path)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_own_heads_are_named_with_their_hypotheses(verify, tmp_path):
    path = head_file(tmp_path / "heads.npz", name=np.array("mine"))
    out = verify("theorem17", "--on", path, "--json")[1]
    (head,) = json.loads(out)["claims"][0]["parts"][0]["heads"]
    assert head["name"] == "mine"
    assert head["held"] is True
    assert all(head["hypotheses"].values())


# Options ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--jobs", "0"], "argument --jobs: must be an integer >= 1, got '0'"),
        (["--jobs", "-1"], "argument --jobs: must be an integer >= 1, got '-1'"),
        (["--jobs", "two"], "argument --jobs: must be an integer >= 1, got 'two'"),
        (["--jobs", "²"], "argument --jobs: must be an integer >= 1, got '²'"),
        (["--seed", "x"], "argument --seed: must be an integer >= 0, got 'x'"),
        (["--level", "hard"], "argument --level: invalid choice: 'hard'"),
        (["--path", "/nonexistent"], "a folder of claims must hold a .py file with a Claim"),
        (["--nosuch"], "unrecognized arguments: --nosuch"),
        (["--out", "x"], "unrecognized arguments: --out"),
    ],
)
def test_bad_options_are_bad_usage(toys, capsys, options, said):
    try:
        status = main(["toy/theorem1", *options])
    except SystemExit as leaving:
        status = leaving.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert said in err


def test_no_arguments_are_bad_usage(capsys):
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "the following arguments are required: ID" in capsys.readouterr().err


def test_the_levels_offered_are_those_of_the_search(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "{" + ",".join(LEVELS) + "}" in capsys.readouterr().out


def test_a_level_from_python_is_checked():
    with pytest.raises(ValueError, match=r"level must be one of .*, got 'hard'"):
        run("theorem58", level="hard")


# Files ------------------------------------------------------------------------------------


def write_half(path):
    with replacing(path) as beside:
        beside.write_text("half")
        raise KeyboardInterrupt


def test_a_failed_write_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "file"
    write_text(path, "old")
    with pytest.raises(KeyboardInterrupt):
        write_half(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_replaces(tmp_path):
    write_text(tmp_path / "file", "old")
    write_text(tmp_path / "file", "α")
    assert (tmp_path / "file").read_bytes() == "α".encode()
