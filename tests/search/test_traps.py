"""What must not be called refuted: true statements at equality, and where floats go wrong."""

import pytest

from verify.search import CLEAR, LEVELS, Trail

from . import traps_chains, traps_pairs, traps_vectors
from .planting import found

TABLES = (traps_pairs.pairs, traps_chains.chains, traps_vectors.vector)
TRAPS = [pytest.param(check, id=check.part) for table in TABLES for check in table.parts]

# Float64 violates these by far, not by rounding at equality.
FLOATS_VIOLATE = (
    "shifted-eigenvector",
    "rank-of-congruent",
    "inverse-of-floats",
    "foster",
    "shift",
    "moments",
    "cauchy-schwarz",
    "rank-of-scaled",
)


def test_there_are_ten_at_least():
    assert len(TRAPS) >= 10


@pytest.mark.parametrize("check", TRAPS)
def test_not_refuted(check):
    finding = found(check, 0)
    assert finding.verdict == ("inconclusive" if check.part == "inverse-of-floats" else "supported")
    assert finding.accepted >= 100


def test_what_only_floats_say_is_reported_as_such():
    (check,) = (p for p in traps_pairs.pairs.parts if p.part == "inverse-of-floats")
    finding = found(check, 0)
    assert finding.reason.startswith("float-only: violated by a relative")


@pytest.mark.parametrize("check", TRAPS)
def test_every_trap_tempts(check):
    """Its fixed cases reach equality, or a violation in float64: else it would be no trap."""
    trail = Trail()
    for case in check.given.tuples(check.given.fixed()):
        if trail.cases < LEVELS["quick"].fixed:
            trail.visit(check, case)
    if check.part in FLOATS_VIOLATE:
        assert max(margin for margin, _ in trail.nominated) > 1000 * CLEAR
    else:
        assert trail.at_equality or trail.nominated or trail.tightness > 0.5
