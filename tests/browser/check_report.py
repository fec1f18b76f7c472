"""The report in a real browser: `python -m pytest tests/browser/check_report.py`.

Not among the tests that run by themselves: it needs a Chromium (Debian: `apt-get install
chromium`), and fails without one.  `SCREENSHOTS=docs` keeps what it photographs.
"""

import os
from pathlib import Path

import pytest

from verify import ledger, report

from .chromium import Chromium

VISIBLE = "[...document.querySelectorAll('#parts tbody tr')].filter(r => !r.hidden)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(250, 248, 244)", "rgb(18, 20, 24)"
CLAIM = "sequence-theorem30.html"


@pytest.fixture(scope="session")
def recorded():
    return ledger.read(ledger.LEDGER)


@pytest.fixture(scope="session")
def folder(recorded, tmp_path_factory):
    """The whole report of the recorded run, with its pictures."""
    path = tmp_path_factory.mktemp("report")
    report.write(recorded, path)
    return path


@pytest.fixture(scope="session")
def session():
    with Chromium() as browser:
        yield browser


@pytest.fixture
def browser(session):
    """The browser at desktop size, with nothing remembered; its console must stay clean."""
    session.size(1280, 900)
    session.complaints.clear()
    yield session
    assert session.complaints == []


def shown(browser, folder, name="index.html"):
    browser.open("about:blank")
    browser.open((folder / name.partition("#")[0]).as_uri() + name[len(name.partition("#")[0]) :])


def arrived(browser, address):
    """Wait until the page whose address ends so is there, its script with it."""
    browser.settle(f"document.readyState === 'complete' && location.href.endsWith({address!r})")


def count(browser):
    return browser.evaluate(f"{VISIBLE}.length")


def parts(recorded, keep=lambda claim, part: True):
    return sum(keep(c, p) for c in recorded["claims"] for p in c["parts"])


def test_every_page_loads_in_both_widths_with_a_clean_console(browser, folder):
    for path in sorted(folder.glob("*.html")):
        assert path.stat().st_size < 300_000, path.name
        for width in (390, 1280):
            browser.size(width, 900)
            browser.open(path.as_uri())
            assert browser.evaluate("document.documentElement.scrollWidth") == width, path.name
        assert browser.complaints == [], path.name


def test_nothing_is_asked_of_the_network(browser, folder):
    for name in ("index.html", CLAIM):
        shown(browser, folder, name)
        asked = browser.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
        assert asked == []


def test_verdicts_filter_alone_and_together(browser, folder, recorded):
    shown(browser, folder)
    assert count(browser) == parts(recorded)
    browser.click(".chip[data-verdict=refuted]")
    refuted = parts(recorded, lambda c, p: p["verdict"] == "refuted")
    assert count(browser) == refuted
    browser.click(".chip[data-verdict=vague]")
    vague = parts(recorded, lambda c, p: p["verdict"] == "vague")
    assert count(browser) == refuted + vague
    assert browser.evaluate("document.querySelector('#count').textContent") == (
        f"{refuted + vague} of {parts(recorded)} parts"
    )
    browser.click("#reset")
    assert count(browser) == parts(recorded)


def test_text_kind_and_paper_filter(browser, folder, recorded):
    shown(browser, folder)
    browser.key("/")
    for letter in "sin":
        browser.key(letter)
    assert 0 < count(browser) < parts(recorded)
    browser.key("Escape")
    assert count(browser) == parts(recorded)
    for name, value, keep in (
        ("kind", "theorem", lambda c, p: c["kind"] == "theorem"),
        ("paper", "unified", lambda c, p: c["id"].startswith("unified/")),
    ):
        browser.evaluate(
            f"(s => {{ s.value = '{value}'; s.dispatchEvent(new Event('change')); }})"
            f"(document.querySelector('#{name}'))"
        )
        assert count(browser) == parts(recorded, keep)
        browser.click("#reset")


def test_the_address_keeps_filter_and_order(browser, folder, recorded):
    shown(browser, folder)
    browser.click(".chip[data-verdict=holds]")
    browser.click("[data-sort=evidence]")
    address = browser.evaluate("location.hash")
    assert "verdict=holds" in address
    assert "sort=evidence" in address
    shown(browser, folder, f"index.html{address}")
    assert count(browser) == parts(recorded, lambda c, p: p["verdict"] == "holds")
    assert (
        browser.evaluate("document.querySelector('th[aria-sort]').innerText.trim()") == "evidence"
    )


