"""Source and pictures of a claim's file, whatever state the file is in."""

import re
from xml.etree import ElementTree as ET

import pytest

from verify.registry import Entry, get
from verify.report import plots
from verify.report.check_source import beside
from verify.report.source import block, highlighted, source_of

FILE = '''"""A file.  Statement: <b>."""
from verify import Claim, le

claim = Claim("own/theorem1", "mine")


@claim.part("x <= x")
def reflexive():  # always
    return le(1, 1)


@claim.plot
def line(axes):
    {draw}
'''


def entry(folder, draw="axes.plot([1, 2], [3, 4])", text=FILE):
    path = folder / "own.py"
    path.write_text(text.replace("{draw}", draw), encoding="utf-8")
    return Entry("own/theorem1", "mine", f"claims_of_{folder.name}.own", str(path))


def test_highlighting_changes_no_text():
    html = highlighted(FILE)
    assert re.sub(r"</?i[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">") == FILE
    assert '<i class="d">@</i>claim' in html
    assert '<i class="k">def</i> reflexive' in html
    assert '<i class="c"># always</i>' in html


@pytest.mark.parametrize(
    "text", ["", "def f(:\n  (", '"""never closed', "a\n  b\n c", "x = 'é\u2028'"]
)
def test_text_that_is_no_python_is_shown_whole(text):
    html = highlighted(text)
    assert re.sub(r"</?i[^>]*>", "", html) == text


def test_a_long_file_is_cut_and_says_so():
    assert "… 6000 more characters in the file" in block("x = 1\n" * 11_000)


def test_the_source_of_a_claim_of_one_s_own(tmp_path):
    source = source_of(entry(tmp_path))
    assert source.name == "own.py"
    assert list(source.parts) == [""]
    assert source.problem == ""


def test_a_file_that_does_not_load_is_shown_with_its_reason(tmp_path):
    source = source_of(entry(tmp_path, text='claim = Claim("own/theorem1", "mine")\n'))
    assert source.problem == "own.py does not load (NameError: name 'Claim' is not defined)"
    assert source.text.startswith("claim")


def test_a_picture_takes_the_page_s_colours(tmp_path):
    one = entry(tmp_path)
    shown = plots.picture(one, source_of(one))
    svg = shown[shown.index("<svg") : shown.rindex("</figure>")]
    root = ET.fromstring(svg)
    assert root.get("width") is None
    assert root.get("viewBox")
    assert "currentColor" in svg
    assert "#ffffff" not in svg
    assert "http" not in svg
    assert len(svg) < 60_000


def test_a_picture_that_cannot_be_drawn_says_why(tmp_path):
    one = entry(tmp_path, draw="raise RuntimeError('no <data>')")
    shown = plots.picture(one, source_of(one))
    assert "could not be drawn: RuntimeError: no &lt;data&gt;" in shown


def test_without_matplotlib_the_page_says_so(tmp_path, monkeypatch):
    one = entry(tmp_path)
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    assert "needs Matplotlib" in plots.picture(one, source_of(one))


def test_a_claim_without_a_picture_has_none(tmp_path):
    text = FILE[: FILE.index("\n\n@claim.plot")]
    one = entry(tmp_path, text=text)
    assert plots.picture(one, source_of(one)) is None
    assert plots.picture(None, source_of(None)) is None


def check_of(id, part=""):
    return next(p for p in get(id).parts if p.part == part)


@pytest.mark.parametrize(
    ("id", "part", "caption", "code"),
    [
        ("sequence/theorem58", "", "the check, as it runs", "half_step"),
        ("sequence/figure3", "", "what is measured", "def"),
        ("sequence/definition10", "a", "the library: spectral.gap.spectral_gap", "\n    P = "),
    ],
)
def test_beside_a_finding_is_the_source_that_decides_it(id, part, caption, code):
    check = check_of(id, part)
    shown = beside(check, check.statement)
    assert f">{caption}</p>" in shown
    assert code in shown[shown.index("<pre") :]


def test_a_check_that_was_changed_since_says_so():
    assert "recorded before it was changed" in beside(check_of("sequence/theorem58"), "older")
    assert beside(None, "older") is None
