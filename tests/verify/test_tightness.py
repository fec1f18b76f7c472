"""The picture of claims that draw none of their own."""

import numpy as np

from verify.comparison import SLACK
from verify.plotting import draw
from verify.registry import find, get
from verify.tightness import histogram, ratios


def test_what_fails_is_beyond_one_and_its_repair_is_not():
    (stated,) = get("theorem58").parts
    assert ratios(stated).max() > 1 + SLACK
    for amendment in stated.amendments:
        assert 0.99 < ratios(amendment).max() <= 1 + SLACK
    np.testing.assert_array_equal(ratios(stated), ratios(stated))


def test_the_picture_is_a_file(tmp_path):
    (entry,) = find("theorem58")
    path = draw(entry, tmp_path)
    assert path.name == "sequence-theorem58.svg"
    text = path.read_text(encoding="utf-8")
    assert text.count("<svg") == 1
    assert path.read_bytes() == draw(entry, tmp_path).read_bytes()


def test_no_picture_of_a_definition_or_a_table(tmp_path):
    for name in ("axiom1", "table2"):
        assert histogram(get(name)) is None
        (entry,) = find(name)
        assert draw(entry, tmp_path) is None
    assert list(tmp_path.iterdir()) == []
