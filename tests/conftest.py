"""Shared by the tests of the claims: all of them judged once, at the level of the ledger."""

import pytest

from verify.registry import entries
from verify.runner import run_all


@pytest.fixture(scope="session")
def results():
    """The result of every claim, by id."""
    return {r.id: r for r in run_all(entries(), level="standard", seed=0, jobs=2)}
