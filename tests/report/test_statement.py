"""Which of a statement is mathematics, and how it is set."""

import re

import pytest

from verify.report.mathml import mathml
from verify.report.statement import prose, statement


def brief(html):
    """A statement with each formula as its LaTeX between ⟦ and ⟧."""
    formula = r"<math>.*?<annotation[^>]*>(.*?)</annotation></semantics></math>"
    return re.sub(formula, r"⟦\1⟧", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("x", "⟦x⟧"),
        ("near the Landauer limit", "near the Landauer limit"),
        ("SSA scales as N \\log N", "SSA scales as ⟦N \\log N⟧"),
        ("for symmetric W and D - W, $N^2$ edges", "for symmetric ⟦W⟧ and ⟦D - W⟧, ⟦N^2⟧ edges"),
        ("A binary head with d ≥ 2", "A binary head with ⟦d ≥ 2⟧"),
        (
            "0 < \\lambda_2(L), all real, for W > 0",
            "⟦0 &lt; \\lambda_2(L)⟧, all real, for ⟦W &gt; 0⟧",
        ),
        ("\\{x \\mapsto \\langle a, x\\rangle\\}", "⟦\\{x \\mapsto \\langle a, x\\rangle\\}⟧"),
        ("\\le a \\text{ for all } n", "⟦\\le a \\text{ for all } n⟧"),
        ("\\mu = (f(K) - f(K+1))/price", "⟦\\mu = (f(K) - \\ f(K+1))/price⟧"),
        ("(a) mean $x$", "(a) mean ⟦x⟧"),
        ("5,911 J per inference at 700 W", "5,911 J per inference at 700 W"),
        ("it costs $5", "it costs 5"),  # a dollar without its partner: nothing is mathematics
        ("a } b \\le", "a b ≤"),  # braces that do not match: text
    ],
)
def test_mathematics_among_words(text, expected):
    assert brief(statement(text)) == expected


def test_prose_is_left_alone_unless_it_has_mathematics():
    assert prose("k = ⌈√N⌉, w > γ") == "k = ⌈√N⌉, w &gt; γ"
    assert brief(prose("beyond $k$")) == "beyond ⟦k⟧"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\tfrac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        (r"\operatorname{rank}(W)", '<mo lspace="0" rspace="0">rank</mo>'),
        (r"N\log N", '<mo lspace="0.167em" rspace="0.167em">log</mo>'),
        ("log(N)", '<mo lspace="0" rspace="0">log</mo>'),
        ("E_{dense}", '<mo lspace="0" rspace="0">dense</mo>'),
        ("N^(3/2)", "<msup><mi>N</mi>"),
        ("γ\u0303", "<mover><mrow><mi>γ</mi></mrow>"),
        ("W_{ijk}", "<mi>i</mi><mi>j</mi><mi>k</mi>"),
        (r"\lceil x\rceil", "<mo>⌈</mo><mi>x</mi><mo>⌉</mo>"),
        ("a & b", "<mo>&amp;</mo>"),
        (r"\mathrm{free}", "<mtext>free</mtext>"),
    ],
)
def test_the_converter_s_answers_are_set_as_print_has_them(latex, expected):
    assert expected in mathml(latex)


def test_latex_beyond_the_converter_is_unicode_with_its_latex_kept():
    assert mathml("x_") == '<span class="v-unicode" title="x_">x_</span>'
