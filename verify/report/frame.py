"""The frame of a page: one file with its style and script inside, and leave for nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from verify.report.markup import Html, element, raw, together

ASSETS = Path(__file__).parent / "assets"
KEYS = (
    ("/", "search"),
    ("j  k", "next, previous"),
    ("Enter", "open"),
    ("n  p", "next, previous claim"),
    ("u", "overview"),
    ("t", "light, dark, as the system"),
    ("Esc", "close, clear, leave"),
    ("?", "these keys"),
)


def page(title: str, *body, links: dict[str, str] | None = None) -> str:
    """A whole HTML document: `title`, a body, and where keys lead (`next`, `prev`, `up`)."""
    related = [element("link", rel=rel, href=href) for rel, href in (links or {}).items()]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        related,
        element("style", raw(asset("finding.css") + asset("page.css"))),
        element("script", raw(asset("report.js"))),
    )
    content = element("body", body, _keys())
    return f"<!doctype html>\n{element('html', head, content, lang='en')}\n"


def toolbar(*links: Html) -> Html:
    """The line above a page: links at its left, theme and keys at its right."""
    buttons = element(
        "span",
        element("button", "theme", type="button", class_="js-only", id="theme"),
        element("button", "keys", type="button", class_="js-only", id="show-keys"),
        class_="tools",
    )
    return element("nav", element("span", links, class_="crumbs"), buttons, class_="toolbar")


def policy() -> str:
    """Only the script that this package wrote may run; nothing is fetched."""
    digest = hashlib.sha256(asset("report.js").encode()).digest()
    script = base64.b64encode(digest).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def asset(name: str) -> str:
    """The text of a file of this package."""
    return (ASSETS / name).read_text(encoding="utf-8")


def _keys() -> Html:
    rows = [together([element("dt", element("kbd", k)), element("dd", what)]) for k, what in KEYS]
    close = element("button", "close", type="button", id="close-keys")
    title = element("h2", "Keys", id="keys-title")
    return element(
        "dialog", title, element("dl", rows), close, id="keys", aria_labelledby="keys-title"
    )
