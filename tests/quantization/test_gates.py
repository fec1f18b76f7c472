"""Gates of one head: the survey against brute force, and what it settles."""

from itertools import product

import numpy as np
import pytest

from quantization.binary import ALPHABETS, BinaryHead
from quantization.gate_survey import _distinct_scores, _matrices, survey
from quantization.gates import GATES, encode, implements, is_monotone, readouts

MONOTONE = {"FALSE", "AND", "X", "Y", "OR", "TRUE"}
NO_PARITY = set(GATES) - {"XOR", "XNOR"}


def gates_by_brute_force(tokens, width, weights, projection):
    """Every head that there is, called."""
    alphabet, d = ALPHABETS[weights], tokens.shape[2]
    scores, sums = width * d**2 + 1, tokens.shape[1] * d + 1  # beyond what is met
    thresholds = list(product(range(-scores, scores + 1), range(-sums, sums + 1)))
    found = set()
    for entries in product(alphabet, repeat=3 * d * width):
        W_Q, W_K, W_V = np.reshape(entries, (3, d, width))
        for tau, theta in thresholds:
            Y = BinaryHead(W_Q, W_K, W_V, tau, theta, weights, projection)(tokens)
            found.update(map(tuple, Y.reshape(4, -1).T.tolist()))
    return {gate for gate, table in GATES.items() if table in found}


@pytest.mark.parametrize(
    ("tokens", "width", "weights", "projection"),
    [
        (encode(), 1, "binary", "count"),
        (encode(), 1, "binary", "boolean"),
        (encode(), 1, "bipolar", "boolean"),
        (encode(layout="separate"), 2, "binary", "count"),
        (encode(layout="separate"), 2, "bipolar", "boolean"),
        (encode(layout="separate"), 1, "ternary", "count"),
    ],
)
def test_brute_force_agrees(tokens, width, weights, projection):
    found = survey(tokens, width=width, weights=weights, projection=projection)
    assert found.computable == gates_by_brute_force(tokens, width, weights, projection)
    assert found.weight_choices == len(ALPHABETS[weights]) ** (3 * tokens.shape[2] * width)


@pytest.mark.parametrize("projection", ["count", "boolean"])
@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize(
    "constants",
    [
        {},
        {"columns": (1,)},
        {"columns": (0, 1)},
        {"rows": ((0, 1), (1, 1))},
        {"layout": "separate"},
        {"layout": "separate", "columns": (0, 1)},
        {"layout": "separate", "columns": (1,), "rows": ((0, 1), (1, 1))},
    ],
)
def test_binary_weights_compute_the_monotone_gates_only(constants, width, projection):
    """AND and OR, not NOT and not NAND, whatever constants are added (Theorem 48)."""
    found = survey(encode(**constants), width=width, projection=projection)
    assert found.computable == MONOTONE


@pytest.mark.parametrize(
    ("tokens", "options", "computable"),
    [
        (encode(), {"weights": "bipolar"}, set(GATES)),
        (encode(), {"weights": "ternary"}, set(GATES)),
        (encode(dual_rail=True), {}, set(GATES)),
        (encode(dual_rail=True), {"projection": "boolean"}, set(GATES)),
        (encode(columns=(1,)), {"weights": "ternary"}, set(GATES)),
        (encode(layout="separate"), {"weights": "bipolar"}, NO_PARITY),
        (encode(layout="separate"), {"weights": "ternary", "width": 2}, NO_PARITY),
        (
            encode(columns=(1,)),
            {"weights": "ternary", "projection": "boolean"},
            set(GATES) - {"XOR", "NAND"},
        ),
        (
            encode(columns=(1,)),
            {"weights": "ternary", "projection": "boolean", "width": 2},
            set(GATES),
        ),
    ],
)
def test_what_restores_the_other_gates(tokens, options, computable):
    assert survey(tokens, **options).computable == computable


@pytest.mark.parametrize(
    ("tokens", "options"),
    [
        (encode(), {"weights": "bipolar"}),
        (encode(dual_rail=True), {"width": 2}),
    ],
)
def test_witnesses_are_heads_that_do_it(tokens, options):
    for gate, witness in survey(tokens, **options).witnesses.items():
        assert (witness.row, witness.column) in readouts(witness.head, gate, tokens)


def test_scores_belong_to_their_matrices():
    """Each array of scores is that of the pair W_Q, W_K it comes with, in this order."""
    tokens, choices = encode(layout="separate", columns=(1,)), _matrices((0, 1), 2, 1)
    found = list(_distinct_scores(tokens, choices, "count"))
    assert len(found) > len(choices)
    for scores, W_Q, W_K in found:
        np.testing.assert_array_equal(BinaryHead(W_Q, W_K, W_K, 0, 0).scores(tokens), scores)


def test_thresholds_above_and_below_all_are_tried():
    """Tokens of zeros: the constants are all there is, and both are found."""
    assert survey(np.zeros((4, 1, 1))).computable == {"TRUE", "FALSE"}


def test_gates_of_the_paper():
    """AND at tau = 2, OR at tau = 1, by <(x, y), (1, 1)>: a second, constant token asks."""
    tokens = encode(rows=((1, 1),))
    identity = np.eye(2, dtype=int)
    for gate, tau in {"AND": 2, "OR": 1}.items():
        A = BinaryHead(identity, identity, identity, tau, 1).attention(tokens)
        assert tuple(A[:, 1, 0]) == GATES[gate]


def test_known():
    ones, tokens = [[1], [1]], encode()
    assert readouts(BinaryHead(ones, ones, ones, 0, 2), "AND", tokens) == [(0, 0)]
    assert implements(BinaryHead(ones, ones, ones, 0, 1), (0, 1, 1, 1), tokens)
    assert not implements(BinaryHead(ones, ones, ones, 0, 1), "AND", tokens)
    assert {gate for gate, table in GATES.items() if is_monotone(table)} == MONOTONE
    assert GATES["X"] == (0, 0, 1, 1)
    assert GATES["NAND"] == (1, 1, 1, 0)
    np.testing.assert_array_equal(encode(dual_rail=True)[1], [[0, 1, 1, 0]])
    tokens = encode(layout="separate", columns=(1,), rows=((0, 0),))
    np.testing.assert_array_equal(tokens[2], [[1, 1], [0, 1], [0, 0]])


ONES = np.ones((2, 1), int)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: encode(layout="both"), r"layout must be one of \['joint', 'separate'\]"),
        (lambda: encode(columns=(2,)), "columns must have entries in .* got .*2"),
        (lambda: encode(rows=((1,),)), r"rows must have 2 bits each, got shape \(1,\)"),
        (lambda: implements(BinaryHead(ONES, ONES, ONES, 1, 1), "MAYBE", encode()), "gate must be"),
        (lambda: implements(BinaryHead(ONES, ONES, ONES, 1, 1), (0, 2, 0, 0), encode()), "gate"),
        (lambda: survey(np.zeros((3, 1, 2))), r"tokens must be \(4, N, d\), .* got shape"),
        (lambda: survey(encode(), width=0), "width must be a positive integer, got 0"),
        (lambda: survey(encode(), width=7), r"width must leave at most .* got 2\^28 at width 7"),
        (lambda: survey(encode(layout="separate", rows=[(1,)] * 90), width=6), "tokens must give"),
        (lambda: survey(encode(), weights="real"), "weights must be one of .* got 'real'"),
        (lambda: survey(encode(), projection="real"), "projection must be one of .* 'real'"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
