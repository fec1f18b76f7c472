"""`--junit`, `--markdown`, `--csv`, `--latex`: a run, or the recorded one, for other programs."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

# Option -> (function that turns a document into text, what is written, for --help).
FORMATS = {
    "junit": ("verify.junit.junit", "JUnit XML, a testcase a part"),
    "markdown": ("verify.markdown.markdown", "a page of Markdown, a table a claim"),
    "csv": ("verify.spreadsheet.comma_separated", "comma-separated values, a row a part"),
    "latex": ("verify.macros.macros", r"LaTeX macros: \verdict{sequence/theorem58}"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """An option a format, each with the file to write."""
    for name, (_, what) in FORMATS.items():
        parser.add_argument(f"--{name}", metavar="FILE", help=f"write {what}")


def asked(options: argparse.Namespace) -> dict[str, Path]:
    """The formats that are asked for, and where to; checked before a long run, not after it.

    *Raises* ValueError for a folder, or a file in a folder that does not exist.
    """
    chosen = {f: Path(path) for f in FORMATS if (path := getattr(options, f, None))}
    for name, path in chosen.items():
        if path.is_dir() or not path.parent.is_dir():
            raise ValueError(f"--{name} must be a file in an existing folder, got {path}")
    return chosen


def write(doc: dict, chosen: dict[str, Path], drift: list[str] | None = None) -> None:
    """Write a document in the formats chosen, each file whole or not at all.

    drift: where the document departs from a recorded one, if it was compared: JUnit says so.
    """
    from verify.files import write_text

    for name, path in chosen.items():
        module, _, function = FORMATS[name][0].rpartition(".")
        more = (drift,) if name == "junit" else ()
        write_text(path, getattr(import_module(module), function)(doc, *more))
