"""Results are read as strictly as they are written."""

import copy
import json

import pytest

from verify import ledger
from verify.results import BadResult, claim_result
from verify.verdict import ClaimResult, Finding, HeadReport, Killed, PartResult, Table


def full():
    """A result with something in every field."""
    heads = (
        HeadReport("h0", {"symmetric": True}, True, 0.5),
        HeadReport("h1", {}, None, None, "a side is not a number in float64"),
    )
    true = Finding("a^2 >= 0", "holds", "proved", reference="expand", equality={"a": "0"})
    false = Finding(
        "a >= 0",
        "refuted",
        "certified",
        reading="of numbers",
        why="signs",
        cases=3,
        accepted=2,
        tightness=1.5,
        searched="lattice 3",
        witness={"a": ["-1", 2]},
        sides={"relation": ">=", "lhs": "-1", "rhs": "0"},
        mutants=(Killed("a > 0", True),),
        heads=heads,
    )
    table = Table(("n", "printed"), ((1, "x"), (0.25, None)), "a note")
    return ClaimResult("toy/theorem1", "theorem", "signs", (PartResult("", false, (true,)),), table)


@pytest.fixture
def written():
    return json.loads(json.dumps(full().to_dict()))


def test_a_result_is_read_as_it_was(written):
    assert claim_result(written) == full()


def test_every_recorded_result_is_read_and_written_again():
    for claim in ledger.read(ledger.LEDGER)["claims"]:
        assert claim_result(claim).to_dict() == claim


def test_numbers_have_the_digits_that_were_written():
    finding = Finding("t", "supported", "sampled", tightness=1 / 3)
    result = ClaimResult("toy/theorem1", "theorem", "", (PartResult("", finding),), seconds=0.12345)
    again = claim_result(result.to_dict())
    assert (again.parts[0].finding.tightness, again.seconds) == (0.333333, 0.123)


PART = ("parts", 0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("id",), 7, "7 id must be of type str, got 7"),
        (("seconds",), 1, "toy/theorem1 seconds must be of type float, got 1"),
        (("verdict",), "holds", "must be as it would be written: verdict 'refuted', got 'holds'"),
        (("more",), 1, r"keys \['more'\] are on one side only"),
        (("parts",), [], r"toy/theorem1 must have parts, got \[\]"),
        (("parts",), "x", "toy/theorem1 parts must be a list, got 'x'"),
        (PART, 3, r"parts\[0\] must be an object, got 3"),
        ((*PART, "cases"), "7", r"parts\[0\] cases must be of type int, got '7'"),
        ((*PART, "cases"), True, "cases must be of type int, got True"),
        (
            (*PART, "verdict"),
            "true",
            r"parts\[0\] verdict must be one of \('refuted', .*got 'true'",
        ),
        ((*PART, "evidence"), "hearsay", "evidence must be one of .*, got 'hearsay'"),
        ((*PART, "tightness"), "1", r"parts\[0\] tightness must be of type float, got '1'"),
        ((*PART, "tightness"), 1.23456789, r"parts\[0\] tightness 1.23457, got 1.23456789"),
        ((*PART, "sides", "lhs"), 1, r"parts\[0\] sides lhs must be of type str, got 1"),
        ((*PART, "reason"), "", r"parts\[0\] keys \['reason'\] are on one side only"),
        ((*PART, "mutants", 0, "killed"), 1, r"mutants\[0\] killed must be of type bool, got 1"),
        (
            (*PART, "mutants", 0),
            {"name": "x"},
            r"mutants\[0\] must have the keys \['killed', 'name'",
        ),
        ((*PART, "heads", 0, "hypotheses"), {"x": 1}, "hypotheses x must be of type bool, got 1"),
        ((*PART, "amendments", 0, "part"), "", r"amendments\[0\] must have the keys"),
        (("table", "rows"), [[[]]], r"table rows\[0\]\[0\] must be of type str, got \[\]"),
    ],
)
def test_what_would_not_be_written_is_not_read(written, path, value, said):
    data = copy.deepcopy(written)
    *above, last = path
    inner = data
    for key in above:
        inner = inner[key]
    inner[last] = value
    with pytest.raises(BadResult, match=said):
        claim_result(data)


@pytest.mark.parametrize("key", ["id", "kind", "title", "verdict", "seconds", "parts"])
def test_no_key_may_be_missing(written, key):
    del written[key]
    with pytest.raises(BadResult, match=f"{key}"):
        claim_result(written)


@pytest.mark.parametrize("data", [None, [], "text"])
def test_a_result_is_an_object(data):
    with pytest.raises(BadResult, match="a result must be an object, got"):
        claim_result(data)
