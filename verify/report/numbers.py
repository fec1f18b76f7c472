"""The table of a claim: what was printed beside what was obtained."""

from __future__ import annotations

from verify.report.markup import Html, element
from verify.report.statement import prose


def numbers(given: dict) -> Html:
    """`{"columns": ..., "rows": ..., "note": ...}` as a table with its note below."""
    head = element("tr", [element("th", prose(c), scope="col") for c in given["columns"]])
    rows = [element("tr", [element("td", _shown(x)) for x in row]) for row in given["rows"]]
    table = element("table", element("thead", head), element("tbody", rows), class_="v-numbers")
    note = element("p", prose(given["note"]), class_="note") if given["note"] else None
    return element("div", element("div", table, class_="v-scroll"), note)


def _shown(x) -> str:
    return f"{x:.4g}" if isinstance(x, float) else "" if x is None else str(x)
