"""What the words of a verdict mean, and the sign of each; colour only repeats them."""

from __future__ import annotations

from verify.report.markup import Html, element
from verify.verdict import VERDICTS

SIGNS = {
    "holds": "✓",
    "supported": "~",
    "refuted": "✗",
    "vague": "?",
    "inconclusive": "…",
    "definition": "=",
}
MEANING = {
    "holds": "true as literally stated, under its stated hypotheses",
    "supported": "searched hard and not refuted; not a proof",
    "refuted": "a counterexample meets every stated hypothesis, or the paper's own formulas give "
    "another number",
    "vague": "nothing falsifiable without inventing constants or definitions",
    "inconclusive": "not decided, for the reason given",
    "definition": "nothing to verify; the library implements it",
}
EVIDENCE = {
    "proved": "an exact identity or inequality, its algebra replayed",
    "certified": "evaluated in exact rationals or in balls: rounding cannot be the reason",
    "exhaustive": "every case of a finite family was tried",
    "computed": "a number recomputed from the paper's own formulas",
    "sampled": "structured, random and adversarial cases",
    "estimated": "a probability, with its Clopper-Pearson interval",
    "fitted": "an exponent or rate, with its interval",
}


def badge(verdict: str, *, href: str | None = None, text: str | None = None) -> Html:
    """A verdict as sign and word (or another text); a link where `href` is given."""
    sign = element("span", SIGNS[verdict], aria_hidden="true", class_="v-sign")
    return element(
        "a" if href else "span",
        sign,
        " ",
        verdict if text is None else text,
        class_=f"v-badge v-{verdict}",
        href=href,
        title=MEANING[verdict],
    )


def counted(verdicts: list[str]) -> dict[str, int]:
    """How many there are of each verdict, worst first; those without any are left out."""
    return {v: verdicts.count(v) for v in VERDICTS if v in verdicts}
