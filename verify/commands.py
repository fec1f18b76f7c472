"""What the command line does: list, run, re-check witnesses.  Each returns the exit status."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from verify.registry import Entry, entries, find, get


def list_claims(names: list[str]) -> int:
    """The claims of some ids or papers, or all of them, one a line."""
    chosen = [e for n in names for e in find(n)] if names else entries()
    width = max((len(e.id) for e in chosen), default=0)
    say("".join(f"{e.id:<{width}}  {e.title}\n" for e in chosen))
    return 0


def overview(options: argparse.Namespace) -> int:
    """Recorded verdicts in the formats that are asked for; THEOREMS.md on stdout without any."""
    from verify import exports, ledger
    from verify.overview import markdown

    if len(options.names) > 2:
        raise ValueError(f"theorems takes one ledger, got {', '.join(options.names[1:])}")
    recorded = ledger.read(Path(options.names[1]) if options.names[1:] else ledger.LEDGER)
    chosen = exports.asked(options)
    exports.write(recorded, chosen)
    if not chosen:
        say(markdown(recorded))
    return 0


def replay_files(paths: list[Path]) -> int:
    """Re-check witness files; the first that does not refute is bad input."""
    from verify.witness import load, replay

    if not paths:
        raise ValueError("replay needs a witness file")
    for path in paths:
        say(f"refutes: {replay(load(path))}\n")
    return 0


def stored_witnesses(chosen: list[Entry]) -> int:
    """Re-check what is stored for some claims, and say what is true instead."""
    from verify import witness

    found = 0
    for entry in chosen:
        paths = witness.stored(entry.id, witness.STORE)
        found += len(paths)
        for path in paths:
            again = witness.replay(witness.load(path))
            say(f"refutes: {again}\n{_instead(entry.id, again.part)}")
        if not paths:
            say(f"{entry.id}: no stored witness\n")
    return 1 if found else 0


def _instead(id: str, part: str) -> str:
    from verify.latex import to_unicode

    (check,) = (p for p in get(id).parts if p.part == part)
    return "".join(f"instead: {to_unicode(a.statement)}\n" for a in check.amendments)


def run(chosen: list[Entry], options: argparse.Namespace) -> int:
    """Judge claims and write what was found; the status of the run, or of its comparison."""
    from verify import exports, ledger
    from verify.report.command import checked_folder, pages
    from verify.verdict import exit_status

    if options.output:
        _check_folder(Path(options.output))
    if options.html:
        checked_folder(Path(options.html))
    formats = exports.asked(options)
    heads = _heads(options.on)
    recorded = ledger.read(options.expect) if options.expect else None
    asked = {"level": options.level, "seed": options.seed}
    results = _judged(chosen, options, heads)
    if not results:
        raise ValueError(f"nothing is left of {', '.join(options.names)}; see `doctor`")
    _write(results, options)
    if options.plot:
        _draw(chosen, Path(options.plot))
    if options.store:
        from verify.witness import store

        for result in results:
            store(result, Path(options.store))
    lines = None
    if recorded is not None:
        lines = ledger.drift(results, recorded, whole="all" in options.names)
    if options.html:
        pages(ledger.document(results, **asked), Path(options.html))
    if formats:
        exports.write(ledger.document(results, **asked), formats, lines)
    if lines is not None:
        return _compare(lines, len(results), ledger.how_recorded(recorded, **asked))
    return exit_status(results)


def _judged(chosen: list[Entry], options: argparse.Namespace, heads) -> list:
    """The results, from this machine or a cluster, with those that a checkpoint holds."""
    from verify.progress import shown
    from verify.runner import resumed, run_all

    if options.cluster is not None and options.jobs is not None:
        raise ValueError(f"--jobs is for runs without --cluster, got {options.jobs}")
    asked = {"level": options.level, "seed": options.seed, "heads": heads}
    where = {"jobs": _jobs(options, chosen), "cluster": options.cluster}
    with resumed(options.resume, **asked) as kept, shown(chosen) as progress:
        return list(run_all(chosen, **asked, **where, checkpoint=kept, progress=progress))


def _check_folder(path: Path) -> None:
    """Said before a long run, not after it."""
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(f"--output must be a file in an existing folder, got {path}")


def _jobs(options: argparse.Namespace, chosen: list[Entry]) -> int:
    if options.jobs is None and len(chosen) > 1:
        from joblib import cpu_count

        return min(cpu_count(), len(chosen))
    return min(options.jobs or 1, len(chosen))


def _heads(path: str | None):
    if path is None:
        return None
    from spectral.heads import load_heads

    return load_heads(path)


def _write(results, options: argparse.Namespace) -> None:
    from verify import ledger
    from verify.files import write_text

    if options.json:
        text = ledger.dumps(ledger.document(results, level=options.level, seed=options.seed))
    elif options.output:
        text = "\n\n".join(map(str, results)) + "\n"
    else:
        text = _for_terminal(results)
    if options.output:
        write_text(Path(options.output), text)
    else:
        say(text)


def _for_terminal(results) -> str:
    """With colour where stdout is a terminal, without trailing blanks where it is not."""
    from verify.terminal import new_console, show, stripped, summary

    console = new_console()
    with console.capture() as captured:
        for result in results:
            show(result, console)
        if len(results) > 1:
            console.print(summary(results))
    return captured.get() if console.is_terminal else stripped(captured.get())


def _draw(chosen: list[Entry], folder: Path) -> None:
    from verify.plotting import draw

    drawn = [path for entry in chosen if (path := draw(entry, folder))]
    names = ", ".join(map(str, drawn)) or "none of these claims has a picture"
    print(f"drawn: {names}", file=sys.stderr)


def _compare(drift: list[str], count: int, how: str) -> int:
    for line in drift:
        print(f"drift: {line}", file=sys.stderr)
    if drift and how:
        print(f"drift: {how}", file=sys.stderr)
    if not drift:
        print(f"{count} claims as recorded", file=sys.stderr)
    return 1 if drift else 0


def say(text: str) -> None:
    """Text to stdout; a reader that has seen enough (`| head`) changes nothing of the status."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