@pytest.mark.parametrize("key", ["order", "rank", "evidence", "mutants"])
def test_columns_sort_both_ways(key, browser, folder):
    shown(browser, folder, "index.html#sort=-rank" if key != "rank" else "index.html")
    values = f"{VISIBLE}.map(r => r.dataset.{key})"
    numeric = key != "evidence"

    def seen():
        return [float(v) if numeric else v for v in browser.evaluate(values)]

    browser.click(f"[data-sort={key}]")
    assert seen() == sorted(seen())
    browser.click(f"[data-sort={key}]")
    assert seen() == sorted(seen(), reverse=True)


def test_keys_lead_through_the_overview_into_a_claim_and_back(browser, folder):
    shown(browser, folder)
    for key in "jjk":
        browser.key(key)
    assert browser.evaluate(f"{VISIBLE}.findIndex(r => r.classList.contains('current'))") == 0
    browser.key("j")
    href = browser.evaluate("document.activeElement.href")
    browser.key("Enter")
    arrived(browser, href)
    browser.key("u")
    arrived(browser, "index.html")


def test_keys_lead_from_claim_to_claim_and_part_to_part(browser, folder):
    shown(browser, folder, CLAIM)
    browser.key("j")
    browser.key("j")
    assert browser.evaluate("document.querySelector('.current').id") == "part-opnorm"
    browser.key("n")
    arrived(browser, "corollary31.html")
    browser.key("p")
    arrived(browser, CLAIM)


def test_help_opens_and_closes(browser, folder):
    shown(browser, folder)
    browser.key("?")
    assert browser.evaluate("document.querySelector('#keys').open")
    browser.key("Escape")
    browser.settle("!document.querySelector('#keys').open")


def test_focus_is_seen(browser, folder):
    shown(browser, folder)
    browser.key("j")
    outline = browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_theme_follows_the_system_until_it_is_chosen(browser, folder):
    shown(browser, folder)
    assert browser.evaluate(BACKGROUND) == LIGHT
    browser.size(1280, 900, dark=True)
    assert browser.evaluate(BACKGROUND) == DARK
    browser.key("t")
    assert browser.evaluate(BACKGROUND) == LIGHT
    shown(browser, folder, CLAIM)
    assert browser.evaluate(BACKGROUND) == LIGHT  # remembered from page to page
    browser.size(1280, 900)
    browser.key("t")
    assert browser.evaluate(BACKGROUND) == DARK
    browser.click("#theme")
    assert browser.evaluate(BACKGROUND) == LIGHT
    assert browser.evaluate("document.documentElement.dataset.theme") is None


def test_blocks_can_be_copied(browser, folder):
    shown(browser, folder, CLAIM)
    browser.click(".plain .copy")
    browser.settle(
        "['copied', 'select it'].includes(document.querySelector('.plain .copy').textContent)"
    )


def test_print_leaves_the_controls_out(browser, folder):
    browser.size(1280, 900, dark=True, media="print")
    shown(browser, folder, CLAIM)
    assert (
        browser.evaluate("getComputedStyle(document.querySelector('.toolbar')).display") == "none"
    )
    assert browser.evaluate(BACKGROUND) == "rgb(255, 255, 255)"


def test_a_claim_s_text_cannot_run(browser, tmp_path, recorded):
    text = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
    claim = recorded["claims"][0]
    hostile = {
        **claim,
        "title": text,
        "parts": [{**claim["parts"][0], "statement": text, "why": text}],
    }
    for path in report.write({**recorded, "claims": [hostile]}, tmp_path, plots=False):
        browser.open(path.as_uri())
        assert browser.evaluate("window.ran") is None
        assert "<script>" in browser.evaluate("document.body.textContent")


def test_the_policy_stops_a_script_that_would_get_in(browser, folder):
    shown(browser, folder)
    browser.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.ran = 1'}))"
    )
    assert browser.evaluate("window.ran") is None
    assert "Content Security Policy" in browser.complaints.pop()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
@pytest.mark.parametrize("name", ["index", "sequence-theorem58", "sequence-proposition7"])
def test_screenshots(name, width, height, dark, browser, folder, tmp_path):
    browser.size(width, height, dark=dark)
    shown(browser, folder, f"{name}.html")
    where = Path(os.environ.get("SCREENSHOTS", tmp_path))
    path = where / f"report-{name}-{width}-{'dark' if dark else 'light'}.png"
    browser.screenshot(path)
    assert path.stat().st_size > 10_000
