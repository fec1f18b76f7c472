"""THEOREMS.md: every part of every claim in a line, made from the ledger."""

from __future__ import annotations

from pathlib import Path

from verify.latex import to_unicode
from verify.registry import entries

SIGNS = {
    "holds": "✓ holds",
    "supported": "~ supported",
    "refuted": "✗ refuted",
    "vague": "? vague",
    "inconclusive": "… inconclusive",
    "definition": "= definition",
}
_HEAD = """# Verdicts

Made from `verify/ledger.json` (level {level}, seed {seed}) by `python -m verify theorems`; not
edited by hand.  How to read a verdict is in the [README](README.md).

{counts}
"""
_COLUMNS = ("claim", "part", "statement", "verdict", "evidence", "instead", "file")


def markdown(ledger: dict) -> str:
    """The page: counts of verdicts, then a table a paper, a row a part."""
    homes = {e.id: e.module.replace(".", "/") + ".py" for e in entries()}
    lines = [
        _HEAD.format(level=ledger["level"], seed=ledger["seed"], counts=_counts(ledger["claims"]))
    ]
    papers = dict.fromkeys(c["id"].partition("/")[0] for c in ledger["claims"])
    for paper in papers:
        lines += [f"## {paper}\n", _row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
        for claim in ledger["claims"]:
            if claim["id"].startswith(paper + "/"):
                lines += [_row(_cells(claim, part, homes)) for part in claim["parts"]]
        lines.append("")
    return "\n".join(lines)


def _counts(claims: list[dict]) -> str:
    verdicts = [part["verdict"] for claim in claims for part in claim["parts"]]
    counted = [f"{verdicts.count(v)} {sign}" for v, sign in SIGNS.items() if v in verdicts]
    return f"{len(claims)} claims, {len(verdicts)} parts: {', '.join(counted)}."


def _cells(claim: dict, part: dict, homes: dict[str, str]) -> list[str]:
    home = homes.get(claim["id"], "")
    instead = "; ".join(
        f"{SIGNS[a['verdict']][0]} {to_unicode(a['statement'])}" for a in part["amendments"]
    )
    return [
        claim["id"].partition("/")[2],
        part["part"],
        to_unicode(part["statement"]),
        SIGNS[part["verdict"]],
        part["evidence"] or part.get("reason", ""),
        instead,
        f"[{Path(home).name}]({home})" if home else "",
    ]


def _row(cells) -> str:
    return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"
