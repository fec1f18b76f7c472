"""Theorem 20, the reading in its favour: attention concentrates for beta >= Theta(1/Delta^2).

Refuted.  The energy gap is what matters, and Delta does not determine it: with centres 0 and 1 and
the query at the first of them, E = (0, 0), and no beta concentrates.

Repair.  For k equidistant centres of one norm and the query at one of them, its cluster has the
mass 1/(1 + (k - 1) exp(-beta Delta^2/2)): 3/4 from beta = 2 log(3(k - 1))/Delta^2 on, as
<c_1, c_1> - <c_1, c_j> = |c_1 - c_j|^2 / 2 where the norms agree.

The scaling 1/sqrt(d): vague.  For centres drawn from N(0, I_d), Delta^2 is about 2d, and beta_c
would be of the order 1/d.
"""

from fractions import Fraction

import numpy as np

from spectral.balls import enclosing_max, enclosing_min
from verify import eq, ge, gt
from verify.given import counts, scalars, vectors
from verify.proofs.temperature import gap_of_equal_norms
from verify.sequence.theorem20 import attention, theorem20


def separation(c):
    return enclosing_min(np.array([abs(x - y) for i, x in enumerate(c) for y in c[:i]]))


def at_least_two_different_centres(c):
    return len(c) >= 2 and gt(separation(c), 0)


@theorem20.part(
    r"attention has 3/4 of its mass on one cluster for \beta \ge C/\Delta^2",
    part="temperature",
    given=vectors(min_n=2, max_n=3),
    where=at_least_two_different_centres,
    constants=(10, 1000),
    reading="one key at each centre on a line, the query at the first centre, β = C/Δ²",
    why="the energy gap is <q, c_1 - c_2>, and Δ does not determine it",
)
def concentrates_when_cold(C, c):
    delta = separation(c)
    weights = attention(c[:1], c[:, None], C / (delta * delta))
    return ge(enclosing_max(weights), Fraction(3, 4))


@concentrates_when_cold.amend(
    r"the mass is 1/(1 + (k-1) e^{-\beta\Delta^2/2}) for equidistant centres of one norm",
    given=(counts(2, 5), scalars(0, 8), scalars(0, 4)),
    where=(),
    constants=(),
    reference="proof in the docstring; at β = 2 log(3(k-1))/Δ² it is 3/4",
    proofs=[gap_of_equal_norms],
)
def mass_of_own_cluster(k, delta, beta):
    return _mass_is(k, delta, beta, k - 1)


@mass_of_own_cluster.mutant("k in place of k - 1")
def mass_with_one_more(k, delta, beta):
    return _mass_is(k, delta, beta, k)


def _mass_is(k, delta, beta, others):
    """At Delta e_j, with q halved in place of centres Delta/sqrt(2) e_j: no root is needed."""
    centres = np.eye(k, dtype=int) * delta
    weights = attention(centres[0] / 2, centres, beta)
    return eq(weights[0] * (1 + others * np.exp(-beta * delta * delta / 2)), 1, scale=1)


@theorem20.vague(
    r"Theorem 20 justifies the scaling 1/\sqrt d",
    part="sqrt-d",
    why="1/Δ² has no d in it, and no distribution of centres is named.",
)
def separation_of_gaussian_centres():
    rng = np.random.default_rng(0)
    found = {d: rng.standard_normal((2, 1000, d)) for d in (16, 64, 256)}
    return {
        f"mean Δ² of centres N(0, I_{d}), over 2d": float(
            ((x - y) ** 2).sum(axis=1).mean() / (2 * d)
        )
        for d, (x, y) in found.items()
    }
