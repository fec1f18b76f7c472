"""Theorem 49: a layer of binary attention and TC^0.

Statement.  A single layer of binary attention (Definition 47) of polynomial width computes exactly
TC^0, the functions of threshold circuits of constant depth and polynomial size.

    containment   what a layer computes is in TC^0
    exactly       and it computes every function of TC^0

Verdict (containment): holds.  A head on N tokens is a threshold circuit of depth 3 with at most
N^2 d^2 + N^2 d + N d_v gates (of depth 4, if a projection is the OR of bits).  Not of depth 2, as
the printed proof has it: a score is a product of two functions of the input.
Verdict (exactly): refuted.  No weight of that circuit is negative, so no output falls as an input
is raised: NOT, of depth 1, is computed by no head of any width, whatever constants are added.

A dual rail, complements among the inputs, restores NOT and still falls short of TC^0: one layer is
then (a), and x_1 y_1 z_1 + ... + x_n y_n z_n mod 2 needs exponential size there, as is proved in
`quantization.quadratic_heads`.  (If projections are ORs, it is a threshold of thresholds of ANDs,
for which another function of TC^0 needs n^Omega(log n).)

Repair.  On literals x, 1 - x and constants, with weights {0, 1}:
(a) a head computes *exactly* [sum_t [l^T M_t l >= tau_t] >= theta], l = (x, 1 - x), M_t >= 0;
(b) D layers compute every threshold circuit of D levels; one layer of two heads, applied D times,
    is enough.  So constantly many layers of polynomial width are TC^0.

Source.  Hastad and Goldmann, Comput. Complexity 1 (1991), circuits of bottom fan-in 2; Razborov and
Wigderson, Inf. Process. Lett. 45 (1993), ANDs at the bottom.
"""

from dataclasses import replace
from functools import cache

from quantization.attention_circuits import attention_circuit, circuit_differences
from quantization.attention_circuits import circuit_size_bound as size
from quantization.binary import BinaryHead
from quantization.circuit_layers import circuit_layer
from quantization.gate_survey import survey
from quantization.gates import GATES, encode
from quantization.quadratic_heads import quadratic_head, quadratic_threshold, single_rail
from quantization.threshold_circuits import all_inputs, circuit_of
from verify import Claim, eq, every, ge, le
from verify.given import binary_heads, quadratic_thresholds, threshold_circuits
from verify.proofs.gates import common_threshold, negations_move_to_the_inputs, three_levels

theorem49 = Claim("sequence/theorem49", "a layer of binary attention and TC^0")


def is_circuit_of_depth(depth, head, N):
    circuit = attention_circuit(head, N)
    same = eq(circuit_differences(head, N), 0)
    small = le(circuit.depth, depth) & le(circuit.size, size(head, N))
    return same & small & ge(int(circuit.is_monotone), 1)


@theorem49.part(
    "a head is a threshold circuit of depth 3 (4) and polynomial size",
    part="containment",
    given=binary_heads(max_side=2),
    reading="depth 3 if projections count, 4 if they are ORs; on all inputs of each head",
    proofs=[three_levels],
)
def constant_depth(W_Q, W_K, W_V, tau, theta, low, high):
    counts = BinaryHead(W_Q, W_K, W_V, tau, theta)
    ors = replace(counts, projection="boolean")
    return is_circuit_of_depth(3, counts, len(low)) & is_circuit_of_depth(4, ors, len(low))


@constant_depth.mutant("depth 2, as the printed proof has it")
def depth_two(W_Q, W_K, W_V, tau, theta, low, high):
    return is_circuit_of_depth(2, BinaryHead(W_Q, W_K, W_V, tau, theta), len(low))


@theorem49.part(
    "a layer computes every function of TC^0",
    part="exactly",
    given=every(["NOT_X", *sorted(set(GATES) - {"NOT_X"})]),
    reading="those of two bits, beside constants; all heads of small width, both readings",
    why="a head never falls as its inputs are raised",
)
def every_function(gate):
    return ge(int(gate in computable()), 1)


@cache
def computable():
    layouts = encode(columns=(0, 1)), encode(layout="separate", columns=(0, 1))
    heads = [(layouts[0], 1), (layouts[1], 1), (layouts[1], 2)]
    found = [
        survey(tokens, width=width, projection=projection).computable
        for tokens, width in heads
        for projection in ("count", "boolean")
    ]
    return frozenset().union(*found)


@every_function.amend(
    r"on literals a head computes exactly [\sum_t [l^T M_t l \ge \tau_t] \ge \theta], M_t \ge 0",
    given=quadratic_thresholds(),
    reference="no others: containment.  Less than TC^0: Hastad, Goldmann (1991)",
    proofs=[common_threshold],
)
def one_head(forms, thresholds, theta):
    return agrees(quadratic_head(forms, thresholds, theta), forms, thresholds, theta)


def agrees(head, forms, thresholds, theta):
    x = all_inputs(forms.shape[1] // 2)
    return eq((head(x) != quadratic_threshold(x, forms, thresholds, theta)).sum(), 0)


@one_head.mutant("without the complements")
def plain(forms, thresholds, theta):
    return agrees(single_rail(quadratic_head(forms, thresholds, theta)), forms, thresholds, theta)


@every_function.amend(
    "on literals one layer, D times, computes every threshold circuit of D levels",
    given=threshold_circuits(),
    reference="a gate beside its complement, a token for each wire",
    proofs=[negations_move_to_the_inputs],
)
def many_layers(weights, thresholds):
    return evaluates(circuit_of(weights, thresholds))


def evaluates(circuit, *, fewer=0):
    x, layer = all_inputs(circuit.inputs), circuit_layer(circuit)
    return eq((layer(x, times=circuit.depth - fewer) != circuit(x)).sum(), 0)


@many_layers.mutant("D - 1 times")
def one_level_less(weights, thresholds):
    return evaluates(circuit_of(weights, thresholds), fewer=1)
