"""A matrix too large to be read, as a heat map: one path a shade, so that it stays light."""

from __future__ import annotations

import math

from verify.report.markup import Html, element

_SHADES = 8
_SIDE = 96  # cells in a row at most; beyond it each cell is a mean of entries, and says so


def heat_map(name: str, entries: list[list[float]]) -> Html:
    """An SVG of a matrix: shades by value, negative entries in the second hue; with a caption."""
    rows, columns = len(entries), len(entries[0])
    block = math.ceil(max(rows, columns) / _SIDE)
    cells = _blocks(entries, block) if block > 1 else entries
    largest = max((abs(x) for row in cells for x in row if math.isfinite(x)), default=0)
    paths: dict[str, list[str]] = {}
    for i, row in enumerate(cells):
        for j, x in enumerate(row):
            paths.setdefault(_shade(x, largest), []).append(f"M{j} {i}h1v1h-1z")
    drawn = [element("path", class_=f"h-{shade}", d="".join(d)) for shade, d in paths.items()]
    title = f"{name}, {rows} × {columns}"
    picture = element(
        "svg",
        element("title", title),
        drawn,
        viewBox=f"0 0 {len(cells[0])} {len(cells)}",
        class_="v-heat",
        role="img",
        shape_rendering="crispEdges",
    )
    return element("figure", picture, element("figcaption", _caption(title, largest, block)))


def _caption(title: str, largest: float, block: int) -> str:
    mean = f"; each cell is the mean of {block} × {block} entries" if block > 1 else ""
    return f"{title}; the darkest is {largest:.4g} in size; negative entries in the other hue{mean}"


def _blocks(entries: list[list[float]], block: int) -> list[list[float]]:
    def mean(i: int, j: int) -> float:
        values = [x for row in entries[i : i + block] for x in row[j : j + block]]
        return sum(values) / len(values)

    columns = range(0, len(entries[0]), block)
    return [[mean(i, j) for j in columns] for i in range(0, len(entries), block)]


def _shade(x: float, largest: float) -> str:
    """p0..p7 by size, n1..n7 where negative, nan where it is none."""
    if not math.isfinite(x):
        return "nan"
    step = round(abs(x) / largest * (_SHADES - 1)) if largest else 0
    return f"{'n' if x < 0 and step else 'p'}{step}"
