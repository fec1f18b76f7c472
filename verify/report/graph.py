"""Weights of a graph as a node-link picture: a circle of nodes, lines as wide as their weight."""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt

from verify.report.markup import Html, element

MOST_NODES = 12  # beyond it the lines cover one another: a heat map says more
_LABELLED = 4  # nodes up to which each line has its weight written on it
_RADIUS, _NODE, _MARGIN = 92, 15, 52


def graph(
    weights: list[list[float]],
    texts: list[list[str]],
    *,
    labels: list | None = None,
    values: list | None = None,
    mask: list[list] | None = None,
) -> Html:
    """An SVG of the graph with these weights (n x n, none negative) and their exact texts.

    labels: a cluster a node.  values: a number a node, written beside it.  mask: where it is 0 the
    line is dashed (an edge that is left out).
    """
    n = len(weights)
    at = [_place(i, n) for i in range(n)]
    edges = [e for i in range(n) for j in range(n) for e in _edge(i, j, weights, texts, mask, at)]
    nodes = [_node(i, at[i], labels, values) for i in range(n)]
    across, down = ([p[axis] for p in at] for axis in (0, 1))
    left, top = min(across) - _MARGIN, min(down) - _MARGIN
    wide, tall = max(across) - left + _MARGIN, max(down) - top + _MARGIN
    picture = element(
        "svg",
        element("title", f"graph with {n} nodes"),
        edges,
        nodes,
        viewBox=f"{left:.0f} {top:.0f} {wide:.0f} {tall:.0f}",
        style=f"width:{wide / 16:.1f}rem",
        class_="v-graph",
        role="img",
    )
    return element("figure", picture, element("figcaption", _caption(weights, labels, mask)))


def _caption(weights, labels, mask) -> str:
    parts = ["nodes are tokens, lines their weights"]
    parts += [] if _symmetric(weights) else ["each arrow its own weight"]
    parts += ["shades are clusters"] if labels else []
    parts += ["dashed: left out"] if mask else []
    return "; ".join(parts)


def _symmetric(weights) -> bool:
    return all(weights[i][j] == weights[j][i] for i in range(len(weights)) for j in range(i))


def _place(i: int, n: int) -> tuple[float, float]:
    if n == 1:
        return 0.0, 0.0
    turn = (pi if n == 2 else -pi / 2) + 2 * pi * i / n
    return _RADIUS * cos(turn), _RADIUS * sin(turn)


def _edge(i, j, weights, texts, mask, at):
    """A line a pair of a symmetric graph, an arrow a weight otherwise, a loop on the diagonal."""
    if weights[i][j] == 0:
        return
    largest = max(map(max, weights))
    style = {
        "stroke_width": f"{0.8 + 4.2 * sqrt(weights[i][j] / largest):.2f}",
        "class_": "g-edge g-out" if mask and not float(mask[i][j]) else "g-edge",
    }
    text = texts[i][j] if len(weights) <= _LABELLED else None
    if i == j:
        yield from _loop(at[i], style, text)
    elif not _symmetric(weights):
        yield from _arrow(at[i], at[j], style, text)
    elif i < j:
        (x, y), (u, v) = at[i], at[j]
        yield element("path", d=f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}", **style)
        yield _text((x + u) / 2, (y + v) / 2 - 5, text, "g-weight")


def _loop(place, style, text):
    x, y = place
    size = hypot(x, y) or 1
    dx, dy = (x / size, y / size) if (x or y) else (0, -1)
    cx, cy = x + dx * (_NODE + 7), y + dy * (_NODE + 7)
    yield element("circle", cx=f"{cx:.1f}", cy=f"{cy:.1f}", r=11, **style)
    yield _text(cx + dx * 19, cy + dy * 19 + 4, text, "g-weight")


def _arrow(start, end, style, text):
    """A bent line from node to node with a head; those of i to j and j to i bend apart."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y)
    ex, ey = (u - x) / length, (v - y) / length
    nx, ny = ey, -ex
    mx, my = (x + u) / 2 + nx * 26, (y + v) / 2 + ny * 26
    toward = hypot(u - mx, v - my)
    hx, hy = (u - mx) / toward, (v - my) / toward
    tip = (u - hx * (_NODE + 1), v - hy * (_NODE + 1))
    base = (tip[0] - hx * 9, tip[1] - hy * 9)
    d = f"M{x:.1f} {y:.1f}Q{mx:.1f} {my:.1f} {base[0]:.1f} {base[1]:.1f}"
    yield element("path", d=d, **style)
    corners = (tip, (base[0] - hy * 5, base[1] + hx * 5), (base[0] + hy * 5, base[1] - hx * 5))
    yield element(
        "polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), class_="g-tip"
    )
    yield _text((x + u) / 2 + nx * 21, (y + v) / 2 + ny * 21 + 4, text, "g-weight")


def _node(i, place, labels, values) -> Html:
    x, y = place
    shade = f" g-c{labels[i] % 4}" if labels and isinstance(labels[i], int) else ""
    said = f"node {i + 1}" + (f", cluster {labels[i]}" if labels else "")
    circle = element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=_NODE, class_=f"g-node{shade}")
    value = _text(x, y + _NODE + 13, str(values[i]), "g-value") if values else None
    number = _text(x, y + 4.5, str(i + 1), "g-name")
    return element("g", element("title", said), circle, number, value)


def _text(x, y, text, name) -> Html | None:
    if text is None:
        return None
    return element("text", text, x=f"{x:.1f}", y=f"{y:.1f}", class_=name)
