"""Theorem 44: Landauer's limit and attention.

Statement.  I = log N - H(P_i) is the information of a query's attention.

    a   E_min >= N Delta H k_B T ln 2; Delta H = N I is "the total entropy reduction" of N queries
    b   this bounds the least energy of *computing* attention
    c   k_B T is about 4e-21 J at room temperature

Verdict (a): refuted.  N is counted twice: erasing Delta H bits costs Delta H k_B T ln 2, N times
less.  Two queries that copy a key: Delta H = 2, and 2 k_B T ln 2 < 4 k_B T ln 2.
Verdict (b): refuted.  Landauer bounds erasing, and computing need not erase (Bennett 1973).  The
machine of `thermo.reversible` computes softmax attention in steps that undo themselves, and stops
with its inputs, the output and no other bit: its limit is 0 J, also on the shipped heads, where
Delta H is hundreds of bits.
Verdict (c): holds.  4.14e-21 J at 300 K.

Repair.  (a) Erasing Delta H = sum_i I_i bits costs k_B T sum_ij P_ij ln(N P_ij) <= k_B T N ln N: a
factor ln 2 with bits, none with nats.  (b) Attention beside its inputs erases 0 bits.  Outputs P V
in place of values V erase H(V | P V), 0 for every invertible P.  N I does not measure that: it is
largest for permutations, which lose nothing, and 0 for the mean, which loses all but itself.

Source.  Landauer (1961); Bennett (1973), Logical reversibility of computation; the SI's k_B.
"""

from itertools import product

import numpy as np

from spectral.balls import midpoints
from spectral.graph import attention_matrix, transition_matrix
from spectral.linalg import det
from thermo.erasure import erased_bits
from thermo.free_energy import kl_divergence
from thermo.landauer import entropy_reduction, landauer_limit, thermal_energy
from thermo.reversible import reversible_attention
from verify import Claim, eq, gt, le, printed
from verify.given import positive_weights, token_pairs
from verify.proofs.erasure import divergence_from_uniform, steps_undo_themselves

theorem44 = Claim("sequence/theorem44", "Landauer's limit for attention")


@theorem44.part(
    r"E_{min} \ge N \Delta H k_B T ln 2",
    part="a",
    given=positive_weights(),
    on=lambda head: attention_matrix(head.q, head.k),
    reading="of a slow device that erases ΔH = Σ I bits, at Landauer's limit; 300 K",
    why="the N queries are in ΔH already",
)
def n_times(W):
    gain = entropy_reduction(transition_matrix(W))
    return le(landauer_limit(len(W) * gain), landauer_limit(gain))


def nats(W):
    P = transition_matrix(W)
    return sum(kl_divergence(p, (0 * p + 1) / len(W)) for p in P)


@n_times.amend(
    r"erasing $\sum_i I_i$ bits costs $k_BT \sum_{ij} P_{ij} ln(NP_{ij}) \le k_BT N ln N$",
    reference="Landauer's principle; I = KL(P_i || uniform)",
    on=None,
    proofs=[divergence_from_uniform],
)
def in_nats(W):
    divergence, cost = nats(W), landauer_limit(entropy_reduction(transition_matrix(W)))
    most = thermal_energy() * len(W) * np.log(len(W) + 0 * divergence)
    return eq(cost, thermal_energy() * divergence, scale=most) & le(cost, most)


@in_nats.mutant("ln 2 with nats too")
def converted_twice(W):
    return eq(landauer_limit(entropy_reduction(transition_matrix(W))), landauer_limit(nats(W)))


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
