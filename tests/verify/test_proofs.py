"""The algebra of proofs: every function is the proof of some claim, and says what it shows."""

from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import pytest

import verify.proofs
from verify.claim import Check
from verify.registry import entries, load

MODULES = sorted(p.stem for p in Path(verify.proofs.__file__).parent.glob("[a-z]*.py"))


def own_functions(name):
    module = import_module(f"verify.proofs.{name}")
    return [f for _, f in getmembers(module, isfunction) if f.__module__ == module.__name__]


@pytest.fixture(scope="module")
def used():
    checks = [p for e in entries() for p in load(e).parts if isinstance(p, Check)]
    checks += [a for check in checks for a in check.amendments]
    return {proof for check in checks for proof in check.proofs}


@pytest.mark.parametrize("name", MODULES)
def test_each_is_the_proof_of_a_claim(name, used):
    assert [f.__name__ for f in own_functions(name) if f not in used] == []


@pytest.mark.parametrize("proof", [f for m in MODULES for f in own_functions(m)])
def test_each_says_what_it_shows(proof):
    assert proof.__doc__
    assert list(proof())
