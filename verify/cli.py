"""Arguments in, exit status out.

0  every stated part holds or is supported (with --expect: everything is as recorded)
1  something is refuted (or drifted)
2  bad usage or bad input
3  inconclusive or vague only
130  interrupted (nothing half-written)
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; errors of the user are one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return _dispatch(options)
    except KeyboardInterrupt:
        return _fail("interrupted; nothing was written", 130)
    except BrokenPipeError:  # `| head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ValueError, KeyError, OSError) as error:
        return _fail(str(error), 2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verify",
        description="Put theorems to the test: a verdict by part, with its evidence.",
        epilog="exit status: 0 holds or supported (as recorded, with --expect), 1 refuted or "
        "drifted, 2 bad input, 3 inconclusive or vague only, 130 interrupted",
    )
    add = parser.add_argument
    add(
        "names",
        nargs="+",
        metavar="ID",
        help="theorem30, unified/lemma8.2, a paper, `all`, `list`, or `replay FILE...`",
    )
    add(
        "--on",
        metavar="FILE",
        help="ask these attention heads (.npz, .safetensors), not the shipped",
    )
    add("--level", default="standard", help="quick, standard (default) or deep")
    add("--seed", type=int, default=0, help="seed of the random cases (default 0)")
    add("--jobs", type=_jobs, default=None, help="processes (default: one a core)")
    add("--witness", action="store_true", help="print and re-check the stored witnesses")
    add("--json", action="store_true", help="the result as JSON on stdout")
    add("--expect", metavar="LEDGER", help="compare with a recorded run; 1 on any drift")
    add("--output", metavar="FILE", help="write the result there, whole or not at all")
    add("--plot", metavar="DIR", help="draw the claims that have a picture, as DIR/ID.svg")
    add("--store", metavar="DIR", help="write the witnesses found as files under DIR")
    return parser


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a positive integer, got {text!r}")
    return int(text)


def _dispatch(options: argparse.Namespace) -> int:
    if options.names[0] == "list":
        return _list(options)
    if options.names[0] == "replay":
        return _replay([Path(f) for f in options.names[1:]])
    from verify.runner import select

    entries = select(options.names)
    if options.witness:
        return _witnesses(entries)
    return _run(entries, options)


def _list(options: argparse.Namespace) -> int:
    from verify.registry import entries, find

    names = options.names[1:]
    chosen = [e for n in names for e in find(n)] if names else entries()
    width = max((len(e.id) for e in chosen), default=0)
    sys.stdout.write("".join(f"{e.id:<{width}}  {e.title}\n" for e in chosen))
    return 0


def _replay(paths: list[Path]) -> int:
    from verify.witness import BadWitness, load, replay

    if not paths:
        raise ValueError("replay needs a witness file")
    for path in paths:
        try:
            print(f"refutes: {replay(load(path))}")
        except BadWitness as error:
            return _fail(f"rejected: {error}", 2)
    return 0


def _witnesses(entries) -> int:
    """Re-check what is stored; a claim that is not refuted has no witness, and says so."""
    from verify.witness import load, replay, stored

    found = 0
    for entry in entries:
        paths = stored(entry.id)
        found += len(paths)
        for path in paths:
            print(f"refutes: {replay(load(path))}")
        if not paths:
            print(f"{entry.id}: no stored witness")
    return 1 if found else 0


def _run(entries, options: argparse.Namespace) -> int:
    from verify import ledger
    from verify.progress import shown
    from verify.runner import run_all
    from verify.verdict import exit_status

    heads = _heads(options.on)
    recorded = ledger.read(options.expect) if options.expect else None
    results = []
    jobs = min(options.jobs or len(os.sched_getaffinity(0)), len(entries))
    with shown(entries) as progress:
        for result in run_all(
            entries,
            level=options.level,
            seed=options.seed,
            heads=heads,
            jobs=jobs,
            progress=progress,
        ):
            results.append(result)
    _write(results, options)
    if options.plot:
        _draw(entries, Path(options.plot))
    if options.store:
        from verify.witness import store

        for result in results:
            store(result, Path(options.store))
    if recorded is not None:
        return _compare(results, recorded)
    return exit_status(results)


def _draw(entries, folder: Path) -> None:
    from verify.plotting import draw

    drawn = [path for entry in entries if (path := draw(entry, folder))]
    names = ", ".join(map(str, drawn)) or "none of these claims has a picture"
    print(f"drawn: {names}", file=sys.stderr)


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
        return _print(results)
    if options.output:
        write_text(Path(options.output), text)
    else:
        sys.stdout.write(text)
    return None


def _print(results) -> None:
    from rich.console import Console

    from verify.terminal import show, summary

    console = Console()
    for result in results:
        show(result, console)
    if len(results) > 1:
        console.print(summary(results))


def _compare(results, recorded: dict) -> int:
    from verify import ledger

    lines = ledger.drift(results, recorded)
    for line in lines:
        print(f"drift: {line}", file=sys.stderr)
    if not lines:
        print(f"{len(results)} claims as recorded", file=sys.stderr)
    return 1 if lines else 0


def _fail(message: str, status: int) -> int:
    print(f"verify: {' '.join(message.split())}", file=sys.stderr)
    return status
