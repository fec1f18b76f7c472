"""Results in a notebook: the report's parts, with their own style and no script."""

from verify.report import fragment
from verify.report.markup import Html, element
from verify.verdict import ClaimResult, Finding, PartResult, Table


def test_a_result_shows_itself(read_page):
    found = Finding("a < b", "refuted", "certified", witness={"x": "1/3"})
    table = Table(("N", "printed"), ((256, 21.34567), ("x", None)), "a note")
    parts = (PartResult("lower", found, (Finding("c", "holds"),)),)
    result = ClaimResult("toy/theorem1", "theorem", "t", parts, table)
    html = result._repr_html_()
    page = read_page(html)
    assert html == fragment(result.to_dict())
    assert "script" not in page.tags
    assert page.ids == []
    for words in ("toy/theorem1", "✗ refuted", "lower", "✓ holds", "21.35", "a note"):
        assert words in page.said


def test_elements_escape_text_and_only_text():
    made = element("p", "<b>", Html("<b></b>"), None, ["&", element("br")], title='"<', hidden=True)
    assert made == '<p title="&quot;&lt;" hidden="">&lt;b&gt;<b></b>&amp;<br></p>'
    assert element("a", href=None, data_x=0, aria_label="l") == '<a data-x="0" aria-label="l"></a>'
