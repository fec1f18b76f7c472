r"""Boolean functions of two bits, and whether a binary attention head computes one.

A function of (x, y) is a truth table over 00, 01, 10, 11; there are 16.  An *encoding* turns
each of the four inputs into tokens: an array (4, N, d) of bits.  A head *implements* a gate on
an encoding if one of its output bits is the gate in all four cases.  Which gates any head
implements: `quantization.gate_survey`.  Reference: sequence paper, Theorem 48.
"""

from itertools import product

import numpy as np

from quantization._checks import check_choice, check_integers
from quantization.binary import BinaryHead

_CASES = np.array(list(product((0, 1), repeat=2)))  # 00, 01, 10, 11
_NAMES = [  # the k-th has the binary digits of k for its table
    *("FALSE", "AND", "X_AND_NOT_Y", "X", "NOT_X_AND_Y", "Y", "XOR", "OR"),
    *("NOR", "XNOR", "NOT_Y", "X_OR_NOT_Y", "NOT_X", "NOT_X_OR_Y", "NAND", "TRUE"),
]
GATES = dict(zip(_NAMES, product((0, 1), repeat=4), strict=True))


def encode(*, layout: str = "joint", dual_rail: bool = False, columns=(), rows=()):
    """The four inputs as tokens: (4, N, d) bits.

    Parameters
    ----------
    layout : "joint", one token (x, y), or "separate", the two tokens (x) and (y).
    dual_rail : put (b, 1 - b) for each bit b.
    columns : constant bits that each of these tokens gets at its end.
    rows : constant tokens (d,) that follow them.
    """
    check_choice(layout, "layout", ("joint", "separate"))
    bits = np.stack([_CASES, 1 - _CASES], axis=-1) if dual_rail else _CASES[..., None]
    tokens = bits.reshape(4, 1, -1) if layout == "joint" else bits
    columns = check_integers(columns, "columns", (0, 1), ndim=1)
    fixed = np.broadcast_to(columns, (*tokens.shape[:2], columns.size))
    tokens = np.concatenate([tokens, fixed], axis=2)
    for row in rows:
        row = check_integers(row, "rows", (0, 1))
        if row.shape != tokens.shape[2:]:
            raise ValueError(f"rows must have {tokens.shape[2]} bits each, got shape {row.shape}")
        tokens = np.concatenate([tokens, np.broadcast_to(row, (4, 1, row.size))], axis=1)
    return tokens


def is_monotone(table) -> bool:
    """Whether a truth table (4,), or each of (4, ...), never falls as a bit is raised."""
    low, high = (np.reshape(table, (2, 2, -1)).swapaxes(0, axis) for axis in (0, 1))
    return bool((low[0] <= low[1]).all() and (high[0] <= high[1]).all())


def readouts(head: BinaryHead, gate, tokens) -> list[tuple[int, int]]:
    """The output bits (row, column) at which the head is the gate in all four cases.

    A gate is a name from `GATES` or a truth table; tokens are an encoding (4, N, d).
    """
    table = GATES[check_choice(gate, "gate", GATES)] if isinstance(gate, str) else gate
    table = check_integers(table, "gate", (0, 1), ndim=1)
    Y = head(check_encoding(tokens))
    return [(int(i), int(j)) for i, j in np.argwhere((Y == table[:, None, None]).all(axis=0))]


def implements(head: BinaryHead, gate, tokens) -> bool:
    """Whether some output bit of the head is the gate, by trying the four inputs."""
    return bool(readouts(head, gate, tokens))


def check_encoding(tokens):
    """The tokens as an int64 array (4, N, d) of bits."""
    tokens = check_integers(tokens, "tokens", (0, 1), ndim=3)
    if len(tokens) != 4 or tokens.size == 0:
        raise ValueError(f"tokens must be (4, N, d), nonempty, got shape {tokens.shape}")
    return tokens
