"""HTML that is escaped by construction: text goes in as text, elements come out as `Html`."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = {"br", "hr", "input", "link", "meta"}


class Html(str):
    """Text that is HTML already; every other string is escaped where it meets an element."""

    __slots__ = ()


def element(name: str, /, *children, **attributes) -> Html:
    """`<name attributes>children</name>` with strings escaped; None children are left out.

    `class_` is class, `aria_label` is aria-label; an attribute that is None or False is left out.
    """
    opening = f"<{name}{''.join(map(_attribute, attributes.items()))}>"
    if name in _VOID:
        return Html(opening)
    return Html(f"{opening}{together(children)}</{name}>")


def together(children: Iterable) -> Html:
    """Children one after the other: Html as it is, strings escaped, None left out."""
    return Html("".join(map(_child, children)))


def raw(text: str) -> Html:
    """Text as HTML, for what this package wrote itself."""
    return Html(text)


def _child(child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return escape(child, quote=False)
    return together(child)


def _attribute(item: tuple[str, object]) -> str:
    key, value = item
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f' {name}="{"" if value is True else escape(str(value))}"'
