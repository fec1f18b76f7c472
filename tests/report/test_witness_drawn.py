"""Witnesses drawn: fractions, graphs, heat maps, the two sides."""

from xml.etree import ElementTree as ET

import pytest

from verify.report.graph import graph
from verify.report.heat import heat_map
from verify.report.values import as_number, formula, named, relation, shape
from verify.report.witness import both_sides, drawn

POSITIVE = ("W is positive",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, ()),
        ("1/3", ()),
        ([], None),
        (["1", "2"], (2,)),
        ([["1", "2"]], (1, 2)),
        ([["1"], ["1", "2"]], None),
        ([[["0"]]], (1, 1, 1)),
        ({"a": 1}, None),
    ],
)
def test_shape_of_nested_lists(value, expected):
    assert shape(value) == expected


def test_numbers_of_exact_entries():
    found = [as_number(x) for x in ("1/4", 2, "0.5", 0.5, "NOT_X", "1/0", None)]
    assert found == [0.25, 2.0, 0.5, 0.5, None, None, None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1/3", "<mfrac><mn>1</mn><mn>3</mn></mfrac>"),
        ("-1/3", '<mrow><mo form="prefix">−</mo><mfrac><mn>1</mn><mn>3</mn></mfrac></mrow>'),
        (-2, '<mrow><mo form="prefix">−</mo><mn>2</mn></mrow>'),
        ("0.50000000000000000000", "<mn>0.5</mn>"),
        ("100", "<mn>100</mn>"),
        ("3.39e-18", "<mn>3.39</mn><mo>·</mo><msup><mn>10</mn><mn>−18</mn></msup>"),
        ("[181.01933598375616625 +/- 3.39e-18]", "<mn>181.0193359…</mn><mo>±</mo>"),
        ("NOT_X", "<mtext>NOT_X</mtext>"),
        ("nan", "<mtext>nan</mtext>"),
    ],
)
def test_values_are_set_exactly(value, expected):
    shown = formula(value)
    assert expected in shown
    ET.fromstring(shown)


def test_a_small_matrix_is_set_by_its_name():
    shown = named("W", [["0", "1/2"], ["1", "0"]])
    assert shown.count("<mtr>") == 2
    assert shown.count("<mfrac>") == 1
    assert shown.startswith("<math><mrow><mi>W</mi><mo>=</mo>")
    assert "<mi>ε</mi>" in named("eps", "1/2")


def test_two_sides_may_part_between_lines():
    assert relation("1", "<=", "1/2").count("<math>") == 2


def test_weights_of_a_graph_are_drawn_as_one():
    shown = drawn({"W": [["1", "2"], ["2", "1"]]}, POSITIVE)
    assert shown.count('class="v-graph"') == 1
    assert "exact entries, to copy" in shown


@pytest.mark.parametrize(
    ("case", "hypotheses"),
    [
        ({"W": [["1", "2"]]}, POSITIVE),  # not square
        ({"W": [["1", "-2"], ["2", "1"]]}, POSITIVE),
        ({"A": [["1", "2"], ["2", "1"]]}, POSITIVE),
        ({"W": [["1", "2"], ["2", "1"]]}, ("W is not 0",)),  # its check knows of no graph
        ({"W": [["1", "a"], ["2", "1"]]}, POSITIVE),
        ({"W": [["1"]]}, POSITIVE),
    ],
)
def test_other_matrices_are_not(case, hypotheses):
    assert "v-graph" not in drawn(case, hypotheses)


def test_a_symmetric_graph_has_lines_a_directed_one_arrows():
    symmetric = graph([[0, 1], [1, 0]], [["0", "1"], ["1", "0"]])
    directed = graph([[0, 1], [2, 0]], [["0", "1"], ["2", "0"]])
    assert symmetric.count('class="g-edge"') == 1
    assert directed.count('class="g-tip"') == 2
    assert "each arrow its own weight" in directed


def test_clusters_values_and_left_out_edges_are_told_apart():
    case = {"W": [["1", "1"], ["1", "1"]], "labels": [0, 1], "f": ["2/3", "1"]}
    shown = drawn({**case, "mask": [[1, 0], [1, 1]]}, POSITIVE)
    assert "g-c0" in shown
    assert "g-c1" in shown
    assert ">2/3</text>" in shown
    assert "g-out" in shown
    assert "g-out" not in drawn(case, POSITIVE)


def test_sampled_edges_and_clusters_are_kept():
    one = [["1"] * 3] * 3
    shown = drawn({"W": one, "labels": [0, 0, 1], "sampled": [["0"] * 3] * 3}, POSITIVE)
    assert shown.count("g-out") == 2  # 1-3 and 2-3


def test_a_large_matrix_is_a_heat_map_of_few_paths():
    shown = drawn({"B": [[str(i - j) for j in range(50)] for i in range(50)]})
    assert shown.count("<path") <= 15
    assert "B, 50 × 50; the darkest is 49 in size" in shown


def test_a_heat_map_of_nothing_and_of_infinities():
    assert heat_map("Z", [[0.0]]).count('class="h-p0"') == 1
    assert 'class="h-nan"' in heat_map("Z", [[float("inf"), 1.0]])


def test_both_sides_are_drawn_to_scale():
    shown = both_sides({"relation": "<=", "lhs": "1/4", "rhs": "1/8"})
    assert "width:70.0%" in shown
    assert "width:35.0%" in shown
    assert "≤" in shown


@pytest.mark.parametrize(("lhs", "rhs"), [("1", "0"), ("-1", "1"), ("nothing", "1"), ("1", "1000")])
def test_sides_without_a_common_scale_have_no_bars(lhs, rhs):
    assert "v-bars" not in both_sides({"relation": ">=", "lhs": lhs, "rhs": rhs})
