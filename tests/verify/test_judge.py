"""From a declared part to its verdict: what the machinery may conclude, and what it may not."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st

from spectral.heads import Head
from verify import Cases, Claim, eq, every, ge, gt, le, lt
from verify.claim import ClaimError
from verify.given import counts, scalars, symmetric_matrices, vectors, weights
from verify.judge import at_constant, judge, kills, named
from verify.search import LEVELS
from verify.verdict import (
    VERDICTS,
    ClaimResult,
    Finding,
    HeadReport,
    PartResult,
    exit_status,
    number,
)

QUICK = LEVELS["quick"]


def declared(check, **options):
    return Claim("toy/theorem1", "a toy").part("toy", **options)(check)


def judged(check, **options):
    return judge(declared(check, **options), QUICK, seed=0).finding


# Search -----------------------------------------------------------------------------------


def test_a_true_statement_is_supported_and_not_more():
    finding = judged(lambda x: ge((x * x).sum(), 0), given=vectors())
    assert (finding.verdict, finding.evidence) == ("supported", "sampled")
    assert finding.accepted == finding.cases > 200
    assert finding.searched.endswith("nothing larger")


def test_a_false_statement_is_refuted_by_the_smallest_case():
    finding = judged(lambda x: le((x * x).sum(), abs(x).sum()), given=vectors())
    assert (finding.verdict, finding.evidence) == ("refuted", "certified")
    assert finding.witness == {"x": ["2"]}
    assert finding.sides == {"relation": "<=", "lhs": "4", "rhs": "2"}


@pytest.mark.parametrize(
    "check",
    [
        lambda t: eq((t + 1) ** 2, t * t + 2 * t + 1),
        lambda t: le(t * t - t * t, 0),
        lambda t: ge((t / 3) * 3, t),
        lambda t: eq(np.sqrt(t * t), t),
        lambda t: eq(np.log(np.exp(t)), t),
    ],
)
def test_rounding_refutes_nothing(check):
    assert judged(check, given=scalars(0, 8)).verdict == "supported"


HALF, TINY = Fraction(1, 2), Fraction(1, 10**30)


@pytest.mark.parametrize(
    "check",
    [
        lambda t: lt(1, 1 + (t - HALF) ** 2),  # strict, false at one point
        lambda t: ge(1 + (t - HALF) ** 2, 1 + TINY),  # false by less than a float sees
    ],
)
def test_what_floats_cannot_see_is_decided_at_equality(check):
    finding = judged(check, given=scalars(0, 1))
    assert (finding.verdict, finding.evidence, finding.witness) == (
        "refuted", "certified", {"t": "1/2"}
    )  # fmt: skip


def test_a_violation_in_floats_only_is_inconclusive():
    def check(x):
        return le(np.linalg.svdvals(x[None])[0], 0)  # no exact route

    finding = judged(check, given=vectors())
    assert (finding.verdict, finding.evidence) == ("inconclusive", None)
    assert finding.reason.startswith("float-only: violated by a relative 1 in float64")
    assert finding.witness


def test_a_hypothesis_that_is_never_met_makes_it_vacuous():
    def impossible(t):
        return gt(t, t + 1)

    finding = judged(lambda t: ge(t, 0), given=scalars(0, 1), where=impossible)
    assert (finding.verdict, finding.accepted) == ("inconclusive", 0)
    assert finding.reason.startswith("vacuous: rejected by impossible (")


def test_a_quantity_that_is_defined_nowhere_is_ill_posed():
    finding = judged(lambda t: le(t / (t - t), 1), given=scalars(0, 1))
    assert (finding.verdict, finding.reason) == ("inconclusive", "ill-posed")


def test_a_false_statement_under_a_hypothesis_meets_it():
    def is_large(x):
        return ge(abs(x).sum(), 10)

    finding = judged(lambda x: le((x * x).sum(), 20), given=vectors(), where=is_large)
    assert finding.verdict == "refuted"
    total = sum(abs(Fraction(v)) for v in finding.witness["x"])
    assert total >= 10


def test_the_same_seed_finds_the_same_and_another_check_does_not_disturb_it():
    def check(x):
        return le(abs(x).max(initial=0) ** 3, 2 * (x * x).sum())

    first, again = (judged(check, given=vectors()) for _ in range(2))
    assert first == again


# Amendments, mutants, equality --------------------------------------------------------------


def half(W):
    return le((W * W).sum(), abs(W).sum() ** 2 / 2)


def whole(W):
    return le((W * W).sum(), abs(W).sum() ** 2)


def test_amendments_and_mutants_are_judged_by_the_same_machinery():
    part = declared(half, given=weights())
    amendment = part.amend("the whole of it", equality=[[1]])(whole)
    amendment.mutant("nine tenths")(lambda W: le((W * W).sum(), 9 * abs(W).sum() ** 2 / 10))
    amendment.mutant("no change")(whole)
    result = judge(part, QUICK, seed=0)
    assert result.verdict == "refuted"
    (found,) = result.amendments
    assert (found.verdict, found.equality) == ("supported", {"W": [["1"]]})
    assert [(m.name, m.killed) for m in result.mutants] == [
        ("nine tenths", True),
        ("no change", False),
    ]


def test_amendments_and_mutants_inherit_cases_hypotheses_and_part():
    def positive(W):
        return gt(W, 0)

    part = declared(half, given=weights(), where=positive, part="a")
    child = part.amend("same")(whole)
    assert (child.given, child.where, child.part, child.role) == (
        part.given, part.where, "a", "amendment"
    )  # fmt: skip
    other = child.mutant("elsewhere", given=scalars(0, 1), where=())(lambda t: ge(t, 1))
    assert [h.name for h in other.hypotheses] == [h.name for h in scalars(0, 1).hypotheses]


def test_a_mutant_of_a_finite_family_and_one_that_only_floats_see():
    assert kills(declared(lambda n: le(n, 1), given=every(range(3))), QUICK, 0)
    assert not kills(declared(lambda n: le(n, 2), given=every(range(3))), QUICK, 0)
    in_floats_only = declared(lambda x: le(np.linalg.svdvals(x[None])[0], 0), given=vectors())
    assert kills(in_floats_only, QUICK, 0)


@pytest.mark.parametrize(
    ("check", "equality"),
    [
        (lambda W: le((W * W).sum(), abs(W).sum() ** 2), [[3, 0]]),
        (lambda W: le(np.sqrt((W * W).sum()), abs(W).sum()), [["1/3", 0]]),
    ],
)
def test_a_declared_equality_is_verified(check, equality):
    finding = judged(check, given=weights(), equality=equality)
    assert finding.equality == {"W": [[str(Fraction(x)) for x in row] for row in equality]}


@pytest.mark.parametrize(
    ("equality", "said"),
    [
        ([[1, 1]], "found held: {'relation': '<=', 'lhs': '2', 'rhs': '4'}"),
        ([[0, 0]], "found outside: "),
    ],
)
def test_a_declared_equality_that_is_none_is_an_error(equality, said):
    with pytest.raises(ClaimError, match=r"declares equality at .*" + said):
        judged(whole, given=weights(), equality=equality)


def test_equality_of_several_values():
    finding = judged(
        lambda x, n: le(abs(x).sum(), n * abs(x).sum()),
        given=(vectors(), counts(1, 3)),
        equality=([1, 2], 1),
    )
    assert finding.equality == {"x": ["1", "2"], "n": 1}


# Free constants -----------------------------------------------------------------------------


def test_a_free_constant_is_refuted_only_past_the_largest():
    def check(C, x):
        return le((x * x).sum(), C * abs(x).sum())

    refuted = judged(check, given=vectors(), constants=(1, 10))
    assert (refuted.verdict, refuted.witness["C"]) == ("refuted", "10")
    assert refuted.why.startswith("already at C = 10")
    held = judged(lambda C, x: ge(C * (x * x).sum(), 0), given=vectors(), constants=(1, 10))
    assert (held.verdict, held.why) == ("supported", "with C = 10")


def test_the_check_at_a_constant_keeps_its_hypotheses():
    def fits(x):
        return len(x) <= 3

    check = at_constant(
        declared(lambda C, x: le(abs(x).sum(), C), given=vectors(), where=fits, constants=(5,)), 5
    )
    assert [h.name for h in check.hypotheses] == ["the constant is 5", "fits"]
    assert all(h.holds(5, np.ones(3)) for h in check.hypotheses)
    assert not check.hypotheses[1].holds(5, np.ones(4))


# Vague, definitions -------------------------------------------------------------------------


def test_a_vague_part_says_why_and_what_was_measured():
    claim = Claim("toy/remark1", "a toy")
    claim.vague("most are large", why="'most' is not defined.")(
        lambda: {"share": 0.25, "of": 8, "word": "text", "ratio": Fraction(1, 3)}
    )
    finding = judge(claim.parts[0], QUICK, seed=0).finding
    assert (finding.verdict, finding.evidence) == ("vague", None)
    assert finding.why == (
        "'most' is not defined. Measured: share: 0.25; of: 8; word: text; ratio: 0.333333"
    )


def test_a_definition_says_where_it_is_implemented():
    claim = Claim("toy/definition1", "a toy")
    claim.definition("pi", where="math.pi")
    finding = judge(claim.parts[0], QUICK, seed=0).finding
    assert (finding.verdict, finding.why) == ("definition", "implemented by math.pi")


# Heads --------------------------------------------------------------------------------------


def test_heads_are_asked_where_the_check_says_how():
    heads = [Head(np.eye(n), np.eye(n), np.eye(n), name=f"of {n}") for n in (1, 2, 3)]

    def on(head):
        if head.N == 1:
            raise ValueError("N must be at least 2, got 1")
        return head.q

    def is_small(W):
        return len(W) < 3

    part = declared(lambda W: le(np.trace(W), 1), given=weights(), where=is_small, on=on)
    reports = judge(part, QUICK, seed=0, heads=heads).finding.heads
    assert [(h.name, h.held, h.met) for h in reports] == [
        ("of 1", None, False),
        ("of 2", False, True),
        ("of 3", False, False),
    ]
    assert reports[0].reason == "N must be at least 2, got 1"
    assert all(type(h.held) in (bool, type(None)) for h in reports)


def test_a_conclusion_that_is_not_a_number_on_a_head_is_undefined():
    def on(head):
        return head.q

    part = declared(lambda W: le(W.sum() * np.nan, 1), given=weights(), on=on)
    head = Head(np.eye(2), np.eye(2), np.eye(2))
    (report,) = judge(part, QUICK, seed=0, heads=[head]).finding.heads
    assert (report.held, report.reason) == (None, "a side is not a number in float64")


# Results ------------------------------------------------------------------------------------


def result(*verdicts):
    parts = tuple(PartResult(str(i), Finding("s", v)) for i, v in enumerate(verdicts))
    return ClaimResult("toy/theorem1", "theorem", "t", parts)


@pytest.mark.parametrize(
    ("verdicts", "worst", "status"),
    [
        (["definition"], "definition", 0),
        (["definition", "holds"], "holds", 0),
        (["holds", "supported"], "supported", 0),
        (["supported", "vague"], "vague", 3),
        (["vague", "inconclusive"], "inconclusive", 3),
        (["inconclusive", "refuted", "holds"], "refuted", 1),
    ],
)
def test_the_worst_part_decides(verdicts, worst, status):
    assert result(*verdicts).verdict == worst
    assert exit_status([result(*verdicts)]) == status


def test_the_status_of_several_is_the_worst():
    assert exit_status([result("holds"), result("vague")]) == 3
    assert exit_status([result("vague"), result("refuted")]) == 1
    assert exit_status([]) == 0


def test_the_order_of_verdicts_is_that_of_the_contract():
    assert VERDICTS == ("refuted", "inconclusive", "vague", "supported", "holds", "definition")


@pytest.mark.parametrize(
    ("value", "written"),
    [(1 / 3, 0.333333), (None, None), (float("nan"), None), (float("inf"), None), (12, 12.0)],
)
def test_numbers_are_written_to_six_digits(value, written):
    assert number(value) == written


def test_a_finding_writes_optional_keys_only_where_they_say_something():
    plain = Finding("s", "holds").to_dict()
    assert "heads" not in plain
    full = replace(Finding("s", "holds"), heads=(HeadReport("h", {}, True, np.float64(0.5)),))
    assert full.to_dict()["heads"] == [
        {"name": "h", "hypotheses": {}, "held": True, "ratio": 0.5}
    ]  # fmt: skip


def test_names_of_a_case():
    check = declared(lambda W, n, t: le(n, t), given=Cases(random=st.just((1, 2, 3)), arity=3))
    assert named(check, (np.eye(2), 3, 0.5)) == {
        "W": [["1", "0"], ["0", "1"]], "n": 3, "t": "1/2"
    }  # fmt: skip


def test_symmetric_matrices_are_shrunk_as_such():
    def norm(W):
        return le((W * W).sum(), 4)

    finding = judged(norm, given=symmetric_matrices())
    W = np.array(finding.witness["W"])
    assert (W == W.T).all()
    assert W.size <= 4
