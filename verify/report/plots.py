"""The picture of `--plot` as SVG inside a page: it takes the page's colours, and no other's."""

from __future__ import annotations

import re
import tempfile
from importlib.util import find_spec
from pathlib import Path

from verify.registry import Entry
from verify.report.markup import Html, element, raw


def picture(entry: Entry | None, source) -> Html | None:
    """The claim's own plot as a figure; a line where it has one and cannot be drawn; else None."""
    if entry is None or source.problem or not _has_plot(entry):
        return None
    if find_spec("matplotlib") is None:
        return element("p", "This claim has a picture; it needs Matplotlib (refutable[plot]).")
    from verify.plotting import draw

    with tempfile.TemporaryDirectory() as folder:
        try:
            svg = draw(entry, Path(folder)).read_text(encoding="utf-8")
        except Exception as error:  # a claim's own code: the report says it, and goes on
            return element("p", f"The picture could not be drawn: {type(error).__name__}: {error}")
    return element("figure", raw(inlined(svg)), class_="v-plot")


def _has_plot(entry: Entry) -> bool:
    from verify.registry import load

    return load(entry).draw is not None


def inlined(svg: str) -> str:
    """Matplotlib's file as an element: no prolog, no metadata, black and white as the page's."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s(?:xmlns:xlink|xmlns|version)="[^"]*"', "", svg, count=0)
    svg = re.sub(r'(<svg[^>]*?)\swidth="[^"]*"', r'\1 role="img"', svg, count=1)
    svg = re.sub(r'(<svg[^>]*?)\sheight="[^"]*"', r"\1", svg, count=1)
    svg = svg.replace("xlink:href", "href").replace("#000000", "currentColor")
    return re.sub(r"fill: #ffffff(; opacity: 0\.8)?", "fill: none", svg)
