"""Evidence other than search: finite families, numbers, probabilities, proofs, equality."""

from fractions import Fraction

import numpy as np
import pytest

from spectral.balls import Ball
from verify import Claim, chance_ge, chance_le, eq, every, ge, le, lt, printed, rows
from verify.arithmetic import exactly
from verify.claim import ClaimError
from verify.evidence import replay_proofs, resolve
from verify.given import scalars
from verify.judge import judge
from verify.search import LEVELS
from verify.sides import both_sides, is_equality


def judged(statement, check, **options):
    """The finding about a check, declared as the only part of a claim."""
    claim = Claim("toy/theorem1", "a toy")
    claim.part(statement, **options)(check)
    return judge(claim.parts[0], LEVELS["quick"], seed=0).finding


# A number recomputed once -----------------------------------------------------------------


def test_a_number_that_agrees_is_computed():
    finding = judged("1/7 = 0.143", lambda: printed("0.143", Fraction(1, 7)))
    assert (finding.verdict, finding.evidence, finding.cases) == ("holds", "computed", 1)
    assert finding.why == "printed 0.143, obtained 0.142857"


def test_a_number_that_differs_is_refuted_with_both_sides():
    finding = judged("1/7 = 0.15", lambda: printed("0.15", Fraction(1, 7), note="J"))
    assert (finding.verdict, finding.evidence, finding.witness) == ("refuted", "computed", {})
    assert finding.sides == {"relation": "rounds to", "lhs": "1/7", "rhs": "3/20"}
    assert finding.why == "J: printed 0.15, obtained 0.142857"


def test_balls_that_overlap_to_the_last_are_equal():
    finding = judged("sqrt(2)^2 = 2", lambda: eq(Ball(2).sqrt() ** 2, 2))
    assert (finding.verdict, finding.evidence) == ("holds", "computed")


def test_a_strict_relation_between_equal_balls_is_open():
    finding = judged("sqrt(2)^2 < 2", lambda: lt(Ball(2).sqrt() ** 2, 2))
    assert (finding.verdict, finding.evidence) == ("inconclusive", None)
    assert finding.reason.startswith("ill-posed: undecided")


def test_a_number_in_floats_is_compared_up_to_rounding():
    assert judged("pi", lambda: le(np.pi + 1e-15, np.pi)).verdict == "holds"
    assert judged("pi", lambda: le(np.pi + 1e-9, np.pi)).verdict == "refuted"


def test_a_number_that_is_none_is_open():
    finding = judged("0/0 = 0", lambda: eq(np.float64("nan"), 0))
    assert (finding.verdict, finding.evidence) == ("inconclusive", None)


# A finite family --------------------------------------------------------------------------


def square_is_small(n):
    return le(n**2, 10)


def test_a_family_in_full():
    finding = judged("n^2 <= 10", square_is_small, given=every(range(4)))
    assert (finding.verdict, finding.evidence) == ("holds", "exhaustive")
    assert (finding.cases, finding.accepted, finding.tightness) == (4, 4, 0.9)


def test_the_first_failure_is_the_witness():
    finding = judged("n^2 <= 10", square_is_small, given=every(range(6)))
    assert (finding.verdict, finding.evidence) == ("refuted", "exhaustive")
    assert finding.witness == {"n": 4}
    assert finding.sides == {"relation": "<=", "lhs": "16", "rhs": "10"}
    assert finding.why == "fails on 2 of 6, first: n = 4"


def test_rows_are_computed():
    finding = judged("a <= b", le, given=rows([(1, 2), (2, 2)]))
    assert (finding.verdict, finding.evidence) == ("holds", "computed")


@pytest.mark.parametrize("evidence", ["sampled", "fitted"])
def test_runs_of_an_experiment_support_and_do_not_prove(evidence):
    finding = judged("n^2 <= 10", square_is_small, given=rows([1, 3], evidence=evidence))
    assert (finding.verdict, finding.evidence) == ("supported", evidence)
    finding = judged("n^2 <= 10", square_is_small, given=rows([1, 4], evidence=evidence))
    assert (finding.verdict, finding.evidence) == ("refuted", evidence)


def test_a_case_outside_the_hypotheses_cannot_refute():
    def small(n):
        return n < 4

    finding = judged("n^2 <= 10", square_is_small, given=every(range(6)), where=small)
    assert (finding.verdict, finding.cases, finding.accepted) == ("holds", 6, 4)


def test_a_case_that_the_library_refuses_is_outside():
    def check(n):
        if n > 3:
            raise ValueError(f"n must be at most 3, got {n}")
        return square_is_small(n)

    assert judged("n^2 <= 10", check, given=every(range(6))).accepted == 4


def test_a_family_that_is_all_outside_is_vacuous():
    finding = judged("n^2 <= 10", square_is_small, given=every(range(6)), where=lambda n: n > 9)
    assert (finding.verdict, finding.reason) == ("inconclusive", "vacuous: no case is inside")


def test_a_case_where_the_check_is_undefined_is_open():
    def check(n):
        return le(Fraction(1, n), 1)

    finding = judged("1/n <= 1", check, given=every(range(3)))
    assert (finding.verdict, finding.reason) == ("inconclusive", "ill-posed: undecided at n = 0")


@pytest.mark.parametrize("family", [rows, every])
def test_an_empty_family_is_refused(family):
    with pytest.raises(ValueError, match="table must have at least one row"):
        family([])


# Probabilities ----------------------------------------------------------------------------


def heads(p):
    return lambda rng: rng.random() < p


