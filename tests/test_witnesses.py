"""Every refutation replays from its text alone, and every stored witness is of a refutation."""

import json

import pytest

from verify.registry import entries
from verify.witness import STORE, load, records, replay

STORED = sorted(STORE.rglob("*.json"))


@pytest.mark.parametrize("id", [e.id for e in entries()])
def test_every_refutation_replays_from_its_text(id, results):
    for record in records(results[id]):
        again = replay(json.loads(json.dumps(record)))
        assert (again.claim, again.part, again.case) == (id, record["part"], record["case"])


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_every_stored_witness_refutes(path):
    record = load(path)
    assert path.relative_to(STORE).as_posix().startswith(record["claim"])
    replay(record)


def test_what_is_stored_is_what_is_found(results):
    found = [record for result in results.values() for record in records(result)]
    assert cases(map(load, STORED)) == cases(found)


def cases(found):
    return {(record["claim"], record["part"]): record["case"] for record in found}
