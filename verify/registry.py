"""Which claims exist and where: found by reading files, without importing them.

`python -m verify list` must feel instant, so titles are read from the text of the claim files
(`Claim("paper/theorem58", "title")`) and a module is imported when its claim is run.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAPERS = ("sequence", "unified", "condensate", "rank", "schur", "spiking")
_CLAIM = re.compile(r"Claim\(\s*\"([\w-]+/[\w.]+)\",\s*\"((?:[^\"\\]|\\.)*)\"")


class UnknownClaim(KeyError):
    """No claim has this id; the message names the nearest ones."""

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Entry:
    """A claim's id, its title, and the module that declares it."""

    id: str
    title: str
    module: str

    @property
    def order(self) -> tuple:
        """Papers in the order of the design, then the number in the paper."""
        paper, _, name = self.id.partition("/")
        numbers = [int(n) for n in re.findall(r"\d+", name)] or [0]
        rank = PAPERS.index(paper) if paper in PAPERS else len(PAPERS)
        return rank, paper, numbers, name


def entries() -> list[Entry]:
    """Every claim of this package, in order."""
    found = [
        Entry(id, title, f"verify.{path.parent.name}.{path.stem}")
        for paper in PAPERS
        for path in sorted((HERE / paper).glob("[a-z]*.py"))
        for id, title in _CLAIM.findall(path.read_text(encoding="utf-8"))
    ]
    return sorted(found, key=lambda e: e.order)


def find(name: str) -> list[Entry]:
    """The claims of an id, of a bare id (the sequence paper) or of a whole paper."""
    known = entries()
    if name in {e.id.partition("/")[0] for e in known}:
        return [e for e in known if e.id.startswith(name + "/")]
    full = name if "/" in name else f"sequence/{name}"
    match = [e for e in known if e.id == full]
    if not match:
        raise UnknownClaim(f"no claim {name!r}; {_nearest(name, known)}")
    return match


def load(entry: Entry):
    """Import a claim's module and return its Claim."""
    from verify.claim import Claim

    module = importlib.import_module(entry.module)
    for value in vars(module).values():
        if isinstance(value, Claim) and value.id == entry.id:
            return value
    raise UnknownClaim(f"{entry.module} declares no claim {entry.id!r}")


def get(name: str):
    """The Claim of an id, e.g. get("theorem58") or get("unified/lemma8.2")."""
    return load(find(name)[0])


def _nearest(name: str, known: list[Entry]) -> str:
    from difflib import get_close_matches

    spelled = {e.id: e.id for e in known} | {
        e.id.removeprefix("sequence/"): e.id for e in known if e.id.startswith("sequence/")
    }
    close = get_close_matches(name.lower(), spelled, n=3, cutoff=0.4)
    if not close:
        return "`python -m verify list` has them all"
    return "did you mean " + ", ".join(dict.fromkeys(close)) + "?"
