"""Results: what a run found, part by part, and how it is written to JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

# Worst first: a claim's verdict is the worst of its parts.
VERDICTS = ("refuted", "inconclusive", "vague", "supported", "holds", "definition")


@dataclass(frozen=True)
class Killed:
    """A mutant, and whether the same search refuted it."""

    name: str
    killed: bool

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "killed": self.killed}


@dataclass(frozen=True)
class HeadReport:
    """What one attention head says of a part: hypotheses met, conclusion held, share of bound."""

    name: str
    hypotheses: dict[str, bool]
    held: bool | None
    ratio: float | None
    reason: str = ""

    @property
    def met(self) -> bool:
        """All hypotheses hold on this head and the check is defined there."""
        return self.held is not None and all(self.hypotheses.values())

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "hypotheses": self.hypotheses,
            "held": self.held,
            "ratio": number(self.ratio),
            **({"reason": self.reason} if self.reason else {}),
        }


@dataclass(frozen=True)
class Finding:
    """What the machinery says of one check (a part, or an amendment)."""

    statement: str
    verdict: str
    evidence: str | None = None
    reason: str = ""
    reading: str = ""
    reference: str = ""
    why: str = ""
    cases: int = 0
    accepted: int = 0
    tightness: float | None = None
    searched: str = ""
    witness: dict[str, Any] | None = None
    sides: dict[str, str] | None = None
    equality: dict[str, Any] | None = None
    mutants: tuple[Killed, ...] = ()
    heads: tuple[HeadReport, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The keys of the contract; optional ones only where they say something."""
        optional = {
            "reason": self.reason,
            "reference": self.reference,
            "searched": self.searched,
            "sides": self.sides,
            "equality": self.equality,
            "heads": [h.to_dict() for h in self.heads],
        }
        return {
            "statement": self.statement,
            "reading": self.reading,
            "verdict": self.verdict,
            "evidence": self.evidence,
            "cases": self.cases,
            "accepted": self.accepted,
            "tightness": number(self.tightness),
            "witness": self.witness,
            "why": self.why,
            **{key: value for key, value in optional.items() if value},
            "mutants": [m.to_dict() for m in self.mutants],
        }


@dataclass(frozen=True)
class PartResult:
    """A part's finding with those of its amendments."""

    part: str
    finding: Finding
    amendments: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> str:
        return self.finding.verdict

    @property
    def mutants(self) -> tuple[Killed, ...]:
        """Mutants of the part and of all its amendments."""
        return self.finding.mutants + tuple(m for a in self.amendments for m in a.mutants)

    def to_dict(self) -> dict[str, Any]:
        return {
            "part": self.part,
            **self.finding.to_dict(),
            "amendments": [a.to_dict() for a in self.amendments],
        }


@dataclass(frozen=True)
class Table:
    """What was printed beside what came out: column names, rows of text or numbers, a note."""

    columns: tuple[str, ...]
    rows: tuple[tuple, ...]
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "columns": list(self.columns),
            "rows": [[number(x) if isinstance(x, float) else x for x in row] for row in self.rows],
            "note": self.note,
        }


@dataclass(frozen=True)
class ClaimResult:
    """Everything a run found about one claim; prints as a table in a terminal and in Jupyter."""

    id: str
    kind: str
    title: str
    parts: tuple[PartResult, ...]
    table: Table | None = None
    seconds: float = field(default=0.0, compare=False)

    @property
    def verdict(self) -> str:
        """The worst of the parts' verdicts."""
        return min((p.verdict for p in self.parts), key=VERDICTS.index)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "verdict": self.verdict,
            "seconds": round(self.seconds, 3),
            **({"table": self.table.to_dict()} if self.table else {}),
            "parts": [p.to_dict() for p in self.parts],
        }

    def __str__(self) -> str:
        from verify.terminal import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from verify.report import fragment

        return fragment(self.to_dict())


def number(x: float | None) -> float | None:
    """Six significant digits (what machines agree on); None where JSON has no number."""
    if x is None or not math.isfinite(x):
        return None
    return float(f"{x:.6g}")


def exit_status(results) -> int:
    """0 all hold or are supported, 1 something is refuted, 3 otherwise."""
    verdicts = {p.verdict for r in results for p in r.parts}
    if "refuted" in verdicts:
        return 1
    return 3 if verdicts & {"inconclusive", "vague"} else 0
