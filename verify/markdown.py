"""`--markdown`: a run as a page of Markdown, a table a claim, a row a part."""

from __future__ import annotations

import json
import re

from verify.latex import to_unicode
from verify.overview import SIGNS

_COLUMNS = ("part", "statement", "verdict", "evidence", "counterexample", "instead")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_LONGEST = 200  # characters of a counterexample; `--json` has the whole


def markdown(doc: dict) -> str:
    """The page of a recorded run."""
    parts = [p["verdict"] for c in doc["claims"] for p in c["parts"]]
    counts = ", ".join(f"{parts.count(v)} {sign}" for v, sign in SIGNS.items() if v in parts)
    head = f"{len(doc['claims'])} claims, {len(parts)} parts: {counts}."
    lines = ["# Verdicts", "", f"{head}  Level {doc['level']}, seed {doc['seed']}.", ""]
    for claim in doc["claims"]:
        title = f"{escaped(claim['id'])}: {escaped(claim['title'])}"
        lines += [f"## {title}: {SIGNS[claim['verdict']]}", "", _row(_COLUMNS)]
        lines.append(_row(["---"] * len(_COLUMNS)))
        lines += [_row(map(escaped, _cells(part))) for part in claim["parts"]]
        lines.append("")
    return "\n".join(lines)


def _cells(part: dict) -> list[str]:
    return [
        part["part"],
        to_unicode(part["statement"]),
        SIGNS[part["verdict"]],
        part["evidence"] or part.get("reason", ""),
        _witness(part),
        "; ".join(
            f"{SIGNS[a['verdict']][0]} {to_unicode(a['statement'])}" for a in part["amendments"]
        ),
    ]


def _witness(part: dict) -> str:
    if part["witness"] is None:
        return ""
    values = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in part["witness"].items())
    said = ", ".join(values).replace('"', "")
    if sides := part.get("sides"):
        broken = f"not {sides['lhs']} {sides['relation']} {sides['rhs']}"
        said = f"{said}: {broken}" if said else broken
    return said if len(said) <= _LONGEST else said[:_LONGEST] + " …"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, within one cell of a table."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _row(cells) -> str:
    return "| " + " | ".join(cells) + " |"