@pytest.mark.parametrize(
    ("chance", "verdict"),
    [
        (lambda p: chance_le(heads(p), p), "supported"),
        (lambda p: chance_le(heads(p), p / 2), "refuted"),
        (lambda p: chance_ge(heads(p), p), "supported"),
        (lambda p: chance_ge(heads(p), (1 + p) / 2), "refuted"),
    ],
)
def test_a_probability_is_estimated(chance, verdict):
    finding = judged("P", chance, given=rows([Fraction(1, 2), Fraction(1, 4)]))
    assert (finding.verdict, finding.evidence) == (verdict, "estimated")
    assert finding.cases == 2 * LEVELS["quick"].trials
    assert (finding.witness is None) == (verdict == "supported")


def test_a_probability_without_arguments():
    finding = judged("P", lambda: chance_le(heads(0.5), 0.3))
    assert (finding.verdict, finding.witness) == ("refuted", {})


def test_a_probability_is_asked_under_the_hypotheses_only():
    def small(p):
        return p < 1

    def check(p):
        return chance_le(heads(p), Fraction(1, 2))

    given = rows([Fraction(1, 4), Fraction(1)])
    finding = judged("P", check, given=given, where=small)
    assert (finding.verdict, finding.accepted) == ("supported", LEVELS["quick"].trials)
    assert judged("P", check, given=given, where=lambda p: p > 2).reason.startswith("vacuous")
    floats = judged("P", check, given=rows([0.25, 1.0]), where=lambda p: lt(p, 1))
    assert (floats.verdict, floats.accepted) == ("supported", LEVELS["quick"].trials)


# Proofs -----------------------------------------------------------------------------------


def proved(*steps):
    claim = Claim("toy/theorem1", "a toy")
    check = claim.part("t >= 0", given=scalars(0, 1))(lambda t: ge(t, 0))
    check.proof(lambda: iter(steps))
    return check


def test_a_proof_that_reduces_makes_it_hold():
    from sympy import symbols

    x = symbols("x")
    check = proved(("square", (x + 1) ** 2 - x**2 - 2 * x - 1), ("true", x < x + 1), ("t", True))
    finding = judge(check, LEVELS["quick"], seed=0).finding
    assert (finding.verdict, finding.evidence) == ("holds", "proved")


@pytest.mark.parametrize("step", [False, 1, 0.5])
def test_a_step_that_does_not_reduce_is_an_error(step):
    with pytest.raises(ClaimError, match=r"toy/theorem1 part '': proof step 'wrong' leaves"):
        replay_proofs(proved(("right", True), ("wrong", step)))


def test_a_step_that_sympy_cannot_decide_is_an_error():
    from sympy import symbols

    with pytest.raises(ClaimError, match="leaves x < 1"):
        replay_proofs(proved(("open", symbols("x") < 1)))


def test_a_proof_without_steps_is_an_error():
    with pytest.raises(ClaimError, match="has no steps"):
        replay_proofs(proved())


def test_a_refuted_check_cannot_have_a_proof():
    claim = Claim("toy/theorem1", "a toy")
    check = claim.part("t >= 1/2", given=scalars(0, 1))(lambda t: ge(2 * t, 1))
    check.proof(lambda: [("nothing", 0)])
    with pytest.raises(ClaimError, match=r"is refuted by .* and has a proof"):
        judge(check, LEVELS["quick"], seed=0)


def test_the_proof_of_a_number_is_replayed_too():
    claim = Claim("toy/theorem1", "a toy")
    check = claim.part("1 = 1")(lambda: eq(1, 1))
    check.proof(lambda: [("wrong", 1)])
    with pytest.raises(ClaimError, match="leaves 1"):
        judge(check, LEVELS["quick"], seed=0)


# Definitions and sides --------------------------------------------------------------------


def test_a_definition_names_a_library_object():
    from spectral.laplacian import random_walk

    assert resolve("spectral.laplacian.random_walk") is random_walk


@pytest.mark.parametrize("name", ["spectral.laplacian.no_such", "no_such.module", "random_walk"])
def test_a_definition_that_names_nothing_is_an_error(name):
    with pytest.raises(ClaimError, match=f"definition names '{name}', which does not exist"):
        resolve(name)


@pytest.mark.parametrize(
    ("comparison", "sides"),
    [
        (le(Fraction(3, 2), 1), ("<=", "3/2", "1")),
        (le(np.array([1, 5]), np.array([2, 2])), ("<=", "5", "2")),
        (le(2, 1) & le(9, 1), ("<=", "9", "1")),
        (le(np.array([1, 5]), np.array([100, 4])), ("<=", "5", "4")),
        (le(np.array([1, 1 + Fraction(1, 10**30)]), 1), ("<=", f"{10**30 + 1}/{10**30}", "1")),
        (le(9, 9) & le(1, 1 - Fraction(1, 10**30)), ("<=", "1", f"{10**30 - 1}/{10**30}")),
        (ge(Ball(3) / 2, 2), (">=", "1.5000000000000000000", "2")),
        (le(np.array([]), 1), ("<=", "nothing", "nothing")),
    ],
)
def test_sides_are_those_of_the_worst_term(comparison, sides):
    assert tuple(both_sides(comparison).values()) == sides


@pytest.mark.parametrize(
    ("check", "equal"),
    [
        (lambda t: le(t, 2), True),
        (lambda t: le(t, 3), False),
        (lambda t: le(t, 3) & ge(t, 2), True),
        (lambda t: le(t.sqrt() ** 2, 2), True),  # no root of a Fraction: balls
    ],
)
def test_equality_is_seen_in_rationals_and_in_balls(check, equal):
    claim = Claim("toy/theorem1", "a toy")
    declared = claim.part("t <= 2", given=scalars(0, 9))(check)
    assert is_equality(exactly(declared, (Fraction(2),))) is equal
