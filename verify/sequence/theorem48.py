"""Theorem 48: the gates that a binary attention head computes.

Statement.  A binary head (Definition 47) has W_Q, W_K, W_V in {0, 1}^(d x d_h), tokens X in
{0, 1}^(N x d), A_ij = [<q_i, k_j> >= tau] and output Y = [A V >= theta].  A single one, with
d >= 2, implements any Boolean gate:

    AND,OR      with a token that has the bits x and y
    NOT,NAND    likewise; constant bits and constant tokens may be added

Verdict (AND,OR): holds.  On the token (x, y) take W_Q = (1, 0), W_K = (0, 1), W_V = (1, 1) and
theta = 1: tau = 1 gives A = xy and AND, tau = 0 gives A = 1 and OR.  A larger d has zero rows.
Verdict (NOT,NAND): refuted.  Every head is monotone: `theorem48_negations`, which has the repair.

The definition leaves open whether X W counts or is the OR of the bits selected ("binary
projections"), so both are tried.

Source.  The survey of all heads is `quantization.gate_survey`.
"""

from functools import cache
from itertools import product

from quantization.gate_survey import survey
from quantization.gates import encode
from verify import Claim, every, ge

theorem48 = Claim("sequence/theorem48", "the gates that a binary attention head computes")

TOKENS = {
    "(x, y)": encode(),
    "(x, y, 1)": encode(columns=(1,)),
    "(x, y), (0, 1), (1, 1)": encode(rows=((0, 1), (1, 1))),
    "(x, 0, 1), (y, 0, 1)": encode(layout="separate", columns=(0, 1)),
    "(x, 1), (y, 1), (0, 1), (1, 1)": encode(
        layout="separate", columns=(1,), rows=((0, 1), (1, 1))
    ),
    "(x, 1 - x, y, 1 - y)": encode(dual_rail=True),
}
PLAIN = [tokens for tokens in TOKENS if "-" not in tokens]
READINGS = ("count", "boolean")


@cache
def computable(tokens, width, weights, projection):
    return survey(TOKENS[tokens], width=width, weights=weights, projection=projection).computable


def some_head(gate, tokens, width, projection, weights="binary"):
    """Whether at least one head of this width, with some tau and theta, is the gate."""
    return ge(int(gate in computable(tokens, width, weights, projection)), 1)


@theorem48.part(
    "A binary head with d ≥ 2 implements AND and OR",
    part="AND,OR",
    given=every(product(("AND", "OR"), PLAIN, (1, 2), READINGS)),
)
def monotone_gates(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection)


@monotone_gates.mutant("XOR", given=every(product(["XOR"], PLAIN, (1, 2), READINGS)))
def parity(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection)
