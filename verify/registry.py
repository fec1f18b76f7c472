"""Which claims exist and where: found by reading files, without importing them.

`python -m verify list` must feel instant, so titles are read from the text of the claim files
(`Claim("paper/theorem58", "title")`) and a module is imported when its claim is run.  Claims of
other people are found in the packages that they register and in the folders given with `--path`
(`verify.packs`).

A claim of the shipped papers that is too long for a file goes on in others: `theorem30_step1.py`
adds parts and amendments to the Claim of `theorem30.py`, which it imports.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verify.packs import LeftOut, Pack, declared, python_files, read, registered

HERE = Path(__file__).parent
OWN = ("far-field",)  # statements of this project, which no paper lists
PAPERS = ("sequence", "unified", "condensate", "rank", "schur", "spiking", *OWN)
_folders: list[Path] = []


class UnknownClaim(KeyError):
    """No claim has this id; the message names the nearest ones."""

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Entry:
    """A claim's id, its title, the module that declares it, and its file if that is outside."""

    id: str
    title: str
    module: str
    file: str = ""
    spare: bool = False  # of other people and not asked for by name: if it breaks, it is left out

    @property
    def order(self) -> tuple:
        """Papers in the order of the design, then the number in the paper."""
        paper, _, name = self.id.partition("/")
        numbers = [int(n) for n in re.findall(r"\d+", name)] or [0]
        rank = PAPERS.index(paper) if paper in PAPERS else len(PAPERS)
        return rank, paper, numbers, name


def room(paper: str) -> str:
    """The folder of a shipped paper, and the name of its package: far_field of far-field."""
    return paper.replace("-", "_")


def add_folder(folder: Path) -> None:
    """Look for claims in the Python files of a folder too.

    *Raises* ValueError where it is no folder or no file in it declares a claim.
    """
    folder = Path(folder).resolve()
    if not any(isinstance(c := read(path), list) and c for path in python_files(folder)):
        raise ValueError(f"a folder of claims must hold a .py file with a Claim, got {folder}")
    if folder not in _folders:
        _folders.append(folder)


def entries() -> list[Entry]:
    """Every claim there is, in order, but for what `left_out` names."""
    return sorted(_scan()[0], key=lambda e: e.order)


def left_out() -> list[LeftOut]:
    """What of other people cannot be taken in: no package, no text, an id that is taken."""
    return _scan()[1]


def _scan() -> tuple[list[Entry], list[LeftOut]]:
    """All claims; of two with one id the first counts, and a shipped one comes first."""
    found: dict[str, Entry] = {}
    broken = []
    for one in [*_shipped(), *_outside()]:
        if isinstance(one, LeftOut):
            broken.append(one)
        elif (first := found.setdefault(one.id, one)) is not one:
            why = f"claim ids must be distinct, and {first.file or first.module} has it too"
            broken.append(LeftOut(f"{one.id} in {one.file or one.module}", why))
    return list(found.values()), broken


def _shipped() -> Iterator[Entry]:
    for paper in PAPERS:
        for path in python_files(HERE / room(paper)):
            for id, title in declared(path):
                yield Entry(id, title, f"verify.{room(paper)}.{path.stem}")


def _outside() -> Iterator[Entry | LeftOut]:
    for pack in [*registered(), *map(Pack, _folders)]:
        if isinstance(pack, LeftOut):
            yield pack
            continue
        for path in python_files(pack.folder):
            claims = read(path)
            if isinstance(claims, LeftOut):
                yield claims
                continue
            for id, title in claims:
                yield Entry(id, title, pack.module(path), str(path))


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
    """Import a claim's module, and those in which it goes on, and return its Claim."""
    from verify.claim import Claim

    module = _module(entry)
    for name in _continuations(entry):
        importlib.import_module(name)
    for value in vars(module).values():
        if isinstance(value, Claim) and value.id == entry.id:
            return value
    raise UnknownClaim(f"{entry.module} declares no claim {entry.id!r}")


def _module(entry: Entry):
    if not entry.module.startswith("claims_of_"):
        return importlib.import_module(entry.module)
    if entry.module not in sys.modules:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location(entry.module, entry.file)
        module = module_from_spec(spec)
        sys.modules[entry.module] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[entry.module]
            raise
    return sys.modules[entry.module]


def _continuations(entry: Entry) -> list[str]:
    """The modules in which a shipped claim goes on: theorem30_step1 after theorem30, say."""
    if entry.file:
        return []
    paper, _, stem = entry.module.removeprefix("verify.").partition(".")
    beside = python_files(HERE / paper)
    names = [p.stem for p in beside if p.stem.startswith(f"{stem}_") and not declared(p)]
    return [f"verify.{paper}.{name}" for name in names]


def get(name: str):
    """The Claim of an id, e.g. get("theorem58") or get("unified/lemma8.2")."""
    return load(find(name)[0])


def _nearest(name: str, known: list[Entry]) -> str:
    """The ids spelled most like a name; papers may be left out of it, blanks and capitals stray."""
    from difflib import get_close_matches

    spelled: dict[str, list[str]] = {}
    for e in known:
        paper, _, bare = e.id.partition("/")
        spelled[paper.lower()] = [paper]
        for spelling in (e.id, bare):
            spelled.setdefault(spelling.lower(), []).append(e.id)
    close = get_close_matches("".join(name.lower().split()), spelled, n=3)
    if not close:
        return "`python -m verify list` has them all"
    ids = dict.fromkeys(id for spelling in close for id in spelled[spelling])
    return f"did you mean {', '.join(ids)}?"
