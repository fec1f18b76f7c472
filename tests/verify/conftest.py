"""Shared by the tests of the engine: toy claims."""

from pathlib import Path

import pytest

from verify import registry

TOYS = Path(__file__).parents[1] / "data" / "toys"


@pytest.fixture
def toys(monkeypatch):
    """The toy claims are claims too, for one test; the folder of their files."""
    monkeypatch.setattr(registry, "_folders", [TOYS])
    return TOYS
