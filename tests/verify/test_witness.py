"""Witness files: stored, read, replayed, and refused once anything in them is changed."""

from fractions import Fraction

import numpy as np
import pytest

from verify.runner import run
from verify.witness import BadWitness, digest, load, parse, records, replay, store, stored

REFUTED = ("toy/theorem2", "toy/example6", "toy/theorem7", "toy/theorem12")


@pytest.fixture
def record(toys):
    """A witness against the sum of squares: x = (2)."""
    (only,) = records(run("toy/theorem2", level="quick"))
    return only


def forged(record, **changes):
    """The record changed, with a digest that fits the change."""
    changed = {**record, **changes}
    return {**changed, "digest": digest(changed)}


@pytest.mark.parametrize("id", REFUTED)
def test_stored_and_replayed(id, toys, tmp_path):
    result = run(id, level="quick")
    paths = store(result, tmp_path)
    assert paths == stored(id, tmp_path)
    assert [p.part for p in result.parts if p.verdict == "refuted"] == [
        replay(load(path)).part for path in paths
    ]
    assert not list(tmp_path.rglob(".*"))


def test_a_replay_reads_as_a_sentence(record):
    assert str(replay(record)) == "toy/theorem2 part sum: x = [2]: not 4 <= 2"


def test_a_case_without_arguments_replays(toys):
    (only,) = records(run("toy/example6", level="quick"))
    assert str(replay(only)) == "toy/example6: no arguments: not 1/7 rounds to 3/20"


def test_a_free_constant_is_kept_with_the_case(toys):
    (only,) = records(run("toy/theorem12", level="quick"))
    assert only["case"]["C"] == "10"
    with pytest.raises(BadWitness, match="a hypothesis fails on this case: the constant is 10"):
        replay(forged(only, case={**only["case"], "C": "1/1000"}))


def test_names_of_parts_are_made_fit_for_files(record, toys, tmp_path, monkeypatch):
    assert [p.name for p in store(run("toy/theorem2", level="quick"), tmp_path)] == [
        "theorem2-sum.json"
    ]


def test_a_claim_that_is_not_refuted_stores_nothing(toys, tmp_path):
    assert store(run("toy/theorem1", level="quick"), tmp_path) == []
    assert stored("toy/theorem1", tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"case": {"x": ["1"]}}, r"this case does not refute"),
        ({"case": {"x": ["1/2", "1/2"]}}, r"this case does not refute"),
        ({"case": {"x": ["3"]}}, r"lhs must be 9, got 4"),
        ({"case": {"x": ["a"]}}, r"case must hold exact entries"),
        ({"case": {"x": ["1/0"]}}, r"case must hold exact entries"),
        ({"case": {"y": ["2"]}}, r"case must give \('x',\), got \['y'\]"),
        ({"case": ["2"]}, r"case must give \('x',\), got \['2'\]"),
        ({"lhs": "5"}, r"lhs must be 4, got 5"),
        ({"rhs": "1"}, r"rhs must be 2, got 1"),
        ({"relation": ">="}, r"relation must be <=, got >="),
        ({"part": "quarter", "case": {"t": "1/2"}, "hypotheses": ["in [0, 1]"]}, r"hypotheses are"),
        ({"part": "no such"}, r"the claim has no such part"),
        ({"claim": "toy/theorem99"}, r"no claim 'toy/theorem99'; did you mean"),
        ({"claim": "toy/remark3", "part": ""}, r"no such part that can be checked"),
        (
            {"hypotheses": ["x is small"]},
            r"hypotheses are not those of the claim: \['x is small'\]",
        ),
        ({"schema": "witness/0"}, r"schema must be 'witness/1', got 'witness/0'"),
    ],
)
def test_a_forged_witness_is_refused(record, changes, said):
    with pytest.raises(BadWitness, match=said):
        replay(forged(record, **changes))


@pytest.mark.parametrize("key", ["case", "lhs", "rhs", "relation", "hypotheses", "part"])
def test_a_changed_file_is_seen_by_its_digest(record, key):
    with pytest.raises(BadWitness, match="the digest does not match the content"):
        replay({**record, key: "something else"})


def test_a_case_that_is_not_in_a_finite_family_is_refused(toys):
    (only,) = records(run("toy/theorem7", level="quick"))
    assert only["case"] == {"text": "1.5", "n": 2}
    with pytest.raises(BadWitness, match="the family of cases has no"):
        replay(forged(only, case={"text": "1.5", "n": 3}, lhs="3"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a readable JSON file"),
        ("{", "not a readable JSON file"),
        ("[]", "keys must be .*, got list"),
        ('{"schema": "witness/1"}', r"keys must be .*, got \['schema'\]"),
    ],
)
def test_a_file_that_is_no_witness(tmp_path, text, said):
    path = tmp_path / "w.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadWitness, match=said):
        load(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadWitness, match="not a readable JSON file"):
        load(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("stored_value", "value"),
    [("2/3", Fraction(2, 3)), ("-4", Fraction(-4)), ("causal", "causal"), (3, 3), (True, True)],
)
def test_single_values_as_the_check_takes_them(stored_value, value):
    assert parse(stored_value) == value
    assert type(parse(stored_value)) is type(value)


def test_arrays_as_the_check_takes_them():
    labels, matrix = parse([0, 1, 1]), parse([["1/2", "0"], ["3", "-1"]])
    assert labels.dtype.kind == "i"
    assert matrix.dtype == object
    np.testing.assert_array_equal(matrix, [[Fraction(1, 2), 0], [3, -1]])
    assert parse([]).shape == (0,)
