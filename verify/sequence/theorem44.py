"""Theorem 44: Landauer's limit and attention.

Statement.  I = log N - H(P_i) is the information of a query's attention.

    a   E_min >= N Delta H k_B T ln 2; Delta H = N I is "the total entropy reduction" of N queries
    b   this bounds the least energy of *computing* attention
    c   k_B T is about 4e-21 J at room temperature

Verdict (a): refuted.  N is counted twice: erasing Delta H bits costs Delta H k_B T ln 2, N times
less.  Two queries that copy a key: Delta H = 2, and 2 k_B T ln 2 < 4 k_B T ln 2.
Verdict (b): refuted.  Computing need not erase: `theorem44_computing`.
Verdict (c): holds.  4.14e-21 J at 300 K.

Repair.  (a) Erasing Delta H = sum_i I_i bits costs k_B T sum_ij P_ij ln(N P_ij) <= k_B T N ln N: a
factor ln 2 with bits, none with nats.

Source.  Landauer (1961); the SI's k_B.
"""

import numpy as np

from spectral.graph import attention_matrix, transition_matrix
from thermo.free_energy import kl_divergence
from thermo.landauer import entropy_reduction, landauer_limit, thermal_energy
from verify import Claim, eq, le
from verify.given import positive_weights
from verify.proofs.erasure import divergence_from_uniform

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
