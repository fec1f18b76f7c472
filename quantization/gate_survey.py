r"""Which of the 16 gates *any* binary attention head computes, by exhaustion.

Every W_Q, W_K and W_V of one width is tried, with every integer tau and theta.  This is
possible because an output bit depends on the weights only by way of the scores (W_Q and W_K)
and of one column of W_V; distinct scores and distinct value columns are few; and a threshold
matters only at the values that occur, or above them all.

On one token (x, y), and with whatever constants are added:

- weights {0, 1}: the six monotone gates (AND, OR, x, y, 0, 1) and no others, as
  `quantization.binary` proves.  Not NOT, not NAND.
- weights {-1, 1}: all 16, at d = 2 and width 1, if the projections are counts.
- weights {-1, 0, 1} in the Boolean reading, where the values are bits and a sum of them cannot
  fall: not NOT; with a constant bit 1 besides, all 16 at width 2 (14 at width 1).
- weights {0, 1} on a dual rail: all 16, at width 1, in both readings.

Reference: sequence paper, Theorem 48.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from quantization._checks import check_choice
from quantization.binary import ALPHABETS, PROJECTIONS, BinaryHead, project
from quantization.gates import GATES, check_encoding

_MOST_SCORES = 2**24  # entries in the array of all scores: 128 MiB
_NAMES = list(GATES)  # by the number whose binary digits are the table


@dataclass(frozen=True)
class Witness:
    """A head that computes a gate, and the output bit where it does."""

    head: BinaryHead
    row: int
    column: int = 0


@dataclass(frozen=True)
class Survey:
    """What all heads of one width compute on one encoding."""

    weight_choices: int  # triples (W_Q, W_K, W_V) covered, each with every tau and theta
    witnesses: dict[str, Witness]  # by gate

    @property
    def computable(self) -> frozenset[str]:
        return frozenset(self.witnesses)


def survey(tokens, *, width: int = 1, weights="binary", projection="count") -> Survey:
    """Which of the 16 gates some head of this width computes, with a witness for each.

    Parameters
    ----------
    tokens : (4, N, d) bits, an encoding.
    width : d_h, the columns of W_Q, W_K and W_V.
    weights, projection : as in `BinaryHead`.

    Raises
    ------
    ValueError
        where the heads are too many to enumerate.
    """
    tokens = check_encoding(tokens)
    alphabet = ALPHABETS[check_choice(weights, "weights", ALPHABETS)]
    check_choice(projection, "projection", PROJECTIONS)
    choices = _matrices(alphabet, tokens.shape[2], width)
    columns = _matrices(alphabet, tokens.shape[2], 1)
    witnesses = {}
    for gate, found in _outputs(tokens, choices, columns, projection):
        if gate not in witnesses:
            witnesses[gate] = _witness(found, width, weights, projection)
        if len(witnesses) == len(GATES):
            break  # the heads not yet tried have nothing to add
    return Survey(len(choices) ** 3, witnesses)


@dataclass(frozen=True)
class _Found:
    """Where the enumeration met a gate: the matrices, the thresholds, the row of the output."""

    W_Q: np.ndarray
    W_K: np.ndarray
    column: np.ndarray
    tau: int
    theta: int
    row: int


def _witness(found, width, weights, projection):
    W_V = np.repeat(found.column, width, axis=1)
    head = BinaryHead(found.W_Q, found.W_K, W_V, found.tau, found.theta, weights, projection)
    return Witness(head, found.row)


def _outputs(tokens, choices, columns, projection) -> Iterator[tuple[str, _Found]]:
    """Each gate that [A v >= theta] is at some row, and where."""
    values, columns = _distinct(_projected(tokens, columns, projection)[..., 0], columns)
    for scores, W_Q, W_K in _distinct_scores(tokens, choices, projection):
        for tau in _thresholds(scores):
            sums = np.einsum("cij,vcj->vic", (scores >= tau).astype(np.int64), values)
            for theta in _thresholds(sums):
                codes = (sums >= theta) @ np.array([8, 4, 2, 1])
                for code, where in zip(*np.unique(codes, return_index=True), strict=True):
                    v, row = divmod(int(where), codes.shape[1])
                    yield _NAMES[code], _Found(W_Q, W_K, columns[v], tau, theta, row)


def _matrices(alphabet, d, width):
    """All matrices (d, width) over the alphabet: (count, d, width)."""
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError(f"width must be a positive integer, got {width!r}")
    if len(alphabet) ** (2 * d * width) > _MOST_SCORES:
        raise ValueError(
            f"width must leave at most {_MOST_SCORES} pairs W_Q, W_K to enumerate,"
            f" got {len(alphabet)}^{2 * d * width} at width {width} and d = {d}"
        )
    return np.array(list(product(alphabet, repeat=d * width))).reshape(-1, d, width)


def _projected(tokens, matrices, projection):
    """The tokens under each matrix: (count, 4, N, width)."""
    return project(tokens[None], matrices[:, None], projection)


def _distinct(arrays, labels):
    """The arrays that differ, each with the first of its labels."""
    _, first = np.unique(arrays.reshape(len(arrays), -1), axis=0, return_index=True)
    return arrays[first], labels[first]


def _distinct_scores(tokens, choices, projection) -> Iterator[tuple]:
    """Each array of scores (4, N, N) that some pair W_Q, W_K makes, with the first such pair."""
    rows = _projected(tokens, choices, projection)
    entries = len(choices) ** 2 * rows.shape[1] * rows.shape[2] ** 2
    if entries > _MOST_SCORES:
        raise ValueError(f"tokens must give at most {_MOST_SCORES} scores, got {entries}")
    scores = np.einsum("acih,bcjh->abcij", rows, rows).reshape(-1, *rows.shape[1:3], rows.shape[2])
    scores, pairs = _distinct(scores, np.arange(len(scores)))
    for score, pair in zip(scores, pairs, strict=True):
        Q, K = divmod(int(pair), len(choices))
        yield score, choices[Q], choices[K]


def _thresholds(numbers):
    """The integers t at which [numbers >= t] takes all its values: each that occurs, and more."""
    occurring = np.unique(numbers)
    return [*occurring.tolist(), int(occurring[-1]) + 1]
