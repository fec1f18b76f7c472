"""Theorem 48, NOT and NAND.

Refuted.  With weights >= 0 no q, k or v falls as a bit of X is raised; so no score falls, no A_ij,
no sum A_ij v_j and no output.  Every head is monotone, for all d, d_h, N, tau, theta and whatever
constants; NOT and NAND are not.  All heads of width 1 and 2 were tried on five layouts of x, y and
constants: they compute AND, OR, x, y, 0 and 1, nothing else.

The printed proof leaves Definition 47: it takes complements as inputs, or weights -1.  Nor does it
help to read sigma as falling, [. < theta]: that gives NOT and NAND, and loses AND and OR.

Repair.  Each gives all 16 gates of two bits, at d_h = 1: weights {-1, 0, 1} on the token (x, y), if
X W counts; weights {0, 1} on the token (x, 1 - x, y, 1 - y), whether X W counts or is the OR.

Source.  Post (1941): negations cannot come from monotone gates.
"""

from itertools import product

from quantization.binary import BinaryHead
from quantization.gates import GATES
from verify import every, le
from verify.given import binary_heads
from verify.proofs.gates import nothing_falls
from verify.sequence.theorem48 import PLAIN, READINGS, some_head, theorem48


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
