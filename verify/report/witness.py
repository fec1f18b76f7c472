"""A witness drawn: numbers and small matrices in exact form, graphs, the rest as shades."""

from __future__ import annotations

import json

from verify.report.graph import MOST_NODES, graph
from verify.report.heat import heat_map
from verify.report.markup import Html, element
from verify.report.values import SMALL, as_number, named, relation, shape

_ENTRIES = 20_000  # characters of exact entries on a page; longer ones are in the witness file
_WIDE = 60  # characters in a row of a matrix that is still set as one


def drawn(case: dict, hypotheses: tuple[str, ...] | None = None) -> Html:
    """Every value of a case, with a picture where it has one, and its entries to copy.

    hypotheses: the names of those of the check, which tell a graph from another square matrix.
    """
    formulas = [named(n, v) for n, v in case.items() if _is_set(v)]
    pictures = [p for n, v in case.items() for p in _pictures(n, v, case, hypotheses)]
    others = [_entries(n, v) for n, v in case.items() if not _is_set(v)]
    return element(
        "div",
        element("div", formulas, class_="v-values") if formulas else None,
        element("div", pictures, class_="v-pictures") if pictures else None,
        others,
        _copy(case) if any(map(shape, case.values())) else None,
        class_="v-witness",
    )


def both_sides(sides: dict) -> Html:
    """What fails: `not lhs <= rhs`, and the two sides as bars to scale."""
    failed = element(
        "p",
        element("span", "not ", class_="v-not"),
        relation(sides["lhs"], sides["relation"], sides["rhs"]),
        title=f"{sides['lhs']} {sides['relation']} {sides['rhs']}",
        class_="v-failed",
    )
    return element("div", failed, _bars(sides))


def _bars(sides: dict) -> Html | None:
    """Two bars from 0, drawn where both sides are positive numbers of like size."""
    numbers = [as_number(_middle(sides[key])) for key in ("lhs", "rhs")]
    if None in numbers or min(numbers) <= 0 or max(numbers) > 200 * min(numbers):
        return None
    widths = [100 * x / max(numbers) for x in numbers]
    bars = [
        element(
            "div",
            element("span", word, class_="v-side"),
            element("span", class_=f"v-bar v-{key}", style=f"width:{width * 0.7:.1f}%"),
        )
        for key, word, width in zip(("lhs", "rhs"), ("left", "right"), widths, strict=True)
    ]
    return element("div", bars, class_="v-bars", aria_hidden="true")


def _middle(side: str) -> str:
    """The midpoint of a ball, or the number itself."""
    return side.strip("[]").partition(" +/- ")[0]


def _is_set(value) -> bool:
    """Whether a value is set as a formula: a scalar, a short vector, a small matrix."""
    found = shape(value)
    if found is None or len(found) > 2 or max(found, default=0) > SMALL:
        return found == ()
    rows = value if len(found) == 2 else [value] if found else []
    return all(sum(len(str(x)) + 2 for x in row) <= _WIDE for row in rows)


def _pictures(name: str, value, case: dict, hypotheses):
    found = shape(value)
    if found is None or len(found) != 2:
        return
    numbers = [[as_number(x) for x in row] for row in value]
    if any(x is None for row in numbers for x in row):
        return
    if _is_graph(name, numbers, hypotheses):
        yield graph(numbers, [list(map(str, row)) for row in value], **_beside(case, len(value)))
    elif not _is_set(value):
        yield heat_map(name, numbers)


def _is_graph(name: str, numbers, hypotheses) -> bool:
    """Square, nowhere negative, called W, and its check asks for the weights of a graph."""
    n = len(numbers)
    square = 2 <= n <= MOST_NODES and all(len(row) == n for row in numbers)
    if not square or name != "W" or any(x < 0 for row in numbers for x in row):
        return False
    asked = ("W is positive", "W is nonnegative", "labels")
    return hypotheses is None or any(h.startswith(asked) for h in hypotheses)


def _beside(case: dict, n: int) -> dict:
    """What else of a case belongs to the nodes and edges: clusters, values, a mask."""
    found = {}
    for name, role in (
        ("labels", "labels"),
        ("f", "values"),
        ("mask", "mask"),
        ("sampled", "mask"),
    ):
        if name in case and (shape(case[name]) or ())[:1] == (n,):
            found[role] = case[name]
    if "sampled" in case and "labels" in case:
        found["mask"] = _kept(case["labels"], case["sampled"], n)
    return found


def _kept(labels: list, sampled: list, n: int) -> list[list[int]]:
    """Edges of clusters and of the sample."""
    edges = [[i, j] for i in range(n) for j in range(n)]
    kept = [int(labels[i] == labels[j] or bool(as_number(sampled[i][j]))) for i, j in edges]
    return [kept[i * n : (i + 1) * n] for i in range(n)]


def _entries(name: str, value) -> Html | None:
    """A value that is neither set nor drawn as it is, in words of JSON."""
    if (shape(value) or ())[1:2]:
        return None  # a matrix: its heat map is there, its entries in the copy
    text = json.dumps(value, ensure_ascii=False).replace('"', "")
    text = text if len(text) <= 400 else text[:400] + " …"
    return element("p", element("code", f"{name} = {text}"), class_="v-long")


def _copy(case: dict) -> Html:
    text = json.dumps(case, ensure_ascii=False)
    if len(text) > _ENTRIES:
        return element("p", "exact entries: in the witness file, see the command below")
    label = element("summary", "exact entries, to copy")
    return element("details", label, element("pre", element("code", text)), class_="v-copy")
