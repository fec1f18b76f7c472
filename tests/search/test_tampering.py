"""A witness of a planted statement replays; changed in any part, it is rejected."""

from itertools import islice

import pytest

from verify import registry
from verify.verdict import ClaimResult, PartResult
from verify.witness import BadWitness, digest, records, replay

from .planting import found
from .test_planted import PLANTED, TABLES


@pytest.fixture(autouse=True)
def _planted_tables_are_claims(monkeypatch):
    tables, get = {table.id: table for table in TABLES}, registry.get
    monkeypatch.setattr(registry, "get", lambda id: tables.get(id) or get(id))


def record_of(check) -> dict:
    """The witness that a run with seed 0 would store."""
    part = PartResult(check.part, found(check, 0))
    (record,) = records(ClaimResult(check.claim.id, check.claim.kind, check.claim.title, (part,)))
    return record


def forged(record, **changes) -> dict:
    """The record changed, with a digest that fits the change."""
    changed = {**record, **changes}
    return {**changed, "digest": digest(changed)}


def one_entry_changed(value):
    """The value with each of its numbers in turn replaced by another one."""
    if isinstance(value, list):
        for i, inner in enumerate(value):
            for changed in one_entry_changed(inner):
                yield [*value[:i], changed, *value[i + 1 :]]
    else:
        yield value + 1 if isinstance(value, int) else f"{value}1"  # "0" to "01", "1/2" to "1/21"


@pytest.mark.parametrize("check", PLANTED)
def test_replayed(check):
    assert replay(record_of(check)).part == check.part


@pytest.mark.parametrize("check", PLANTED)
def test_changed_without_a_new_digest(check):
    record = record_of(check)
    for key, value in record.items():
        if key not in ("digest", "schema"):
            with pytest.raises(BadWitness, match="digest"):
                replay({**record, key: f"{value}x"})


@pytest.mark.parametrize("check", PLANTED)
def test_an_entry_changed(check):
    """Rejected, also with a digest that fits, unless it is a counterexample with the same sides.

    (A loop does not enter D - W, nor the only weight of a row P = D^-1 W.)
    """
    record, rejected = record_of(check), 0
    for name, value in record["case"].items():
        for changed in islice(one_entry_changed(value), 12):
            try:
                replayed = replay(forged(record, case={**record["case"], name: changed}))
            except BadWitness:
                rejected += 1
            else:
                assert (replayed.lhs, replayed.rhs) == (record["lhs"], record["rhs"])
    assert rejected


@pytest.mark.parametrize("check", PLANTED)
def test_a_side_changed(check):
    record = record_of(check)
    for side in ("lhs", "rhs"):
        with pytest.raises(BadWitness, match=f"{side} must be"):
            replay(forged(record, **{side: "17/19"}))
    with pytest.raises(BadWitness, match="relation must be"):
        replay(forged(record, relation="!="))


@pytest.mark.parametrize("check", PLANTED)
def test_a_hypothesis_changed(check):
    record = record_of(check)
    for names in (record["hypotheses"][1:], [*record["hypotheses"], "n is even"]):
        if names != record["hypotheses"]:
            with pytest.raises(BadWitness, match="hypotheses are not those of the claim"):
                replay(forged(record, hypotheses=names))


@pytest.mark.parametrize("check", PLANTED)
def test_the_claim_changed(check):
    """To one that does not exist, to another table, to the other statements of its own."""
    record = record_of(check)
    with pytest.raises(BadWitness, match="no claim 'planted/theorem0'"):
        replay(forged(record, claim="planted/theorem0"))
    for table in TABLES:
        for part in table.parts:
            if part is not check:
                with pytest.raises(BadWitness):
                    replay(forged(record, claim=table.id, part=part.part))
