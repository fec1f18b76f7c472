"""Theorem 49, exactly: that a layer computes every function of TC^0.

Refuted.  No weight of a head's circuit is negative, so no output falls as an input is raised: NOT,
of depth 1, is computed by no head of any width, whatever constants are added.

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

from functools import cache

from quantization.circuit_layers import circuit_layer
from quantization.gate_survey import survey
from quantization.gates import GATES, encode
from quantization.quadratic_heads import quadratic_head, quadratic_threshold, single_rail
from quantization.threshold_circuits import all_inputs, circuit_of
from verify import eq, every, ge
from verify.given import quadratic_thresholds, threshold_circuits
from verify.proofs.gates import common_threshold, negations_move_to_the_inputs
from verify.sequence.theorem49 import theorem49


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


@theorem49.part(
    "a layer computes every function of TC^0",
    part="exactly",
    given=every(["NOT_X", *sorted(set(GATES) - {"NOT_X"})]),
    reading="those of two bits, beside constants; all heads of small width, both readings",
    why="a head never falls as its inputs are raised",
)
def every_function(gate):
    return ge(int(gate in computable()), 1)


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
