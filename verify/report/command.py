"""`python -m verify report --html DIR [ID...]`: pages of a recorded run, or of a run made now."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from verify import ledger
from verify.progress import shown
from verify.registry import Entry, add_folder
from verify.report.folder import checked_folder, write


def main(arguments: list[str]) -> int:
    """Write the report; the status is 0 once it is written, whatever the verdicts."""
    options = _parser().parse_args(arguments)
    for folder in options.path:
        add_folder(Path(folder))
    target = checked_folder(Path(options.html))
    doc = _run(options) if options.level else _recorded(options)
    pages(doc, target, plots=not options.no_plots)
    return 0


def pages(doc: dict, folder: Path, *, plots: bool = True) -> None:
    """Write the pages of a run, and say on stderr how many, how fast and where to begin."""
    start = time.perf_counter()
    with shown(doc["claims"]) as tell:
        written = write(
            doc, folder, plots=plots, progress=lambda id: tell(Entry(id, "", ""), "done")
        )
    seconds = time.perf_counter() - start
    print(f"{len(written)} pages in {seconds:.1f} s: {written[-1]}", file=sys.stderr)


def _recorded(options: argparse.Namespace) -> dict:
    """The recorded run, or those of its claims that were asked for."""
    doc = ledger.read(Path(options.source or ledger.LEDGER))
    if not options.names or options.names == ["all"]:
        return doc
    from verify.runner import select

    asked = [e.id for e in select(options.names)]
    recorded = {c["id"]: c for c in doc["claims"]}
    if missing := [id for id in asked if id not in recorded]:
        raise ValueError(f"not recorded: {', '.join(missing)}; give --level to run them first")
    return {**doc, "claims": [recorded[id] for id in asked]}


def _run(options: argparse.Namespace) -> dict:
    from verify.commands import _jobs
    from verify.runner import run_all, select

    if options.source:
        raise ValueError("--from reads a run and --level makes one: give one of them")
    chosen = select(options.names or ["all"])
    asked = {"level": options.level, "seed": options.seed}
    with shown(chosen) as progress:
        results = list(run_all(chosen, **asked, jobs=_jobs(options, chosen), progress=progress))
    return ledger.document(results, **asked)


def _parser() -> argparse.ArgumentParser:
    from verify.cli import _whole

    parser = argparse.ArgumentParser(
        prog="python -m verify report",
        description="Pages of a run: an overview, and a page a claim. They open offline.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="ID", help="claims or papers (default: all of the run)")
    add("--html", metavar="DIR", required=True, help="the folder to write to")
    add("--from", dest="source", metavar="RUN.json", help="a run of --json (default: the ledger)")
    add("--level", choices=("quick", "standard", "deep"), help="run the claims first, this hard")
    add("--seed", type=_whole(0), default=0, help="seed of that run (default 0)")
    add("--jobs", type=_whole(1), default=None, help="processes of that run (default: one a core)")
    add("--path", metavar="DIR", action="append", default=[], help="claims in the files of DIR too")
    add("--no-plots", action="store_true", help="leave the claims' pictures out")
    return parser
