"""What a result comes from: the code and the libraries, in a form that two runs can compare."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGES = ("gpu", "quantization", "spectral", "thermo", "verify")


@cache
def provenance() -> dict[str, str]:
    """Version, digest of the sources, Python, platform and libraries, each as text by its name.

    The digest is over all Python files of the packages and the shipped heads, so that a checkout
    between two versions is not taken for either.
    """
    import verify
    from verify.ledger import environment

    return {"refutable": verify.__version__, "sources": _sources(), **environment()}


def differences(here: dict[str, str], there: dict[str, str]) -> str:
    """What two provenances differ in, as "numpy 2.3.0, here 2.4.1"; "" where in nothing."""
    names = dict.fromkeys([*here, *there])
    return ", ".join(
        f"{name} {there.get(name, 'unknown')}, here {here.get(name, 'unknown')}"
        for name in names
        if here.get(name) != there.get(name)
    )


def file_digest(path: str) -> str:
    """SHA-256 of a claim file outside the package; "" for "", a claim inside it."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""


def heads_digest(heads) -> str:
    """SHA-256 over names, masks and entries of heads; "shipped" where None were given."""
    if heads is None:
        return "shipped"
    digest = hashlib.sha256()
    for head in heads:
        digest.update(repr((head.name, head.causal, head.q.shape)).encode())
        for array in (head.q, head.k, head.v):
            digest.update(array.tobytes())
    return digest.hexdigest()


def _sources() -> str:
    digest = hashlib.sha256()
    for package in _PACKAGES:
        (folder,) = find_spec(package).submodule_search_locations
        for path in sorted([*Path(folder).rglob("*.py"), *Path(folder).rglob("*.npz")]):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
