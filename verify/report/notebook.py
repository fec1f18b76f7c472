"""One result as HTML for a notebook: the report's own parts, without source and script."""

from __future__ import annotations

from verify.report.finding import part
from verify.report.frame import asset
from verify.report.markup import Html, element, raw
from verify.report.numbers import numbers
from verify.report.statement import prose
from verify.report.words import badge


def fragment(claim: dict) -> Html:
    """A claim of a run (the JSON of the contract) as an element with its style in it."""
    heading = element(
        "p", element("b", claim["id"]), " ", prose(claim["title"]), " ", badge(claim["verdict"])
    )
    alone = [p["part"] for p in claim["parts"]] == [""]
    parts = [part(p, alone=alone) for p in claim["parts"]]
    style = element("style", raw(asset("finding.css")))
    table = numbers(claim["table"]) if claim.get("table") else None
    return element("div", style, heading, parts, table, class_="v-result")
