"""One finding as HTML: what was read, what was found and how, the witness, what is true instead.

Shared by the report's pages and by notebooks, so it needs no script.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.report.heads import heads
from verify.report.markup import Html, element, together
from verify.report.statement import prose, statement
from verify.report.witness import both_sides, drawn
from verify.report.words import EVIDENCE, badge


def no_code(check, statement: str) -> None:
    """For notebooks: the source is an import away."""


def part(
    found: dict,
    *,
    check=None,
    anchor: str = "",
    alone: bool = False,
    code: Callable[..., Html | None] = no_code,
) -> Html:
    """A part of a claim with its amendments.

    check: as the claim declares it, where that is at hand; it knows the hypotheses.
    anchor: the id to link to.
    alone: whether the claim's heading has said the verdict already.
    code: takes a check and the statement found to source as HTML, shown beside the finding.
    """
    name = element("span", found["part"], class_="v-name") if found["part"] else None
    link = element("a", "#", href=f"#{anchor}", class_="v-anchor", aria_label="link to this part")
    header = element("header", badge(found["verdict"]), name, link if anchor else None)
    header = None if alone else header
    known = list(getattr(check, "amendments", ()))
    if len(known) != len(found["amendments"]):  # recorded before the claim was changed
        known = [None] * len(found["amendments"])
    amendments = [
        amendment(a, check=c, code=code(c, a["statement"]))
        for a, c in zip(found["amendments"], known, strict=True)
    ]
    return element(
        "section",
        header,
        shown_statement(found["statement"]),
        _beside(element("dl", facts_of(found, check)), code(check, found["statement"])),
        amendments,
        class_=f"v-part v-is-{found['verdict']}",
        id=anchor or None,
        tabindex="-1" if anchor else None,
    )


def _beside(facts: Html, code: Html | None) -> Html:
    return element("div", facts, code, class_="v-beside") if code else facts


def amendment(found: dict, *, check=None, code: Html | None = None) -> Html:
    """The true statement nearby, with what the same machinery says of it."""
    return element(
        "section",
        element("header", element("span", "instead", class_="v-instead"), badge(found["verdict"])),
        shown_statement(found["statement"]),
        _beside(element("dl", facts_of(found, check)), code),
        class_="v-amendment",
    )


def shown_statement(text: str) -> Html:
    """A statement in mathematics, and its LaTeX to copy where it has any."""
    latex = None
    if "\\" in text or "$" in text:
        code = element("pre", element("code", text))
        latex = element("details", element("summary", "LaTeX"), code, class_="v-copy v-latex")
    return together([element("div", statement(text), class_="v-statement"), latex])


def facts_of(found: dict, check=None) -> Html:
    """The rows of a definition list: a term and what is known, in the order they are read."""
    hypotheses = tuple(h.name for h in check.hypotheses) if hasattr(check, "hypotheses") else None
    reason = "library" if found["verdict"] == "definition" else "why"
    rows = [
        ("reading", found["reading"] and prose(found["reading"])),
        ("witness", _witness(found, hypotheses)),
        (reason, found["why"] and prose(found["why"])),
        ("evidence", _evidence(found)),
        ("equality", _equality(found, hypotheses)),
        ("searched", _searched(found)),
        ("mutants", _mutants(found)),
        ("reference", found.get("reference") and prose(found["reference"])),
        ("heads", heads(found["heads"]) if found.get("heads") else None),
    ]
    return together([element("dt", term), element("dd", said)] for term, said in rows if said)


def _evidence(found: dict) -> Html | None:
    word, reason = found["evidence"], found.get("reason")
    said = []
    if word:
        said += [element("b", word), f": {EVIDENCE[word]}"]
    if reason:
        said += ["; " if said else "", prose(reason)]
    counts = []
    if found["cases"] > 1:
        counts.append(f"{found['accepted']:,} of {found['cases']:,} cases meet the hypotheses")
    if found["tightness"] is not None and found["cases"]:
        counts.append(f"tightest lhs/rhs {found['tightness']:.4g}")
    line = element("div", "; ".join(counts), class_="v-counts") if counts else None
    return together([*said, line]) if said or line else None


def _searched(found: dict) -> Html | None:
    """What was looked at; and, apart from it, what was not."""
    if not found.get("searched"):
        return None
    pieces = found["searched"].split("; ")
    looked = [p for p in pieces if not p.startswith("nothing")]
    missed = ["anything " + p.removeprefix("nothing ") for p in pieces if p.startswith("nothing")]
    unseen = element("div", element("b", "not searched: "), ", ".join(missed)) if missed else None
    return together(["; ".join(looked), unseen])


def _witness(found: dict, hypotheses) -> Html | None:
    if found["witness"] is None:
        return None
    case = drawn(found["witness"], hypotheses) if found["witness"] else None
    sides = both_sides(found["sides"]) if found.get("sides") else None
    return together([case, sides]) if case or sides else None


def _equality(found: dict, hypotheses) -> Html | None:
    if not found.get("equality"):
        return None
    return together(["both sides are equal at ", drawn(found["equality"], hypotheses)])


def _mutants(found: dict) -> Html | None:
    if not found["mutants"]:
        return None
    dead = sum(m["killed"] for m in found["mutants"])
    items = [
        element(
            "li",
            element("span", "† dies" if m["killed"] else "! LIVES", class_="v-fate"),
            " ",
            prose(m["name"]),
            class_="v-dead" if m["killed"] else "v-alive",
        )
        for m in found["mutants"]
    ]
    total = f"{dead} of {len(items)} false neighbours refuted by the same check"
    return together([total, element("ul", items, class_="v-mutants")])
