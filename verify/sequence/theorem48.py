"""Theorem 48: the gates that a binary attention head computes.

Statement.  A binary head (Definition 47) has W_Q, W_K, W_V in {0, 1}^(d x d_h), tokens X in
{0, 1}^(N x d), A_ij = [<q_i, k_j> >= tau] and output Y = [A V >= theta].  A single one, with
d >= 2, implements any Boolean gate:

    AND,OR      with a token that has the bits x and y
    NOT,NAND    likewise; constant bits and constant tokens may be added

Verdict (AND,OR): holds.  On the token (x, y) take W_Q = (1, 0), W_K = (0, 1), W_V = (1, 1) and
theta = 1: tau = 1 gives A = xy and AND, tau = 0 gives A = 1 and OR.  A larger d has zero rows.
Verdict (NOT,NAND): refuted.  With weights >= 0 no q, k or v falls as a bit of X is raised; so no
score falls, no A_ij, no sum A_ij v_j and no output.  Every head is monotone, for all d, d_h, N,
tau, theta and whatever constants; NOT and NAND are not.  All heads of width 1 and 2 were tried on
five layouts of x, y and constants: they compute AND, OR, x, y, 0 and 1, nothing else.

The printed proof leaves Definition 47: it takes complements as inputs, or weights -1.  Nor does
it help to read sigma as falling, [. < theta]: that gives NOT and NAND, and loses AND and OR.

Repair.  Each gives all 16 gates of two bits, at d_h = 1: weights {-1, 0, 1} on the token (x, y), if
X W counts; weights {0, 1} on the token (x, 1 - x, y, 1 - y), whether X W counts or is the OR of
the bits selected.  The definition leaves this open ("binary projections"), so both are tried.

Source.  The survey of all heads is `quantization.gate_survey`; that negations cannot come from
monotone gates is Post (1941).
"""

from functools import cache
from itertools import product

from quantization.binary import BinaryHead
from quantization.gate_survey import survey
from quantization.gates import GATES, encode
from verify import Claim, every, ge, le
from verify.given import binary_heads
from verify.proofs.gates import nothing_falls

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


@theorem48.part(
    "A binary head with d ≥ 2 implements NOT and NAND",
    part="NOT,NAND",
    given=every(product(("NOT_X", "NOT_Y", "NAND"), PLAIN, (1, 2), READINGS)),
    reading="X W, said to be binary, as a count and as the OR of the bits selected",
    why="with weights >= 0 no output falls as an input bit is raised",
)
def negations(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection)


@negations.amend(
    "Every head with weights 0 and 1 is monotone: no output falls as a bit of X is raised",
    given=binary_heads(),
    reference="sums and products of nonnegative numbers; Post (1941)",
    proofs=[nothing_falls],
)
def monotone(W_Q, W_K, W_V, tau, theta, low, high):
    heads = [BinaryHead(W_Q, W_K, W_V, tau, theta, "ternary", reading) for reading in READINGS]
    counts, ors = (le(head(low), head(high)) for head in heads)
    return counts & ors


@monotone.mutant("weights -1, 0 and 1", given=binary_heads(weights="ternary"))
def with_negative_weights(W_Q, W_K, W_V, tau, theta, low, high):
    return monotone(W_Q, W_K, W_V, tau, theta, low, high)


@negations.amend(
    "All 16 gates with weights -1, 0 and 1, if X W is a count",
    given=every(product(GATES, ["(x, y)"], [1], ["count"])),
    reference="the proof's “inhibitory connections”, by exhaustion",
)
def with_inhibition(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection, "ternary")


@with_inhibition.mutant(
    "if X W is the OR of the bits selected",
    given=every(product(GATES, ["(x, y)"], [1], ["boolean"])),
)
def with_inhibited_bits(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection, "ternary")


@negations.amend(
    "All 16 gates with weights 0 and 1, on the token (x, 1 - x, y, 1 - y)",
    given=every(product(GATES, ["(x, 1 - x, y, 1 - y)"], [1], READINGS)),
    reference="the proof's “dual-rail logic”, by exhaustion",
)
def on_two_rails(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection)


@on_two_rails.mutant(
    "with constants in place of the complements",
    given=every(product(GATES, ["(x, 0, 1), (y, 0, 1)"], [1], READINGS)),
)
def on_constants(gate, tokens, width, projection):
    return some_head(gate, tokens, width, projection)
