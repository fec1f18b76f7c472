"""Shared by the tests of the engine: toy claims, and each claim judged once at level quick."""

from functools import cache
from pathlib import Path

import pytest

from verify import registry, run

TOYS = Path(__file__).parents[1] / "data" / "toys"


@pytest.fixture(scope="session")
def found():
    """The result of a claim at level quick, computed when first asked for."""
    return cache(lambda id: run(id, level="quick"))


@pytest.fixture
def toys(monkeypatch):
    """The toy claims are claims too, for one test; the folder of their files."""
    monkeypatch.setattr(registry, "_folders", [TOYS])
    return TOYS
