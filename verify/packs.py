"""Claims of other people: packages under the entry-point group `verify.claims`, and folders.

What is broken is left out, by name and with its reason, and nothing else with it.  Nothing is
imported to list claims: their text is read.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GROUP = "verify.claims"
_CLAIM = re.compile(r"Claim\(\s*\"([\w-]+/[\w.]+)\",\s*\"((?:[^\"\\]|\\.)*)\"")


@dataclass(frozen=True)
class LeftOut:
    """What could not be taken in, and why, in one line."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {' '.join(self.why.split())}"

    def say(self) -> None:
        """The line on stderr."""
        print(f"verify: left out {self} (`python -m verify doctor`)", file=sys.stderr)


@dataclass(frozen=True)
class Pack:
    """A folder of claim files; `package` is its dotted name where it is registered by one."""

    folder: Path
    package: str = ""

    def module(self, path: Path) -> str:
        """The name its file is imported under: that of the package, or one of this path alone."""
        if self.package:
            return f"{self.package}.{path.stem}"
        return f"claims_of_{self.folder.name}_{zlib.crc32(bytes(self.folder)):08x}.{path.stem}"


def registered() -> Iterator[Pack | LeftOut]:
    """The packages that are registered; they are not imported."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in entry_points(group=GROUP):
        try:  # of a dotted name the packages above are imported, which may do anything
            spec = find_spec(point.value)
        except Exception as error:
            yield LeftOut(f"entry point {point.name}", f"{type(error).__name__}: {error}")
            continue
        if spec is None or not spec.submodule_search_locations:
            yield LeftOut(f"entry point {point.name}", f"must name a package, got {point.value!r}")
            continue
        for folder in spec.submodule_search_locations:
            yield Pack(Path(folder), point.value)


def python_files(folder: Path) -> list[Path]:
    """Those that may hold claims: of a lower-case name."""
    return sorted(folder.glob("[a-z]*.py"))


def declared(path: Path) -> list[tuple[str, str]]:
    """(id, title) of each claim in a file."""
    return _CLAIM.findall(path.read_text(encoding="utf-8"))


def read(path: Path) -> list[tuple[str, str]] | LeftOut:
    """The claims of somebody's file, or why it cannot be read."""
    try:
        return declared(path)
    except (OSError, UnicodeDecodeError) as error:
        return LeftOut(str(path), f"{type(error).__name__}: {error}")
