"""All claims at the level of the ledger: verdicts, evidence, witnesses, mutants as recorded."""

import json
from collections import Counter

from verify import ledger
from verify.registry import entries

CERTAIN = {"certified", "exhaustive", "proved", "computed"}


def test_as_recorded(results):
    recorded = ledger.read(ledger.LEDGER)
    assert ledger.drift(list(results.values()), recorded, whole=True) == []


def test_ledger_has_no_other_claims():
    recorded = json.loads(ledger.LEDGER.read_text(encoding="utf-8"))
    assert recorded["level"] == "standard"
    assert [c["id"] for c in recorded["claims"]] == [e.id for e in entries()]


def test_every_refutation_is_certain_and_amended(results):
    for result in results.values():
        for part in result.parts:
            if part.verdict == "refuted":
                assert part.finding.evidence in CERTAIN, (result.id, part.part)
                assert part.amendments, f"{result.id} {part.part} has no amendment"
            for amendment in part.amendments:
                assert amendment.verdict in ("holds", "supported"), (result.id, part.part)


def test_every_mutant_dies_and_there_is_one_for_each_claim_of_truth(results):
    for result in results.values():
        for part in result.parts:
            alive = [m.name for m in part.mutants if not m.killed]
            assert alive == [], (result.id, part.part)
            true = [
                f for f in (part.finding, *part.amendments) if f.verdict in ("holds", "supported")
            ]
            assert all(f.mutants for f in true), (result.id, part.part)


def test_no_id_twice():
    assert max(Counter(e.id for e in entries()).values()) == 1
