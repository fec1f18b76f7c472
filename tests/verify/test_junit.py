"""JUnit XML by the rules of xunit2, read strictly; which verdict is which outcome."""

import copy
import re
from xml.etree import ElementTree as ET

import pytest

from verify import ledger
from verify.junit import junit

# The schema of xunit2 as pytest's own tests state it: an element's attributes (required ones
# in capitals), and its children.  One departure: a testcase that could not be judged holds
# `error`, as pytest, Maven and Jenkins write it; the schema names it `errors`.
CASE = {"skipped", "error", "failure", "system-out", "system-err"}
ELEMENTS = {
    "testsuites": ("name time tests failures errors", {"testsuite"}),
    "testsuite": (
        "NAME TESTS FAILURES ERRORS group time skipped timestamp hostname id package file",
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": ("", {"property"}),
    "property": ("NAME VALUE", set()),
    "testcase": ("NAME time classname group", CASE),
    "failure": ("type message", set()),
    "error": ("type message", set()),
    "skipped": ("type message", set()),
    "system-out": ("", set()),
    "system-err": ("", set()),
}
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")
HOLD_TEXT = {"failure", "error", "skipped", "system-out", "system-err"}


def check(element):
    """An element and all below it, by the rules above."""
    rule, children = ELEMENTS[element.tag]
    required = {name.lower() for name in rule.split() if name.isupper()}
    assert required <= set(element.keys()) <= set(rule.lower().split()), element.tag
    assert {child.tag for child in element} <= children, element.tag
    assert TIME.fullmatch(element.get("time", "0.5"))
    if element.tag not in HOLD_TEXT:
        assert not (element.text or "").strip()
    assert not (element.tail or "").strip()
    for child in element:
        check(child)


def checked(text):
    """The root of a document that is valid and whose counts add up."""
    root = ET.fromstring(text.encode("utf-8"))
    assert root.tag == "testsuites"
    check(root)
    for suite in root:
        cases = suite.findall("testcase")
        outcomes = [
            [c.tag for c in case if c.tag in ("failure", "error", "skipped")] for case in cases
        ]
        assert all(len(found) <= 1 for found in outcomes)
        names = [(case.get("classname"), case.get("name")) for case in cases]
        assert len(names) == len(set(names))
        counted = {"tests": len(cases)}
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            counted[count] = outcomes.count([tag])
        assert {key: int(suite.get(key)) for key in counted} == counted
    return root


def finding(verdict, **more):
    plain = {"statement": r"x \le y", "evidence": None, "why": "", "witness": None, "mutants": []}
    return {**plain, "verdict": verdict, "amendments": [], **more}


def document(*parts, id="toy/theorem1"):
    numbered = [{"part": str(i), **part} for i, part in enumerate(parts)]
    claim = {"id": id, "title": "t", "kind": "theorem", "verdict": "refuted", "parts": numbered}
    return {
        "schema": "verify/1",
        "level": "quick",
        "seed": 0,
        "claims": [{**claim, "seconds": 1.5}],
    }


def outcome(part, drift=None):
    (case,) = checked(junit(document(part), drift)).iter("testcase")
    return next((c for c in case if c.tag != "system-out"), None), case.findtext("system-out")


def test_the_recorded_run_is_valid():
    recorded = ledger.read(ledger.LEDGER)
    root = checked(junit(recorded))
    parts = [part for claim in recorded["claims"] for part in claim["parts"]]
    assert len(list(root.iter("testcase"))) == len(parts)
    assert len(list(root.iter("failure"))) == sum(p["verdict"] == "refuted" for p in parts)


@pytest.mark.parametrize(
    ("verdict", "tag", "kind"),
    [("vague", "skipped", "vague"), ("definition", "skipped", "definition"),
     ("inconclusive", "error", "inconclusive"), ("refuted", "failure", "certified")],
)  # fmt: skip
def test_what_is_not_a_pass(verdict, tag, kind):
    found, _ = outcome(finding(verdict, evidence="certified", reason="budget"))
    assert (found.tag, found.get("type")) == (tag, kind)


@pytest.mark.parametrize("verdict", ["holds", "supported"])
def test_what_passes_says_what_was_found(verdict):
    mutants = [{"name": "two", "killed": True}, {"name": "three", "killed": False}]
    found, said = outcome(finding(verdict, evidence="proved", mutants=mutants))
    assert found is None
    assert said == f"x ≤ y\n{verdict} (proved)\nmutant dies: two\nmutant ALIVE: three"


def test_a_failure_has_the_counterexample_and_what_is_true_instead():
    part = finding("refuted", evidence="certified", why="beyond 1", witness={"W": [["0", "1"]]})
    part["sides"] = {"lhs": "1/4", "relation": "<=", "rhs": "1/8"}
    part["amendments"] = [finding("holds", statement="z")]
    found, _ = outcome(part)
    assert found.get("message") == "refuted: beyond 1"
    assert found.text.splitlines()[2:] == [
        "witness: W = [[0, 1]]; not 1/4 <= 1/8",
        "instead: z (holds)",
    ]


def test_a_part_is_named_by_its_claim_where_it_has_no_name():
    case = next(checked(junit(document({**finding("holds"), "part": ""}))).iter("testcase"))
    assert (case.get("classname"), case.get("name")) == ("toy.theorem1", "theorem1")


@pytest.mark.parametrize(
    ("text", "read"),
    [('<&>"\'', '<&>"\''), ("]]>", "]]>"), ("a\x1b[1m\x00", "a#x1B[1m#x00"),
     ("\ud800\uffff", "#xD800#xFFFF"), ("γ 𝔼", "γ 𝔼"), ("tab\tline\n", "tab\tline\n")],
)  # fmt: skip
def test_signs_are_escaped_and_what_xml_cannot_hold_is_named(text, read):
    message = outcome(finding("vague", why=text))[0].get("message")
    assert message == " ".join(read.split())
    mutants = [{"name": text, "killed": True}]
    assert outcome(finding("holds", mutants=mutants))[1].endswith(f"mutant dies: {read}")


# Beside a recorded run --------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["refuted", "inconclusive", "holds"])
def test_what_is_as_recorded_passes(verdict):
    assert outcome(finding(verdict, evidence="certified"), [])[0] is None


def test_a_departure_fails_where_it_is():
    line = 'toy/theorem1: part \'0\' verdict: recorded "holds", now "refuted"'
    root = checked(junit(document(finding("refuted"), finding("holds")), [line]))
    assert [case.find("failure") is not None for case in root.iter("testcase")] == [True, False]
    assert next(root.iter("failure")).get("message") == line


def test_a_claim_that_is_not_recorded_fails_as_a_whole():
    line = "toy/theorem1: not in the ledger, now holds"
    root = checked(junit(document(finding("holds"), finding("vague")), [line]))
    assert len(list(root.iter("failure"))) == 2


def test_a_claim_that_is_gone_fails_too():
    root = checked(junit(document(), ["toy/theorem9: recorded, but there is no such claim now"]))
    assert [case.get("classname") for case in root.iter("testcase")] == ["toy.theorem9"]


def test_the_parser_is_strict():
    for wrong in (
        junit(document(finding("vague"))).replace('skipped="1"', 'skipped="0"'),
        junit(document(finding("holds"))).replace("<testcase ", '<testcase line="3" '),
        junit(document(finding("holds"))).replace("system-out", "stdout"),
    ):
        with pytest.raises((AssertionError, KeyError)):
            checked(wrong)


def test_nothing_in_the_document_is_changed():
    recorded = ledger.read(ledger.LEDGER)
    before = copy.deepcopy(recorded)
    junit(recorded)
    assert recorded == before
