"""Theorem 44, b: what computing attention must erase; and c, the size of k_B T.

b: refuted.  Landauer bounds erasing, and computing need not erase (Bennett 1973).  The machine of
`thermo.reversible` computes softmax attention in steps that undo themselves, and stops with its
inputs, the output and no other bit: its limit is 0 J, also on the shipped heads, where Delta H is
hundreds of bits.

Repair.  Attention beside its inputs erases 0 bits.  Outputs P V in place of values V erase
H(V | P V), 0 for every invertible P.  N I does not measure that: it is largest for permutations,
which lose nothing, and 0 for the mean, which loses all but itself.

Source.  Bennett (1973), Logical reversibility of computation.
"""

from itertools import product

import numpy as np

from spectral.balls import midpoints
from spectral.graph import attention_matrix, transition_matrix
from spectral.linalg import det
from thermo.erasure import erased_bits
from thermo.landauer import entropy_reduction, landauer_limit, thermal_energy
from thermo.reversible import reversible_attention
from verify import eq, gt, le, printed
from verify.given import positive_weights, token_pairs
from verify.proofs.erasure import steps_undo_themselves
from verify.sequence.theorem44 import theorem44


def one_shape(q, k, v):
    return q.shape == k.shape == v.shape


def run(q, k, v, **options):
    return reversible_attention(*map(midpoints, (q, k, v)), **options)


@theorem44.part(
    r"computing attention costs at least $\Delta H k_B T ln 2$",
    part="b",
    given=token_pairs().map_values(lambda pair: (*pair, pair[1]), arity=3),
    where=one_shape,
    on=lambda head: (head.q, head.k, head.v),
    reading="the bits that a reversible machine must erase; (a) without its factor N",
    why="Landauer bounds erasing, not computing",
)
def bits_to_erase(q, k, v):
    gain = entropy_reduction(attention_matrix(q, k))
    return le(landauer_limit(gain), landauer_limit(run(q, k, v).garbage_bits + 0 * gain))


@bits_to_erase.amend(
    "attention is computed with 0 bits to erase",
    reference="Bennett 1973",
    on=None,
    proofs=[steps_undo_themselves],
)
def nothing_to_erase(q, k, v):
    stopped = run(q, k, v)
    return eq(stopped.garbage_bits, 0) & eq(int(stopped.inputs_kept), 1)


@nothing_to_erase.mutant("without uncomputing")
def with_history(q, k, v):
    return eq(run(q, k, v, undo=False).garbage_bits, 0)


@bits_to_erase.amend(
    "$PV$ in place of $V$, of bits, erases nothing if P is invertible",
    given=positive_weights(max_n=4),
    where=lambda W: gt(det(W) ** 2, 0),
    on=None,
)
def overwriting(W):
    P = transition_matrix(W)
    return eq(erased_bits(lambda V: tuple(P @ np.array(V)), product((0, 1), repeat=len(W))), 0)


@overwriting.mutant("for every P", where=())
def overwriting_always(W):
    return overwriting(W)


@theorem44.part(r"k_B T \approx 4\times10^{-21} J", part="c", reading="T = 300 K")
def room_temperature():
    return printed("4e-21", thermal_energy(300))


@room_temperature.mutant("5e-21 J")
def warmer():
    return printed("5e-21", thermal_energy(300))
