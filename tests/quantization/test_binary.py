"""The binary head: the definition as loops, its monotonicity, and the gates of the paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quantization.binary import ALPHABETS, PROJECTIONS, BinaryHead

few = settings(max_examples=80, deadline=None)


@st.composite
def heads(draw, weights="binary"):
    """A head and the number of its tokens."""
    d, width, alphabet = draw(st.integers(1, 4)), draw(st.integers(1, 3)), ALPHABETS[weights]
    W = arrays(np.int64, (d, width), elements=st.sampled_from(alphabet), fill=st.nothing())
    tau, theta = draw(st.integers(-2, 5)), draw(st.integers(-2, 5))
    projection = draw(st.sampled_from(PROJECTIONS))
    return BinaryHead(draw(W), draw(W), draw(W), tau, theta, weights, projection)


def bits(*shape):
    return arrays(np.int64, shape, elements=st.integers(0, 1), fill=st.nothing())


def by_definition(head, X):
    """Y, entry by entry."""
    N, width = len(X), head.W_V.shape[1]

    def row(i, W):
        counts = [sum(X[i][a] * W[a][h] for a in range(head.d)) for h in range(W.shape[1])]
        return counts if head.projection == "count" else [int(c >= 1) for c in counts]

    def attends(i, j):
        products = zip(row(i, head.W_Q), row(j, head.W_K), strict=True)
        return sum(q * k for q, k in products) >= head.tau

    sums = [
        [sum(row(j, head.W_V)[h] for j in range(N) if attends(i, j)) for h in range(width)]
        for i in range(N)
    ]
    return [[int(s >= head.theta) for s in line] for line in sums]


@few
@given(st.sampled_from(sorted(ALPHABETS)).flatmap(heads), st.data())
def test_definition(head, data):
    X = data.draw(bits(data.draw(st.integers(1, 3)), head.d))
    np.testing.assert_array_equal(head(X), by_definition(head, X))


@few
@given(heads(), st.data())
def test_binary_weights_are_monotone(head, data):
    """X <= X' implies Y <= Y': all sizes, thresholds, readings."""
    N = data.draw(st.integers(1, 4))
    low, raised = data.draw(bits(N, head.d)), data.draw(bits(N, head.d))
    assert (head(low) <= head(low | raised)).all()


def test_a_negative_weight_is_enough_to_fall():
    head = BinaryHead([[0]], [[0]], [[-1]], tau=0, theta=0, weights="ternary")
    np.testing.assert_array_equal(head([[[0]], [[1]]]), [[[1]], [[0]]])  # NOT


def test_readings_differ():
    """Two bits selected at once: a count of 2, or the bit 1."""
    ones = np.ones((2, 1), int)
    counts = BinaryHead(ones, ones, ones, tau=4, theta=2)
    assert counts.scores([[1, 1]]) == [[4]]
    assert counts([[1, 1]]) == [[1]]
    boolean = BinaryHead(ones, ones, ones, tau=1, theta=1, projection="boolean")
    assert boolean.scores([[1, 1]]) == boolean.attention([[1, 1]]) == boolean([[1, 1]]) == [[1]]


def test_rows_ask_and_columns_answer():
    """Token 0 has the bit that queries select, token 1 the bit of the keys: A_01 = 1 alone."""
    head = BinaryHead([[1], [0]], [[0], [1]], [[1], [1]], tau=1, theta=1)
    np.testing.assert_array_equal(head.attention([[1, 0], [0, 1]]), [[0, 1], [0, 0]])
    np.testing.assert_array_equal(head([[1, 0], [0, 1]]), [[1], [0]])


def test_permutation_of_tokens_permutes_the_output():
    rng = np.random.default_rng(0)
    head = BinaryHead(*rng.integers(0, 2, (3, 4, 2)), tau=2, theta=2)
    X = rng.integers(0, 2, (5, 4))
    order = rng.permutation(5)
    np.testing.assert_array_equal(head(X[order]), head(X)[order])


ONE = [[1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BinaryHead([[-1]], ONE, ONE, 1, 1), r"W_Q must have entries in .* got .*-1"),
        (lambda: BinaryHead(ONE, [[0]], ONE, 1, 1, "bipolar"), r"W_K must have entries in .*0"),
        (lambda: BinaryHead(ONE, ONE, [1], 1, 1), r"W_V must have 2 axes, got shape \(1,\)"),
        (lambda: BinaryHead(ONE, [[1, 0]], ONE, 1, 1), r"W_Q, W_K, W_V must be .* \(1, 2\)"),
        (lambda: BinaryHead(ONE, ONE, [[1], [1]], 1, 1), r"W_Q, W_K, W_V must be .* \(2, 1\)"),
        (lambda: BinaryHead(ONE, ONE, ONE, 0.5, 1), "tau must be an integer, got 0.5"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 0.5), "theta must be an integer, got 0.5"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 1, "octal"), "weights must be one of .* 'octal'"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 1, projection="?"), "projection must be one of"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 1)([[1, 0]]), r"X must be .* got shape \(1, 2\)"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 1)([1]), r"X must be .* got shape \(1,\)"),
        (lambda: BinaryHead(ONE, ONE, ONE, 1, 1)([[2]]), "X must have entries in .* got .*2"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
