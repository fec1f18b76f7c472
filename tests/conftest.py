"""Shared by the tests of the claims: those that the selected tests ask for, judged once."""

import pytest

from verify.registry import entries
from verify.runner import run_all

collect_ignore = ["outside_project"]  # run by tests/verify/test_pytest_plugin.py, on its own


@pytest.fixture(scope="session")
def results(request):
    """The result of every claim that a selected test is about, by id, at the ledger's level."""
    asked = _asked(request.session.items)
    chosen = [e for e in entries() if asked is None or e.id in asked]
    return {r.id: r for r in run_all(chosen, level="standard", seed=0, jobs=2)}


def _asked(items) -> set[str] | None:
    """Ids that the tests with results are parametrised by; None if one of them is about all."""
    ids = set()
    for item in items:
        if "results" in item.fixturenames:
            values = item.callspec.params if hasattr(item, "callspec") else {}
            named = values.get("id") or getattr(values.get("entry"), "id", None)
            if named is None:
                return None
            ids.add(named)
    return ids
