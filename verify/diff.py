"""`python -m verify diff A.json B.json`: what changed from one recorded run to another.

Exit status: 0 nothing that counts (verdicts, evidence, witnesses, mutants, parts), 1 something,
2 bad input.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from verify import ledger
from verify.commands import say


def main(arguments: list[str]) -> int:
    """Compare two runs and print a line a change."""
    parser = argparse.ArgumentParser(
        prog="python -m verify diff",
        description="Changes of verdict, evidence, witness and mutants between two runs (--json).",
        epilog="exit status: 0 the same, 1 changed, 2 bad input",
        allow_abbrev=False,
    )
    parser.add_argument("before", metavar="A.json", type=Path)
    parser.add_argument("after", metavar="B.json", type=Path)
    options = parser.parse_args(arguments)
    before, after = ledger.read(options.before), ledger.read(options.after)
    how = ledger.how_recorded(before, level=after.get("level"), seed=after.get("seed"))
    if how:
        print(f"verify: {how}: not the same run", file=sys.stderr)
    lines = ledger.changes(before, after)
    say("".join(f"{line}\n" for line in lines))
    if not lines:
        print(f"{len(after['claims'])} claims, no change", file=sys.stderr)
    return 1 if lines else 0
