"""Theorem 49: a layer of binary attention and TC^0.

Statement.  A single layer of binary attention (Definition 47) of polynomial width computes exactly
TC^0, the functions of threshold circuits of constant depth and polynomial size.

    containment   what a layer computes is in TC^0
    exactly       and it computes every function of TC^0

Verdict (containment): holds.  A head on N tokens is a threshold circuit of depth 3 with at most
N^2 d^2 + N^2 d + N d_v gates (of depth 4, if a projection is the OR of bits).  Not of depth 2, as
the printed proof has it: a score is a product of two functions of the input.
Verdict (exactly): refuted.  Not NOT: `theorem49_exactly`, which has the repair.

Source.  Compare Hastad and Goldmann, Comput. Complexity 1 (1991).
"""

from dataclasses import replace

from quantization.attention_circuits import attention_circuit, circuit_differences
from quantization.attention_circuits import circuit_size_bound as size
from quantization.binary import BinaryHead
from verify import Claim, eq, ge, le
from verify.given import binary_heads
from verify.proofs.gates import three_levels

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
