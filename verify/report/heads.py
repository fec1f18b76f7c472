"""What attention heads say of a part: how far below the bound, and which hypotheses fail."""

from __future__ import annotations

from math import ceil, floor, log10

from verify.report.markup import Html, element

_WIDE, _TALL, _LEFT = 520, 64, 10
_ROWS = 60  # heads listed one by one; more are counted


def heads(reports: list[dict]) -> Html:
    """A strip of lhs/rhs by head, a row for the heads that say the same, then each by itself."""
    groups: dict[tuple[str, str], list[dict]] = {}
    for h in reports:
        groups.setdefault((_hypotheses(h), _conclusion(h)), []).append(h)
    rows = [
        element(
            "tr",
            element("th", _names(group), scope="row"),
            element("td", met),
            element("td", said),
            element("td", _range(group), class_="v-num"),
        )
        for (met, said), group in groups.items()
    ]
    return element("div", _strip(reports), _table("heads", rows), _each(reports))


def _table(first: str, rows) -> Html:
    head = [element("th", t, scope="col") for t in (first, "hypotheses", "conclusion", "lhs/rhs")]
    table = element("table", element("thead", element("tr", head)), element("tbody", rows))
    return element("div", table, class_="v-scroll")


def _each(reports: list[dict]) -> Html:
    rows = [
        element(
            "tr",
            element("th", h["name"], scope="row"),
            element("td", _hypotheses(h)),
            element("td", _conclusion(h)),
            element("td", _range([h]), class_="v-num"),
        )
        for h in reports[:_ROWS]
    ]
    more = len(reports) - _ROWS
    rest = element("p", f"and {more} more, in the JSON of the run") if more > 0 else None
    return element("details", element("summary", "each head"), _table("head", rows), rest)


def _strip(reports: list[dict]) -> Html | None:
    """Ratios on a logarithmic axis; 1 is where the conclusion fails."""
    known = [(h["ratio"], h["held"]) for h in reports if h["ratio"] and h["ratio"] > 0]
    if len(known) < 2:
        return None
    low = floor(log10(min(r for r, _ in known)))
    high = max(low + 1, 0, ceil(log10(max(r for r, _ in known))))
    scale = (_WIDE - 2 * _LEFT) / (high - low)

    def at(ratio: float) -> str:
        return f"{_LEFT + (log10(ratio) - low) * scale:.1f}"

    step = max(1, ceil((high - low) / 8))
    ticks = [_tick(at(10.0**p), p) for p in range(low, high + 1, step)]
    bound = element("path", d=f"M{at(1)} 4V44", class_="s-bound")
    dots = [_dot(at(r), held, i) for i, (r, held) in enumerate(known)]
    title = element("title", "lhs/rhs of each head")
    view = f"0 0 {_WIDE} {_TALL}"
    svg = element("svg", title, ticks, bound, dots, viewBox=view, class_="v-strip", role="img")
    return element(
        "figure",
        svg,
        element("figcaption", "lhs/rhs of each head: ● held, × failed; the line is the bound"),
    )


def _tick(x: str, power: int) -> Html:
    label = "1" if power == 0 else f"1e{power}"
    line = element("path", d=f"M{x} 40v4", class_="s-tick")
    return element("g", line, element("text", label, x=x, y=58, class_="s-label"))


def _dot(x: str, held: bool | None, i: int) -> Html:
    y = 12 + 7 * (i % 4)  # apart, so that marks at one place can be told
    if held is False:
        return element("path", d=f"M{float(x) - 4:.1f} {y - 4}l8 8m0 -8l-8 8", class_="s-failed")
    return element("circle", cx=x, cy=y, r=3.5, class_="s-held")


def _names(group: list[dict]) -> str:
    if len(group) == 1:
        return group[0]["name"]
    sources = dict.fromkeys(h["name"].partition("/")[0] for h in group)
    return f"{len(group)} heads ({', '.join(sources)})"


def _hypotheses(h: dict) -> str:
    missed = [name for name, met in h["hypotheses"].items() if not met]
    return f"not met: {', '.join(missed)}" if missed else "met"


def _conclusion(h: dict) -> str:
    if h["held"] is None:
        return f"undefined: {h.get('reason', '')}"
    return "held" if h["held"] else "failed"


def _range(group: list[dict]) -> str:
    known = [h["ratio"] for h in group if h["ratio"] is not None]
    if not known:
        return ""
    low, high = f"{min(known):.3g}", f"{max(known):.3g}"
    return low if low == high else f"{low} to {high}"
