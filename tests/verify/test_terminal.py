"""Results as a person reads them."""

import pytest

from verify.runner import run
from verify.terminal import as_text
from verify.verdict import VERDICTS, ClaimResult, Finding, HeadReport, Killed, PartResult, Table

REFUTED = """\
toy/theorem2  the sum of squares is at most the sum  ✗ refuted
  ✗ refuted  sum  Σ xᵢ² ≤ Σ |xᵢ|
    evidence  certified, {accepted} of {cases} cases accepted, tightest lhs/rhs {tightness:.4g}
    witness   x = [2]: not 4 <= 2
    why       beyond 1; fails on """


def test_a_refutation_has_its_witness_on_the_first_screen(toys):
    result = run("toy/theorem2", level="quick")
    found = result.parts[0].finding
    values = {key: getattr(found, key) for key in ("accepted", "cases", "tightness")}
    text = str(result)
    assert text.startswith(REFUTED.format(**values))
    assert "instead   ~ supported (sampled, " in text
    assert "equality at x = [2, 0]" in text
    assert "mutants 1 of 1 die (half of it)" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def shown(**finding):
    part = PartResult("", Finding("a statement", **{"verdict": "supported", **finding}))
    return as_text(ClaimResult("toy/theorem1", "theorem", "a title", (part,)))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_a_sign_and_its_word(verdict):
    line = shown(verdict=verdict).splitlines()[1]
    assert line.endswith(f" {verdict}  a statement")
    assert not line.strip().startswith(verdict)


def test_supported_says_what_was_searched_and_holds_does_not():
    assert "searched  nothing larger" in shown(verdict="supported", searched="nothing larger")
    assert "searched" not in shown(verdict="holds", searched="nothing larger")


def test_a_mutant_that_lives_cannot_be_overlooked():
    text = shown(mutants=(Killed("one", True), Killed("two", False)))
    assert "1 of 2 die (one; two); ALIVE: two" in text


def test_a_long_witness_is_cut_and_says_where_the_whole_is():
    text = shown(verdict="refuted", witness={"x": ["1"] * 300})
    assert "… (whole with --witness)" in text


def test_a_refuted_amendment_shows_its_witness():
    amendment = Finding("false", "refuted", witness={"x": "2"})
    part = PartResult("", Finding("a statement", "refuted"), (amendment,))
    assert "witness x = 2" in as_text(ClaimResult("toy/theorem1", "theorem", "t", (part,)))


def test_markup_in_a_statement_is_text():
    part = PartResult("[b]", Finding("x in [0, 1] [red]", "holds", why="[i]", witness={"[/]": "1"}))
    text = as_text(ClaimResult("toy/theorem1", "theorem", "[bold]", (part,)))
    for word in ("[b]", "[0, 1] [red]", "[i]", "[bold]", "[/]"):
        assert word in text


HEADS = (
    HeadReport("mine/a", {"symmetric W": True}, True, 0.25),
    HeadReport("mine/b", {"symmetric W": True}, True, 0.5),
    HeadReport("other", {"symmetric W": False}, False, None),
    HeadReport("last", {}, None, None, "N is 1"),
)


def test_heads_that_say_the_same_share_a_row():
    lines = [" ".join(line.split()) for line in shown(heads=HEADS).splitlines()]
    assert "2 heads (mine) met held 0.25 to 0.5" in lines
    assert "other not met: symmetric W failed" in lines
    assert "last met undefined: N is 1" in lines


def test_a_head_without_a_conclusion_has_not_met_everything():
    assert [h.met for h in HEADS] == [True, True, False, False]


def test_a_table_is_printed_below_the_parts():
    table = Table(("N", "printed", "obtained"), ((256, "21", 21.34567),), "a note")
    part = PartResult("", Finding("a statement", "holds"))
    text = as_text(ClaimResult("toy/table1", "table", "t", (part,), table))
    assert "256" in text
    assert "21.35" in text
    assert "a note" in text
