"""The page of one claim."""

from __future__ import annotations

import re

from verify.registry import Entry
from verify.report.check_source import beside
from verify.report.closing import account, files, reproduce, titled
from verify.report.finding import part
from verify.report.frame import page, toolbar
from verify.report.markup import Html, element, together
from verify.report.numbers import numbers
from verify.report.plots import picture
from verify.report.source import Source, source_of
from verify.report.statement import prose
from verify.report.words import MEANING, badge

_WHOLE = "part-whole"  # the id of a part without a name
_ROOM = 260_000  # bytes: a page is to stay below 300 kB, and its frame takes some 30


def file_name(id: str) -> str:
    """Where the page of a claim is, beside the overview."""
    return f"{id.replace('/', '-')}.html"


def claim_page(
    claim: dict, run: dict, entry: Entry | None, *, before="", after="", plots=True
) -> str:
    """The document: parts with their source beside them, table, picture, command, the whole file.

    run: `level` and `seed`; before, after: ids of the neighbours; plots: whether to draw.
    """
    source = source_of(entry)
    sections = _sections(claim, run, entry, source, plots)
    content = element("div", sections, files(source, room=_ROOM - len(sections.encode())))
    return page(
        f"{claim['id']}: {claim['verdict']}",
        toolbar(element("a", "overview", href="index.html"), *_neighbours(before, after)),
        element("main", content, class_="claim"),
        links={
            "up": "index.html",
            **({"prev": file_name(before)} if before else {}),
            **({"next": file_name(after)} if after else {}),
        },
    )


def _sections(claim: dict, run: dict, entry: Entry | None, source: Source, plots: bool) -> Html:
    ids = anchors(claim)
    parts = [
        part(p, check=source.parts.get(p["part"]), anchor=id, alone=ids == [_WHOLE], code=beside)
        for p, id in zip(claim["parts"], ids, strict=True)
    ]
    drawn = picture(entry, source) if plots else None
    table = numbers(claim["table"]) if claim.get("table") else None
    return together(
        (
            _heading(claim, ids),
            parts,
            titled("Printed beside obtained", table),
            titled("Picture", drawn),
            reproduce(claim, run, entry),
            account(source),
        )
    )


def anchors(claim: dict) -> list[str]:
    """An id a part, of letters that a link can hold; distinct within the claim."""
    names = [re.sub(r"[^\w.-]+", "-", p["part"]).strip("-") or "whole" for p in claim["parts"]]
    return [f"part-{n}" if names.count(n) == 1 else f"part-{n}~{i}" for i, n in enumerate(names)]


def _neighbours(before: str, after: str):
    if before:
        yield element("a", f"← {before.partition('/')[2]}", href=file_name(before))
    if after:
        yield element("a", f"{after.partition('/')[2]} →", href=file_name(after))


def _heading(claim: dict, ids: list[str]) -> Html:
    paper, _, name = claim["id"].partition("/")
    parts = [
        element("li", badge(p["verdict"], href=f"#{id}", text=p["part"]))
        for p, id in zip(claim["parts"], ids, strict=True)
        if len(ids) > 1
    ]
    return element(
        "header",
        element("p", f"{paper} · {claim['kind']}", class_="over"),
        element("h1", element("span", name, class_="id"), " ", prose(claim["title"])),
        element("p", badge(claim["verdict"]), " ", MEANING[claim["verdict"]], class_="verdict"),
        element("ul", parts, class_="parts") if parts else None,
        class_="heading",
    )
