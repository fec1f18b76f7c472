"""`python -m verify new PAPER/THEOREM`: a claim file that runs at once, to be written over.

Exit status: 0 written, 2 a name that is no id, a claim or a file that exists already.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from verify import registry
from verify.commands import say
from verify.packs import python_files, read

_ID = re.compile(r"[a-z0-9_-]+/[a-z][a-z0-9_.]*")
_SKELETON = Path(__file__).parent / "data" / "skeleton.txt"


def main(arguments: list[str]) -> int:
    """Write the file and say how to run it."""
    parser = argparse.ArgumentParser(
        prog="python -m verify new",
        description="Write a claim file that runs at once: a small true statement to write over.",
        epilog="exit status: 0 written, 2 bad name, or it is there already",
        allow_abbrev=False,
    )
    parser.add_argument("name", metavar="PAPER/THEOREM", help="its id, such as mine/theorem1")
    parser.add_argument("--path", metavar="DIR", type=Path, default=Path(), help="default: here")
    options = parser.parse_args(arguments)
    path = written(options.name, options.path)
    say(f"wrote {path}; now: python -m verify {options.name} --path {options.path}\n")
    return 0


def written(name: str, folder: Path) -> Path:
    """Write the skeleton of a claim, `theorem1.py` of "mine/theorem1", into a folder.

    *Raises* ValueError for a name that is no id or that is taken, and for a folder that is none;
    FileExistsError where the file is there: nothing is overwritten.
    """
    if not _ID.fullmatch(name):
        raise ValueError(f"name must look like 'mine/theorem1', in lower case, got {name!r}")
    if not folder.is_dir():
        raise ValueError(f"--path must be an existing folder, got {folder}")
    beside = (read(path) for path in python_files(folder))
    taken = {id for claims in beside if isinstance(claims, list) for id, _ in claims}
    if name in taken.union(entry.id for entry in registry.entries()):
        raise ValueError(f"name must be that of a new claim, and there is a {name}")
    paper, _, bare = name.partition("/")
    path = folder / f"{bare.replace('.', '_')}.py"
    text = _SKELETON.read_text(encoding="utf-8")
    text = text.replace("THEOREM", bare).replace("PAPER", paper)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
