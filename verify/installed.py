"""What is installed: this program, what it needs, and its extras, by its own metadata."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

NAME = "refutable"
_LEAST_PYTHON = (3, 11)

# Extra -> what cannot be done without it.
WITHOUT = {
    "cluster": "no --cluster: a sweep runs on this machine",
    "numba": "attention kernels in NumPy, which are slower",
    "gpu": "nothing runs on an NVIDIA GPU",
    "models": "no `capture`: heads of live models have to come as files",
    "notebooks": "the notebooks can be read, not run",
    "plot": "no --plot",
    "test": "the tests cannot be run",
}
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:[>=]=\s*([\d.]+))?[^;]*(?:;.*extra == .(\w+).)?")


def program() -> Iterator[tuple[str, str, str, str]]:
    """(name, state, what is there, cost) of Python, this program and all that it needs."""
    old = sys.version_info < _LEAST_PYTHON
    yield "python", "broken" if old else "works", f"{platform.python_version()}, {_machine()}", ""
    try:
        needed = requires(NAME) or []
        yield NAME, "works", version(NAME), ""
    except PackageNotFoundError:
        cost = "no pytest plugin, no check of what it needs"
        yield NAME, "missing", "run from its source, not installed", cost
        return
    for name, least, extra in map(_read, needed):
        if not extra:
            state, said = _found(name, least)
            cost = "" if state == "works" else "needed: python -m pip install refutable"
            yield name, "works" if state == "works" else "broken", said, cost


def extras() -> Iterator[tuple[str, str, str, str]]:
    """(extra, state, versions there, cost of what is missing)."""
    try:
        needed = requires(NAME) or []
    except PackageNotFoundError:
        return
    found: dict[str, list] = {}
    for name, least, extra in map(_read, needed):
        if extra:
            found.setdefault(extra, []).append((name, *_found(name, least)))
    for extra, libraries in found.items():
        said = ", ".join(f"{name} {there}" for name, _, there in libraries)
        if all(state == "works" for _, state, _ in libraries):
            yield extra, "works", said, ""
        else:
            cost = WITHOUT.get(extra, "")
            yield extra, "missing", said, f"{cost}: pip install '{NAME}[{extra}]'".lstrip(": ")


def _read(requirement: str) -> tuple[str, str, str]:
    """(name, least version, extra) of "numba>=0.60; extra == 'gpu'"."""
    name, least, extra = _REQUIREMENT.match(requirement).groups()
    return name, least or "", extra or ""


def _found(name: str, least: str) -> tuple[str, str]:
    """(state, version or what is wrong) of one library, which is not imported."""
    try:
        there = version(name)
    except PackageNotFoundError:
        return "missing", "is not installed"
    if least and _numbers(there) < _numbers(least):
        return "missing", f"{there} (needs {least})"
    return "works", there


def _numbers(text: str) -> list[int]:
    """[2, 13, 0] of "2.13.0+cpu"."""
    return [int(n) for n in re.findall(r"\d+", text.partition("+")[0])]


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}"
