"""The arrows of the design: verify -> {spectral, thermo, quantization} -> gpu, one way."""

import ast
import re
import sys
from pathlib import Path

import pytest

import verify
from verify.registry import PAPERS, room

ROOT = Path(__file__).parent.parent
BELOW = {
    "gpu": set(),
    "spectral": {"gpu"},
    "thermo": {"gpu"},
    "quantization": {"gpu"},
    "verify": {"spectral", "thermo", "quantization", "gpu"},
}
FILES = [path for package in BELOW for path in sorted((ROOT / package).rglob("*.py"))]
ROOMS = [room(paper) for paper in PAPERS]
CLAIM_FILES = [p for r in ROOMS for p in sorted((ROOT / "verify" / r).glob("[a-z]*.py"))]
GPU_LIBRARIES = {"cupy", "cupyx", "numba", "cuda", "pycuda", "triton", "jax"}
VAGUE_NAMES = {"utils", "util", "common", "misc", "helpers", "helper", "tools", "base", "core"}


def name(path):
    return path.relative_to(ROOT).as_posix()


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """The dotted names that a file imports, wherever in it; relative ones made absolute."""
    package = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_go_one_way(path):
    own = path.relative_to(ROOT).parts[0]
    ours = {module.partition(".")[0] for module in imported(path)} & set(BELOW)
    assert ours <= BELOW[own] | {own}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_private_module_stays_in_its_package(path):
    own = path.relative_to(ROOT).parts[0]
    private = [m for m in imported(path) if re.search(r"\._(?!_)", m) and m.split(".")[0] in BELOW]
    assert [m for m in private if m.split(".")[0] != own] == []


@pytest.mark.parametrize("path", [p for p in FILES if "gpu" not in p.parts], ids=name)
def test_no_gpu_library_is_named_outside_gpu(path):
    parts = {part for module in imported(path) for part in module.split(".")}
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert (parts | names) & GPU_LIBRARIES == set()


def test_a_module_is_named_by_what_is_in_it():
    assert [name(p) for p in FILES if p.stem.strip("_") in VAGUE_NAMES] == []


# Claim files: mathematics only ------------------------------------------------------------

PUBLIC = {*verify.__all__, "given"}
MATHEMATICS = {"numpy", "scipy", "sympy", "networkx", "sklearn", *BELOW}


def verify_names(path):
    """What a claim file takes from `verify`, as (module, name)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "verify":
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", CLAIM_FILES, ids=name)
def test_a_claim_file_imports_mathematics_and_public_names(path):
    for module, taken in verify_names(path):
        sibling = module.startswith(tuple(f"verify.{r}" for r in ROOMS))
        given = module == "verify.given" and taken in verify.given.__all__
        proof = module.startswith("verify.proofs.")
        public = taken in PUBLIC and module in ("verify", verify._HOME[taken])
        assert sibling or given or proof or public, f"{module}.{taken}"
    foreign = {module.partition(".")[0] for module in imported(path)} - sys.stdlib_module_names
    assert foreign <= MATHEMATICS


def is_named(node, names):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in names


@pytest.mark.parametrize("path", CLAIM_FILES, ids=name)
def test_a_claim_file_neither_prints_nor_asserts(path):
    nodes = list(ast.walk(tree(path)))
    assert not any(isinstance(node, ast.Assert) for node in nodes)
    assert not any(is_named(node, {"print", "open", "input"}) for node in nodes)


# Functions whose floats are no part of a check that is certified: what is measured, drawn or
# tabulated, and the events of a probability, which are repeated in float64.
FLOATS_ALLOWED = {"vague", "plot", "table", "proof"}


def exempt(function):
    """Whether a function is decorated as one of those."""
    calls = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return any(getattr(call, "attr", "") in FLOATS_ALLOWED for call in calls)


def checks(module):
    """The functions of a module that are decorated as parts, amendments and mutants."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.decorator_list and not exempt(node):
            yield node


@pytest.mark.parametrize("path", CLAIM_FILES, ids=name)
def test_no_check_has_a_float_literal(path):
    for function in checks(tree(path)):
        body = [node for line in function.body for node in ast.walk(line)]
        floats = [n.value for n in body if isinstance(n, ast.Constant) and type(n.value) is float]
        assert floats == [], function.name


def asserts_something(module):
    """Whether a file declares claims with a part that can be true or false."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    methods = {getattr(call.func, "attr", "") for call in calls}
    return any(is_named(call, {"Claim"}) for call in calls) and methods & {"part", "vague"}


@pytest.mark.parametrize("path", CLAIM_FILES, ids=name)
def test_statement_and_verdict_come_first(path):
    docstring = ast.get_docstring(tree(path))
    words = ["\nStatement", "\nVerdict", "\nSource."]
    places = [docstring.find(word) for word in words]
    if asserts_something(tree(path)):
        assert -1 not in places
        assert places == sorted(places)
