"""A run as a folder of pages: the claims' first, the overview last, each whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from verify.files import write_text
from verify.ledger import BadLedger
from verify.registry import Entry, entries
from verify.report.words import EVIDENCE
from verify.verdict import VERDICTS

_FINDING = ("statement", "reading", "verdict", "evidence", "cases", "accepted", "tightness")
_FINDING += ("witness", "why", "mutants")


def write(
    doc: dict, folder: Path, *, plots: bool = True, progress: Callable[[str], None] | None = None
) -> list[Path]:
    """Write the report of a run (the JSON of the contract) to a folder; returns its files.

    plots: whether to draw the claims' pictures.  progress: is told each claim's id once its page is
    written.

    *Raises* ValueError where the folder is none or cannot be written to, and BadLedger where the
    run lacks what a page shows.
    """
    from verify.report.claim_page import claim_page, file_name
    from verify.report.overview import overview

    folder = checked_folder(folder)
    check_run(doc)
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, Entry] = {e.id: e for e in entries()}
    ids = [c["id"] for c in doc["claims"]]
    written = []
    for claim, before, after in zip(doc["claims"], ["", *ids], [*ids[1:], ""], strict=False):
        entry = known.get(claim["id"])
        text = claim_page(claim, doc, entry, before=before, after=after, plots=plots)
        written.append(folder / file_name(claim["id"]))
        write_text(written[-1], text)
        if progress:
            progress(claim["id"])
    # Last, so that an interrupted report has no overview that points at pages not there.
    write_text(folder / "index.html", overview(doc))
    return [*written, folder / "index.html"]


def checked_folder(folder: Path) -> Path:
    """The folder if it can be made or written to; said before a long run, not after it."""
    folder = Path(folder)
    there = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise ValueError(f"--html must be a folder that can be written to, got {folder}")
    return folder


def check_run(doc: dict) -> None:
    """BadLedger unless each claim has an id, a title, and findings with the contract's keys."""
    for claim in doc["claims"]:
        id = claim["id"]
        if not isinstance(id, str) or not re.fullmatch(r"[\w-]+/[A-Za-z]+[\w.]*", id):
            raise BadLedger(f"id must look like 'paper/theorem30', got {id!r}")
        if missing := {"title", "kind", "verdict", "parts"} - claim.keys():
            raise BadLedger(f"{id} must have {sorted(missing)}")
        for part in claim["parts"]:
            for finding in (part, *part["amendments"]):
                _check_finding(id, finding)


def _check_finding(id: str, finding: dict) -> None:
    if missing := [key for key in _FINDING if key not in finding]:
        raise BadLedger(f"{id}: a finding must have {missing}")
    if finding["verdict"] not in VERDICTS:
        raise BadLedger(f"{id}: verdict must be one of {VERDICTS}, got {finding['verdict']!r}")
    if finding["evidence"] not in (None, *EVIDENCE):
        raise BadLedger(f"{id}: evidence must be one of {[*EVIDENCE]}, got {finding['evidence']!r}")
