"""Shared by the tests of the report: a strict reader of pages, and the recorded run as pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from verify import ledger, registry, report

TOYS = Path(__file__).parents[1] / "data" / "toys"

LINKS = ("href", "src", "srcset", "action", "data", "poster", "formaction")


@dataclass
class Page(HTMLParser):
    """A page read strictly: every element closed in its order, no id twice."""

    text: str = ""
    ids: list = field(default_factory=list)
    links: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    attributes: list = field(default_factory=list)
    said: str = ""

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open = []
        self.feed(self.text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in LINKS]
        if tag not in ("br", "hr", "input", "link", "meta"):
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self._open
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "script" not in self._open and "style" not in self._open:
            self.said += data


@pytest.fixture(scope="session")
def read_page():
    return lambda text: Page(text=text)


@pytest.fixture(scope="session")
def recorded():
    return ledger.read(ledger.LEDGER)


@pytest.fixture(scope="session")
def pages(recorded, tmp_path_factory):
    """The pages of the recorded run, without pictures, by name: (text, as read)."""
    folder = tmp_path_factory.mktemp("report")
    report.write(recorded, folder, plots=False)
    texts = {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()}
    return {name: (text, Page(text=text)) for name, text in texts.items()}


@pytest.fixture
def toys(monkeypatch):
    """The toy claims are claims too, for one test; the folder of their files."""
    monkeypatch.setattr(registry, "_folders", [TOYS])
    return TOYS
