"""`python -m verify doctor`: what works here, and what each missing piece costs.

Exit status 0 where everything that is needed works and no pack of claims is broken, 2 elsewhere.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from verify import registry
from verify.commands import say
from verify.installed import extras, program
from verify.packs import LeftOut, declared, python_files

WORKS, MISSING, BROKEN = "works", "missing", "broken"
_SIGNS = {WORKS: "✓", MISSING: "-", BROKEN: "✗"}


@dataclass(frozen=True)
class Line:
    """One thing that was looked at.  Missing: can be done without, at a cost.  Broken: cannot."""

    section: str
    name: str
    state: str
    said: str
    cost: str = ""


def main(arguments: list[str]) -> int:
    """Look at everything, print it, say how it is."""
    parser = argparse.ArgumentParser(
        prog="python -m verify doctor",
        description="What works here, and what each missing piece costs.",
        epilog="exit status: 0 all that is needed works, 2 something is broken",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument(
        "--path", metavar="DIR", action="append", default=[], help="look at the claims of DIR too"
    )
    options = parser.parse_args(arguments)
    for folder in options.path:
        registry.add_folder(Path(folder))
    lines = list(looked_at())
    say(_as_json(lines) if options.json else _as_text(lines))
    return 2 if any(line.state == BROKEN for line in lines) else 0


def looked_at() -> Iterator[Line]:
    """All there is to say, section by section."""
    yield from (Line("program", *line) for line in program())
    yield from _arithmetic()
    yield from _backends()
    yield from (Line("extras", *line) for line in extras())
    yield from _claims()


def _arithmetic() -> Iterator[Line]:
    """A ball and a rational are computed, not only imported: verdicts rest on them."""
    try:
        from fractions import Fraction

        import numpy as np

        from spectral import linalg
        from spectral.balls import Ball, precision

        with precision(128):
            root = Ball(2).sqrt()
            right = abs(root * root - 2) < Fraction(1, 10**30)
        inverse = linalg.inv(np.array([[Fraction(2), Fraction(1)], [Fraction(1), Fraction(1)]]))
        exact = inverse.tolist() == [[1, -1], [-1, 2]]
    except Exception as error:
        yield Line("arithmetic", "balls and rationals", BROKEN, f"{type(error).__name__}: {error}",
                   "nothing can be certified")  # fmt: skip
        return
    said = f"sqrt(2) = {root.arb.str(20)} at 128 bits"
    cost = "nothing can be certified"
    yield Line("arithmetic", "balls", WORKS if right else BROKEN, said, "" if right else cost)
    said = "[[2, 1], [1, 1]]^-1 = [[1, -1], [-1, 2]]"
    yield Line("arithmetic", "rationals", WORKS if exact else BROKEN, said, "" if exact else cost)


_WITHOUT = {
    "numba": "attention kernels in NumPy: the same numbers, slower on one core and more",
    "cuda": "no kernels on an NVIDIA GPU",
    "cupy": "no arrays on an NVIDIA GPU",
}


def _backends() -> Iterator[Line]:
    from gpu import backends

    try:
        found = backends()
    except Exception as error:  # a driver that is half there
        yield Line("backends", "all", BROKEN, f"{type(error).__name__}: {error}", "NumPy only")
        return
    for name, backend in found.items():
        cost = "" if backend.works else _WITHOUT.get(name, "")
        yield Line("backends", name, WORKS if backend.works else MISSING, backend.device, cost)


def _claims() -> Iterator[Line]:
    """How many there are, and every broken file of other people: here they are imported."""
    known = registry.entries()
    shipped = [e for e in known if not e.file]
    yield Line("claims", "shipped", WORKS, f"{len(shipped)} claims")
    outside: dict[Path, list] = {}
    for entry in known:
        if entry.file:
            outside.setdefault(Path(entry.file).parent, []).append(entry)
    for folder, entries in outside.items():
        broken = [line for entry in entries if (line := _broken(entry))]
        yield from broken
        yield from _unread(folder)
        if not broken:
            yield Line("claims", str(folder), WORKS, f"{len(entries)} claims")
    for left in registry.left_out():
        yield Line("claims", left.where, BROKEN, LeftOut("", left.why).why, "left out of every run")


def _broken(entry: registry.Entry) -> Line | None:
    try:
        if registry.load(entry).parts:
            return None
        said = "the claim has no parts"
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    where = f"{entry.id} in {entry.file}"
    return Line("claims", where, BROKEN, " ".join(said.split()), "left out of every run")


def _unread(folder: Path) -> Iterator[Line]:
    """Files that build a Claim whose id and title are not written out, so that nobody finds it."""
    for path in python_files(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "Claim(" in text.replace("import Claim", "") and not _declared(path):
            said = 'a claim is found by its text: Claim("paper/kind1", "title"), both written out'
            yield Line("claims", str(path), BROKEN, said, "not found")


def _declared(path: Path) -> list:
    """The claims of a file; none where it cannot be read, which `left_out` tells."""
    try:
        return declared(path)
    except UnicodeDecodeError:
        return [("", "")]


def _as_text(lines: list[Line]) -> str:
    text, section = "", ""
    width = max(len(line.name) for line in lines if len(line.name) <= 24)
    for line in lines:
        if line.section != section:
            text += ("\n" if text else "") + line.section + "\n"
            section = line.section
        text += f"  {_SIGNS[line.state]} {line.name:<{width}}  {line.said}\n"
        text += f"    {'':<{width}}  {line.cost}\n" if line.cost else ""
    broken = sum(line.state == BROKEN for line in lines)
    return text + f"\n{f'{broken} broken' if broken else 'all that is needed works'}\n"


def _as_json(lines: list[Line]) -> str:
    document = {"schema": "doctor/1", "lines": [asdict(line) for line in lines]}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
