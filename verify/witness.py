"""Witnesses as files: exact entries, the claim they refute, both sides; replayed on their own.

A file holds everything a replay must agree with: claim id, part, the names of the hypotheses,
the case, the relation and both sides, and a digest over all of them.  The replay trusts none
of it: it runs the claim's check on the case in exact arithmetic and compares.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from verify.arithmetic import as_rationals
from verify.claim import Check
from verify.verdict import ClaimResult, PartResult

SCHEMA = "witness/1"
STORE = Path(__file__).parent / "witnesses"


class BadWitness(ValueError):
    """A witness file that cannot be read, or that does not refute what it says it refutes."""


@dataclass(frozen=True)
class Replay:
    """A witness that refuted again: the claim, the part, the case and both sides."""

    claim: str
    part: str
    case: dict
    relation: str
    lhs: str
    rhs: str

    def __str__(self) -> str:
        name = f"{self.claim} part {self.part}" if self.part else self.claim
        values = ", ".join(
            f"{k} = {json.dumps(v).replace(chr(34), '')}" for k, v in self.case.items()
        )
        return f"{name}: {values or 'no arguments'}: not {self.lhs} {self.relation} {self.rhs}"


def records(result: ClaimResult) -> list[dict]:
    """The witnesses of a result's refuted parts, ready to be stored."""
    from verify.registry import get

    checks = {p.part: p for p in get(result.id).parts if isinstance(p, Check)}
    return [
        _record(result.id, part, checks[part.part])
        for part in result.parts
        if part.verdict == "refuted" and part.finding.sides
    ]


def store(result: ClaimResult, folder: Path = STORE) -> list[Path]:
    """Write one file a refuted part, `paper/claim-part.json`; returns the paths."""
    from verify.files import write_text

    paths = []
    for record in records(result):
        suffix = "".join(c if c.isalnum() else "-" for c in record["part"])
        path = folder / f"{result.id}{'-' if suffix else ''}{suffix}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        paths.append(path)
    return paths


def stored(id: str, folder: Path = STORE) -> list[Path]:
    """The witness files of a claim."""
    paper, _, name = id.partition("/")
    own = (folder / paper).glob(f"{name}*.json")
    return sorted(path for path in own if load(path)["claim"] == id)


def load(path: Path) -> dict:
    """A witness file's record; BadWitness if it is not one."""
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadWitness(f"{path}: not a readable JSON file ({error})") from error
    wanted = {"schema", "claim", "part", "hypotheses", "case", "relation", "lhs", "rhs", "digest"}
    if not isinstance(record, dict) or set(record) != wanted:
        keys = sorted(record) if isinstance(record, dict) else type(record).__name__
        raise BadWitness(f"{path}: keys must be {sorted(wanted)}, got {keys}")
    return record


def replay(record: dict) -> Replay:
    """Re-check a witness from its entries alone; BadWitness says what does not agree."""
    from verify.registry import UnknownClaim, get

    name = f"{record['claim']} part {record['part']!r}"
    if record["schema"] != SCHEMA:
        raise BadWitness(f"{name}: schema must be {SCHEMA!r}, got {record['schema']!r}")
    if record["digest"] != digest(record):
        raise BadWitness(f"{name}: the digest does not match the content: the file was changed")
    try:
        parts = get(record["claim"]).parts
    except UnknownClaim as error:
        raise BadWitness(str(error)) from error
    check = next((p for p in parts if isinstance(p, Check) and p.part == record["part"]), None)
    if check is None:
        raise BadWitness(f"{name}: the claim has no such part that can be checked")
    if [h.name for h in check.hypotheses] != record["hypotheses"]:
        raise BadWitness(f"{name}: hypotheses are not those of the claim: {record['hypotheses']}")
    if not isinstance(record["case"], dict) or set(record["case"]) != set(check.parameters):
        raise BadWitness(f"{name}: case must give {check.parameters}, got {list(record['case'])}")
    return _confirm(check, record, name)


def _confirm(check: Check, record: dict, name: str) -> Replay:
    from verify.arithmetic import exactly
    from verify.evidence import decided, holds
    from verify.sides import both_sides

    check, case = _case(check, record["case"], name)
    finite = check.given is None or check.given.exhaustive
    outcome = (decided if finite else exactly)(check, case)
    if outcome.status in ("outside", "ill-posed", "unsupported"):
        raise BadWitness(f"{name}: a hypothesis fails on this case: {outcome.reason}")
    found = both_sides(outcome.comparison)
    if holds(outcome) is not False:
        raise BadWitness(f"{name}: this case does not refute: {found}")
    for key in ("relation", "lhs", "rhs"):
        if not _agree(found[key], record[key]):
            raise BadWitness(f"{name}: {key} must be {found[key]}, got {record[key]}")
    return Replay(record["claim"], record["part"], record["case"], **found)


def _case(check: Check, stored: dict, name: str) -> tuple[Check, tuple]:
    """The check at the largest of its constants, if it has any, and its stored case.

    A case of a finite family is taken from the family, so that no other can pass for one.
    """
    from verify.finite import family
    from verify.judge import at_constant, named

    try:
        if check.constants:
            check = at_constant(check, max(check.constants))
        if check.given is None or check.given.exhaustive:
            return check, next(c for c in family(check) if named(check, c) == stored)
        return check, tuple(parse(stored[p]) for p in check.parameters)
    except StopIteration:
        raise BadWitness(f"{name}: the family of cases has no {stored}") from None
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise BadWitness(f"{name}: case must hold exact entries, got {stored}") from error


def _record(id: str, part: PartResult, check: Check) -> dict:
    record = {
        "schema": SCHEMA,
        "claim": id,
        "part": part.part,
        "hypotheses": [h.name for h in check.hypotheses],
        "case": part.finding.witness,
        **part.finding.sides,
    }
    return {**record, "digest": digest(record)}


def digest(record: dict) -> str:
    """SHA-256 over the record's content in canonical JSON."""
    content = {k: v for k, v in record.items() if k != "digest"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def parse(value):
    """A stored value as the check takes it: text "2/3" a Fraction, lists arrays, ints ints."""
    if isinstance(value, list):
        array = np.array(value)
        return array if array.dtype.kind in "iub" else as_rationals(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            return value
    return value


def _agree(found: str, recorded: str) -> bool:
    """Equal as text, or overlapping as balls (another version may print another radius)."""
    if found == recorded or not (found.startswith("[") and recorded.startswith("[")):
        return found == recorded
    from flint import arb

    return bool(arb(found).overlaps(arb(recorded)))
