"""The pages of the recorded run: well-formed, light, closed to the outside, linked."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from verify.report.frame import asset, policy
from verify.report.words import SIGNS

LIMIT = 300_000  # bytes of a claim's page, as the report promises; with its pictures too
PICTURE = 60_000  # bytes that a picture takes at most, see test_plots.py


def test_there_is_a_page_a_claim_and_an_overview(pages, recorded):
    names = {f"{c['id'].replace('/', '-')}.html" for c in recorded["claims"]}
    assert set(pages) == names | {"index.html"}


def test_pages_are_light(pages):
    weights = {name: len(text.encode()) for name, (text, _) in pages.items()}
    assert {name: w for name, w in weights.items() if w > LIMIT - PICTURE} == {}


def test_every_link_leads_somewhere_and_nothing_leads_outside(pages):
    for name, (_, page) in pages.items():
        for link in page.links:
            target, _, fragment = link.partition("#")
            assert (target or name) in pages, (name, link)
            assert not fragment or fragment in pages[target or name][1].ids, (name, link)


def test_ids_are_distinct(pages):
    for name, (_, page) in pages.items():
        assert [i for i, n in Counter(page.ids).items() if n > 1] == [], name


def test_nothing_is_fetched(pages):
    for name, (text, _) in pages.items():
        assert re.findall(r"url\(|@import|\bsrc=|xlink:", text) == [], name


def test_the_only_script_is_the_package_s_own_and_the_policy_lets_no_other_run(pages):
    for text, page in pages.values():
        assert page.tags.count("script") == 1
        assert f"<script>{asset('report.js')}</script>" in text
        assert [a for a in page.attributes if a[1].startswith("on")] == []
        assert ("meta", "content", policy()) in page.attributes


def test_mathematics_is_well_formed_and_keeps_its_latex(pages):
    formulas = [m for text, _ in pages.values() for m in re.findall(r"<math>.*?</math>", text)]
    assert len(formulas) > 500
    for formula in set(formulas):
        ET.fromstring(formula)
    text, _ = pages["sequence-theorem58.html"]
    latex = r"\|W - \gamma Q(W)\|_F \le \tfrac{\gamma}{2}\sqrt{nm}"
    assert f'<annotation encoding="application/x-tex">{latex}</annotation>' in text


def test_no_statement_of_the_papers_is_beyond_the_converter(pages):
    for name, (text, _) in pages.items():
        assert "v-unicode" not in text, name
        assert re.findall(r"<m[ino]>[^<]*\\[^<]*</m", text) == [], name


def test_a_refuted_page_says_all_that_is_known(pages):
    _, page = pages["sequence-theorem58.html"]
    said = " ".join(page.said.split())
    for words in (
        "✗ refuted",
        "W=(01)",
        "not 14 ≤18",
        "clipping moves an entry w > γ by w - γ, without limit",
        "certified: evaluated in exact rationals",
        "not searched: anything larger",
        "instead✓ holds",
        "1 of 1 false neighbours refuted by the same check",
        "def half_step(W",
        "python -m verify sequence/theorem58 --level standard --seed 0",
        "python -m verify sequence/theorem58 --witness",
        "Repair. Both of these hold",
    ):
        assert words in said


def test_a_page_shows_the_source_of_check_mutant_and_file(pages):
    _, page = pages["sequence-theorem58.html"]
    assert page.said.count("def one_fewer(W") == 2  # as the amendment's mutant, and in the file
    assert "the whole file, verify/sequence/theorem58.py" in page.said


@pytest.mark.parametrize("name", ["sequence-theorem30.html", "sequence-proposition7.html"])
def test_heads_and_graphs_are_drawn(pages, name):
    text, _ = pages[name]
    assert 'class="v-strip"' in text
    assert 'class="v-graph"' in text


def test_the_overview_counts_what_is_recorded(pages, recorded):
    text, page = pages["index.html"]
    parts = [p["verdict"] for c in recorded["claims"] for p in c["parts"]]
    assert f"{len(recorded['claims'])} claims, {len(parts)} parts." in page.said
    assert page.tags.count("tr") == len(parts) + 1
    for verdict, count in Counter(parts).items():
        assert f"{SIGNS[verdict]} {verdict} {count}" in " ".join(page.said.split())
        assert text.count(f'data-verdict="{verdict}"') == count + 1  # the rows, and the chip


def test_neighbours_are_linked(pages, recorded):
    ids = [c["id"].replace("/", "-") for c in recorded["claims"]]
    text, _ = pages[f"{ids[1]}.html"]
    assert f'<link rel="prev" href="{ids[0]}.html">' in text
    assert f'<link rel="next" href="{ids[2]}.html">' in text
    assert 'rel="prev"' not in pages[f"{ids[0]}.html"][0]
    assert 'rel="next"' not in pages[f"{ids[-1]}.html"][0]
