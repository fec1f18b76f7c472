"""Every family of cases meets its own hypotheses, exactly, in its fixed and its random cases."""

import re
from itertools import islice

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import verify.given as families
from verify.arithmetic import decide, to_balls, to_floats, to_rationals
from verify.certify import exact_strings
from verify.given import counts, positive_weights, scalars, symmetric_pairs, vectors, weights
from verify.search import entries

# What families without defaults are asked for here.
ARGUMENTS = {"counts": (1, 4), "scalars": (0, 1), "magnitudes": (1, 4), "timed": (counts(1, 3),)}
FIXED = 400


def family(name):
    return getattr(families, name)(*ARGUMENTS.get(name, ()))


def failing(cases, case, cast=to_rationals):
    """The hypotheses that a case does not meet, decided exactly."""
    return [h.name for h in cases.hypotheses if not decide(h.holds(*cast(case)))]


@pytest.mark.parametrize("name", families.__all__)
def test_fixed_cases_meet_the_hypotheses_exactly(name):
    cases = family(name)
    fixed = list(islice(cases.tuples(cases.fixed()), FIXED))
    assert fixed
    for case in fixed:
        assert failing(cases, case) == [], exact_strings(case)
        assert all(np.isfinite(v).all() for v in to_floats(case) if isinstance(v, np.ndarray))


@pytest.mark.parametrize("name", families.__all__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_cases_meet_the_hypotheses_exactly(name, data):
    cases = family(name)
    (case,) = cases.tuples([data.draw(cases)])
    assert failing(cases, case) == [], exact_strings(case)


@pytest.mark.parametrize("name", families.__all__)
def test_the_first_cases_are_small_and_fresh(name):
    cases = family(name)
    first, again = (list(islice(cases.tuples(cases.fixed()), 50)) for _ in range(2))
    assert [exact_strings(c) for c in first] == [exact_strings(c) for c in again]
    assert min(map(entries, first)) <= 12


@pytest.mark.parametrize("name", families.__all__)
def test_hypotheses_are_decided_in_balls_too(name):
    cases = family(name)
    for case in islice(cases.tuples(cases.fixed()), 5):
        assert failing(cases, case, to_balls) == []


@pytest.mark.parametrize("name", families.__all__)
def test_cases_have_one_arity(name):
    cases = family(name)
    arities = {len(case) for case in islice(cases.tuples(cases.fixed()), FIXED)}
    assert arities == {cases.arity}


def test_the_table_of_contents_has_every_family():
    contents = families.__doc__.partition("Matrices")[2]
    listed = set(re.findall(r"\w+", contents))
    assert [name for name in families.__all__ if name not in listed] == []


# Hypotheses are not only met: they can fail -----------------------------------------------


@pytest.mark.parametrize(
    ("cases", "outside"),
    [
        (weights(), (np.zeros((2, 2)),)),
        (positive_weights(), (np.array([[1.0, 0.0], [1.0, 1.0]]),)),
        (positive_weights(), (np.ones((2, 3)),)),
        (positive_weights(symmetric=True), (np.array([[1.0, 2.0], [3.0, 1.0]]),)),
        (symmetric_pairs(), (np.eye(2), np.eye(3))),
        (scalars(0, 1), (1.5,)),
        (scalars(0, 1), (-0.5,)),
        (counts(1, 4), (0,)),
        (counts(1, 4), (5,)),
        (vectors(min_n=2), (np.ones(1),)),
    ],
)
def test_a_case_outside_is_seen(cases, outside):
    assert failing(cases, outside)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_case_is_smaller_than_asked(size):
    for cases in (vectors(min_n=size), positive_weights(min_n=size), symmetric_pairs(min_n=size)):
        assert min(len(np.atleast_1d(case[0])) for case in cases.tuples(cases.fixed())) == size
