"""The test of the search itself: the default budget finds every planted falsehood, on each seed."""

from dataclasses import replace

import pytest

from verify.judge import find
from verify.search import CLEAR, LEVELS, climb_ladder

from . import planted_chains, planted_graphs, planted_pairs, planted_softmax, planted_ternary
from .planting import found, size_of

TABLES = (
    planted_pairs.pairs,
    planted_chains.chains,
    planted_graphs.graphs,
    planted_softmax.softmaxes,
    planted_ternary.ternary,
)
PLANTED = [pytest.param(check, id=check.part) for table in TABLES for check in table.parts]


# These fail on a sixth or more of the fixed cases; the others on fewer, nine of them on none.
OFTEN_FALSE = (
    "memory",
    "never-bipartite",
    "one-step",
    "half-step",
    "runner-up",
    "square-is-monotone",
    "some-zero",
    "weyl-by-entries",
    "symmetrized-gap",
    "resistance",
    "log-sum-exp",
    "fiedler",
    "second-eigenvalue",
    "in-degrees",
    "orthogonal-sum",
    "cheeger",
    "pinsker",
    "dropped-mass",
)
HARD = [parameter for parameter in PLANTED if parameter.id not in OFTEN_FALSE]


def test_there_are_thirty_that_are_seldom_false():
    assert len(HARD) >= 30
    assert len(PLANTED) == len(HARD) + len(OFTEN_FALSE)


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("check", HARD)
def test_found_on_every_seed(check, seed):
    assert_found(check, seed)


@pytest.mark.parametrize("check", PLANTED)
def test_found_certified_and_shrunk(check):
    assert_found(check, 0)


def assert_found(check, seed):
    finding = found(check, seed)
    assert (finding.verdict, finding.evidence) == ("refuted", "certified")
    size, largest = size_of(finding.witness), check.claim.sizes[check.part]
    assert size.is_within(largest), f"{size} > {largest}: {finding.witness}"


@pytest.mark.parametrize("part", ["davis-kahan-2", "real-spectrum", "top-k", "half-step"])
def test_a_quick_look_finds_the_best_known(part):
    (check,) = (p for table in TABLES for p in table.parts if p.part == part)
    assert find(check, LEVELS["quick"], 0).verdict == "refuted"


def test_random_cases_and_ascent_find_most_without_the_others():
    """What gallery and lattice see was put there by hand; here both are empty, and the look quick.

    Missed are statements that fail on a set of measure 0, or in a corner: 8 to 10 of 48 on
    seeds 0, 1, 2 (3 at the standard level).  More would be a change of the search.
    """
    checks = [check for table in TABLES for check in table.parts]
    missed = [check.part for check in checks if not _climbed_to(check)]
    assert len(missed) <= 12, missed


def _climbed_to(check) -> bool:
    bare = replace(check, given=check.given._with(gallery=tuple, lattice=tuple))
    trails = climb_ladder(bare, LEVELS["quick"], 0)
    return any(margin > CLEAR for trail in trails for margin, _ in trail.nominated)
