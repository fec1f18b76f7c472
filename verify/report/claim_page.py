"""The page of one claim."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from verify.registry import Entry
from verify.report.finding import part
from verify.report.frame import page, toolbar
from verify.report.markup import Html, element, together
from verify.report.numbers import numbers
from verify.report.plots import picture
from verify.report.source import Source, block, docstring, listing, source_of
from verify.report.statement import prose
from verify.report.words import MEANING, badge


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
    ids = anchors(claim)
    parts = [
        part(p, check=check, anchor=id, code=_code(check))
        for p, id, check in zip(claim["parts"], ids, _checks(claim, source), strict=True)
    ]
    drawn = picture(entry, source) if plots else None
    table = numbers(claim["table"]) if claim.get("table") else None
    links = {
        "up": "index.html",
        "prev": before and file_name(before),
        "next": after and file_name(after),
    }
    return page(
        f"{claim['id']}: {claim['verdict']}",
        toolbar(
            element("a", "overview", href="index.html"),
            *_neighbours(before, after),
        ),
        element(
            "main",
            _heading(claim, ids),
            parts,
            _titled("Printed beside obtained", table),
            _titled("Picture", drawn),
            _reproduce(claim, run, entry),
            _account(source),
            _file(source),
            class_="claim",
        ),
        links={rel: href for rel, href in links.items() if href},
    )


def anchors(claim: dict) -> list[str]:
    """An id a part, of letters that a link can hold; distinct within the claim."""
    names = [re.sub(r"[^\w.-]+", "-", p["part"]).strip("-") or "whole" for p in claim["parts"]]
    return [f"part-{n}" if names.count(n) == 1 else f"part-{n}-{i}" for i, n in enumerate(names)]


def _checks(claim: dict, source: Source) -> list:
    """The check of each part, None where the source has none."""
    return [source.parts.get(p["part"]) for p in claim["parts"]]


def _code(check) -> Html | None:
    """The check's own source, its proofs and mutants with it."""
    if check is None or not hasattr(check, "function"):
        return None
    own = listing([check.function, *check.proofs])
    mutants = listing([m.function for m in check.mutants])
    folded = element("details", element("summary", "its mutants"), mutants) if mutants else None
    caption = element("p", "the check, as it runs", class_="v-caption")
    return element("div", caption, own, folded, class_="v-code") if own else None


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


def _reproduce(claim: dict, run: dict, entry: Entry | None) -> Html:
    folder = f" --path {shlex.quote(str(Path(entry.file).parent))}" if entry and entry.file else ""
    how = f"--level {run['level']} --seed {run['seed']}"
    lines = [f"python -m verify {claim['id']} {how}{folder}"]
    if claim["verdict"] == "refuted":
        lines.append(f"python -m verify {claim['id']} --witness{folder}")
    seconds = f"It took {claim['seconds']:.3g} s." if claim.get("seconds") is not None else None
    pre = element("div", element("pre", element("code", "\n".join(lines))), class_="v-copy")
    return _titled("To reproduce", [pre, element("p", seconds, class_="note") if seconds else None])


def _account(source: Source) -> Html | None:
    text = docstring(source) if source.text else ""
    return (
        _titled("In the file's own words", element("pre", text, class_="account")) if text else None
    )


def _file(source: Source) -> Html | None:
    if source.problem:
        return element("p", source.problem, class_="note")
    files = {f"the whole file, {source.name}": source.text, **source.more}
    return together(
        element("details", element("summary", name), block(text), class_="file")
        for name, text in files.items()
    )


def _titled(title: str, content) -> Html | None:
    return element("section", element("h2", title), content, class_="plain") if content else None
