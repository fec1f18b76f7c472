"""What ends a claim's page: the command that reproduces it, the file's own account, the file."""

from __future__ import annotations

import shlex
from pathlib import Path

from verify.registry import Entry
from verify.report.markup import Html, element, together
from verify.report.source import Source, block, docstring


def reproduce(claim: dict, run: dict, entry: Entry | None) -> Html:
    given = entry is not None and entry.module.startswith(
        "claims_of_"
    )  # with --path, not installed
    folder = f" --path {shlex.quote(str(Path(entry.file).parent))}" if given else ""
    how = f"--level {run['level']} --seed {run['seed']}"
    lines = [f"python -m verify {claim['id']} {how}{folder}"]
    if claim["verdict"] == "refuted":
        lines.append(f"python -m verify {claim['id']} --witness{folder}")
    seconds = f"It took {claim['seconds']:.3g} s." if claim.get("seconds") is not None else None
    pre = element("div", element("pre", element("code", "\n".join(lines))), class_="v-copy")
    return titled("To reproduce", [pre, element("p", seconds, class_="note") if seconds else None])


def account(source: Source) -> Html | None:
    text = docstring(source) if source.text else ""
    return (
        titled("In the file's own words", element("pre", text, class_="account")) if text else None
    )


def files(source: Source, *, room: int) -> Html | None:
    """The claim's files, folded; in place of those that would take more than `room`, a line."""
    if source.problem:
        return element("p", source.problem, class_="note")
    shown = []
    for name, text in {f"the whole file, {source.name}": source.text, **source.more}.items():
        listed = element("details", element("summary", name), block(text), class_="file")
        room -= len(listed.encode())
        shown.append(listed if room >= 0 else element("p", f"{name}: too long for a page"))
    return together(shown)


def titled(title: str, content) -> Html | None:
    return element("section", element("h2", title), content, class_="plain") if content else None
