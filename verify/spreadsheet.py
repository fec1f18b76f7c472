"""`--csv`: a run as a table of comma-separated values, a row a part."""

from __future__ import annotations

import csv
import io
import json

COLUMNS = (
    "claim", "kind", "title", "part", "statement", "reading", "verdict", "evidence", "reason",
    "cases", "accepted", "tightness", "witness", "lhs", "relation", "rhs", "why", "instead",
    "instead_verdict", "mutants", "mutants_killed",
)  # fmt: skip


def comma_separated(doc: dict) -> str:
    """The parts of a recorded run, with a heading; amendments are joined by " ; "."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for claim in doc["claims"]:
        table.writerows(_row(claim, part) for part in claim["parts"])
    return text.getvalue()


def _row(claim: dict, part: dict) -> dict:
    mutants = [m for f in (part, *part["amendments"]) for m in f["mutants"]]
    own = ("part", "statement", "reading", "verdict", "evidence", "cases", "accepted", "tightness")
    witness = "" if part["witness"] is None else json.dumps(part["witness"], ensure_ascii=False)
    return {
        "claim": claim["id"],
        "kind": claim["kind"],
        "title": claim["title"],
        **{key: part[key] for key in own},
        "reason": part.get("reason", ""),
        "witness": witness,
        **{key: (part.get("sides") or {}).get(key, "") for key in ("lhs", "relation", "rhs")},
        "why": part["why"],
        "instead": " ; ".join(a["statement"] for a in part["amendments"]),
        "instead_verdict": " ; ".join(a["verdict"] for a in part["amendments"]),
        "mutants": len(mutants),
        "mutants_killed": sum(m["killed"] for m in mutants),
    }
