"""Colours of the pages: legible in light and dark, and told apart without hue."""

import re
from itertools import combinations

import pytest

from verify.report.frame import asset
from verify.report.words import SIGNS
from verify.verdict import VERDICTS

CSS = asset("finding.css") + asset("page.css")
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(CSS)}
AA = 4.5  # WCAG 2.2, 1.4.3: contrast of text at least


def luminance(colour):
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21, rel=1e-12)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "shade"])
def test_text_is_legible(ground, mode):
    for name in ("ink", "soft", "link", *VERDICTS):
        found = contrast(COLOURS[name][mode], COLOURS[ground][mode])
        assert found >= AA, (name, ground, found)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_badges_are_legible(mode):
    for verdict in VERDICTS:
        assert contrast(COLOURS[verdict][mode], COLOURS[f"{verdict}-bg"][mode]) >= AA, verdict


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_source_is_legible(mode):
    for colours in re.findall(r"\.v-source .*?light-dark\((#\w{6}), (#\w{6})\)", CSS):
        assert contrast(colours[mode], COLOURS["shade"][mode]) >= AA, colours


def test_verdicts_differ_in_sign():
    assert set(SIGNS) == set(VERDICTS)
    assert all(a != b for a, b in combinations(SIGNS.values(), 2))
