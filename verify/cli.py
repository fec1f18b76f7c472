"""Arguments in, exit status out.

0  every stated part holds or is supported (with --expect: everything is as recorded)
1  something is refuted (or drifted)
2  bad usage or bad input
3  inconclusive or vague only
130  interrupted (nothing half-written)
"""

from __future__ import annotations

import argparse
import sys
import traceback
from importlib import import_module
from pathlib import Path

from verify.exports import add_options as add_formats
from verify.interrupt import forget, insisting
from verify.registry import UnknownClaim, add_folder, left_out

# Commands with options of their own: each module has `main(arguments) -> exit status`.
COMMANDS: dict[str, str] = {
    "capture": "verify.capture",
    "report": "verify.report.command",
    "new": "verify.new",
    "doctor": "verify.doctor",
    "diff": "verify.diff",
    "compare": "verify.compare",
    "advise": "verify.advise",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; errors of the user are one line on stderr."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        with insisting():
            if arguments and arguments[0] in COMMANDS:
                return import_module(COMMANDS[arguments[0]]).main(arguments[1:])
            return _dispatch(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        forget()
        return _fail("interrupted; no file was left half-written", 130)
    except (ValueError, UnknownClaim, OSError) as error:
        return _fail(str(error), 2)
    except Exception:  # a defect; Python's own status for it would be 1, which says "refuted"
        traceback.print_exc()
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verify",
        description="Put theorems to the test: a verdict by part, with its evidence.  Other "
        f"commands, each with its --help: {', '.join(sorted(COMMANDS))}.",
        epilog="exit status: 0 holds or supported (as recorded, with --expect), 1 refuted or "
        "drifted, 2 bad input, 3 inconclusive or vague only, 130 interrupted",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "names",
        nargs="+",
        metavar="ID",
        help="theorem30, unified/lemma8.2, a paper, `all`; or `list`, `replay FILE...`, "
        "`compare [FILE]` and `advise [FILE]` (attention methods on heads), "
        "`theorems [LEDGER]` (what is recorded, as Markdown, or in the formats asked for)",
    )
    add(
        "--on",
        metavar="FILE",
        help="ask these attention heads (.npz, .safetensors), not the shipped",
    )
    add(
        "--level",
        default="quick",
        choices=("quick", "standard", "deep"),
        help="how hard to search (default quick; the ledger is at standard)",
    )
    add("--seed", type=_whole(0), default=0, help="seed of the random cases (default 0)")
    add("--jobs", type=_whole(1), default=None, help="processes (default: one a core)")
    add("--cluster", metavar="ADDRESS", help="judge on a Dask cluster (extra `cluster`)")
    add("--resume", metavar="FILE", help="keep finished claims there; take those it has from it")
    add("--witness", action="store_true", help="print and re-check the stored witnesses")
    add("--json", action="store_true", help="the result as JSON on stdout")
    add("--expect", metavar="LEDGER", help="compare with a recorded run; 1 on any drift")
    add("--output", metavar="FILE", help="write the result there, whole or not at all")
    add(
        "--path",
        metavar="DIR",
        action="append",
        default=[],
        help="look for claims in the files of DIR too",
    )
    add("--html", metavar="DIR", help="write the result as pages that open offline")
    add("--plot", metavar="DIR", help="draw the claims that have a picture, as DIR/ID.svg")
    add("--store", metavar="DIR", help="write the witnesses found as files under DIR")
    add_formats(parser)
    return parser


def _whole(least: int):
    """A parser of whole numbers from `least`."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise argparse.ArgumentTypeError(f"must be an integer >= {least}, got {text!r}")
        return int(text)

    return parse


def _dispatch(options: argparse.Namespace) -> int:
    from verify import commands

    for folder in options.path:
        add_folder(Path(folder))
    for broken in left_out():
        broken.say()
    if options.names[0] == "list":
        return commands.list_claims(options.names[1:])
    if options.names[0] == "theorems":
        return commands.overview(options)
    if options.names[0] == "replay":
        return commands.replay_files([Path(f) for f in options.names[1:]])
    from verify.runner import select

    entries = select(options.names)
    if options.witness:
        return commands.stored_witnesses(entries)
    return commands.run(entries, options)


def _fail(message: str, status: int) -> int:
    print(f"verify: {' '.join(message.split())}", file=sys.stderr)
    return status
