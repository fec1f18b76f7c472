"""The overview: counts a paper, and a row a part to filter and sort."""

from __future__ import annotations

from verify.report.claim_page import anchors, file_name
from verify.report.frame import page, toolbar
from verify.report.markup import Html, element, together
from verify.report.statement import prose, statement
from verify.report.words import MEANING, SIGNS, badge, counted
from verify.verdict import VERDICTS

_COLUMNS = (
    ("order", "claim"),
    ("rank", "verdict"),
    ("", "statement"),
    ("evidence", "evidence"),
    ("mutants", "mutants"),
)


def overview(doc: dict) -> str:
    """The document `index.html` of a run."""
    claims = doc["claims"]
    return page(
        "Verdicts",
        toolbar(element("b", "verdicts")),
        element(
            "main",
            _heading(doc),
            element("section", [_paper(name, of) for name, of in _papers(claims).items()]),
            _meanings(claims),
            _filters(claims),
            _table(claims),
            _environment(doc.get("environment") or {}),
            class_="overview",
        ),
    )


def _papers(claims: list[dict]) -> dict[str, list[dict]]:
    papers: dict[str, list[dict]] = {}
    for claim in claims:
        papers.setdefault(claim["id"].partition("/")[0], []).append(claim)
    return papers


def _heading(doc: dict) -> Html:
    claims = doc["claims"]
    parts = sum(len(c["parts"]) for c in claims)
    made = f"level {doc['level']}, seed {doc['seed']}"
    return element(
        "header",
        element("h1", "Theorems put to the test"),
        element(
            "p", _number(len(claims), "claim"), ", ", _number(parts, "part"), ".", class_="lead"
        ),
        element("p", f"Run at {made}.", class_="note"),
        class_="heading",
    )


def _environment(found: dict) -> Html | None:
    text = ", ".join(f"{name} {number}" for name, number in found.items())
    return element("footer", element("p", f"Run with {text}.", class_="note")) if text else None


def _number(n: int, of: str) -> str:
    return f"{n} {of}" if n == 1 else f"{n} {of}s"


def _verdicts(claims: list[dict]) -> dict[str, int]:
    return counted([p["verdict"] for c in claims for p in c["parts"]])


def _paper(name: str, claims: list[dict]) -> Html:
    """A paper's line: how many parts have which verdict, in numbers and to scale."""
    counts = _verdicts(claims)
    bar = [
        element(
            "span",
            element("span", SIGNS[v], aria_hidden="true"),
            f" {n} ",
            element("span", v, class_="word"),
            class_=f"v-{v}",
            style=f"flex-grow:{n}",
            title=f"{n} {v}",
        )
        for v, n in counts.items()
    ]
    total = f"{_number(len(claims), 'claim')}, {_number(sum(counts.values()), 'part')}"
    head = element("h2", name, " ", element("small", total))
    return element("div", head, element("p", bar, class_="bar"), class_="paper")


def _meanings(claims: list[dict]) -> Html:
    present = _verdicts(claims)
    rows = [together([element("dt", badge(v)), element("dd", MEANING[v])]) for v in present]
    summary = element("summary", "what the words mean")
    return element("details", summary, element("dl", rows), class_="meanings")


def _filters(claims: list[dict]) -> Html:
    counts = _verdicts(claims)
    chips = [
        element(
            "button",
            element("span", SIGNS[v], aria_hidden="true"),
            f" {v} ",
            element("small", str(n)),
            type="button",
            class_=f"chip v-{v}",
            data_verdict=v,
            aria_pressed="false",
        )
        for v, n in counts.items()
    ]
    search = element(
        "input", type="search", id="text", placeholder="search  ( / )", aria_label="search"
    )
    return element(
        "div",
        element(
            "div",
            search,
            _choice("kind", [c["kind"] for c in claims]),
            _choice("paper", list(_papers(claims))),
            class_="line",
        ),
        element("div", chips, element("button", "all", type="button", id="reset"), class_="chips"),
        element("p", id="count", aria_live="polite"),
        class_="filters js-only",
        role="search",
    )


def _choice(name: str, values: list[str]) -> Html | None:
    distinct = sorted(dict.fromkeys(values)) if name == "kind" else list(dict.fromkeys(values))
    if len(distinct) < 2:
        return None
    options = [element("option", f"every {name}", value="")]
    options += [element("option", v, value=v) for v in distinct]
    return element("select", options, id=name, aria_label=name)


def _table(claims: list[dict]) -> Html:
    heads = [
        element(
            "th",
            element("button", text, type="button", data_sort=key) if key else text,
            scope="col",
            aria_sort="ascending" if key == "order" else None,
        )
        for key, text in _COLUMNS
    ]
    rows = [row for claim in claims for row in _rows(claim)]
    numbered = [_row(i, *row) for i, row in enumerate(rows)]
    return element(
        "table", element("thead", element("tr", heads)), element("tbody", numbered), id="parts"
    )


def _rows(claim: dict):
    for part, anchor in zip(claim["parts"], anchors(claim), strict=True):
        yield claim, part, anchor


def _row(order: int, claim: dict, part: dict, anchor: str) -> Html:
    paper, _, name = claim["id"].partition("/")
    mutants = [m for f in (part, *part["amendments"]) for m in f["mutants"]]
    dead = sum(m["killed"] for m in mutants)
    href = file_name(claim["id"]) + (f"#{anchor}" if len(claim["parts"]) > 1 else "")
    label = element("small", part["part"]) if part["part"] else None
    return element(
        "tr",
        element(
            "td",
            element("a", name, href=href),
            " ",
            label,
            element("span", prose(claim["title"]), class_="title"),
            class_="of",
        ),
        element("td", badge(part["verdict"])),
        element("td", statement(part["statement"]), class_="said"),
        element("td", part["evidence"] or part.get("reason", "").partition(":")[0], class_="how"),
        element("td", f"† {dead} of {len(mutants)}" if mutants else "", class_="how"),
        data_verdict=part["verdict"],
        data_kind=claim["kind"],
        data_paper=paper,
        data_order=order,
        data_rank=VERDICTS.index(part["verdict"]),
        data_evidence=part["evidence"] or "~",
        data_mutants=-len(mutants),
    )
