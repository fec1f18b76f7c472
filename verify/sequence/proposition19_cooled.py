"""Proposition 19, 2: P as beta -> infinity.

Unique argmax: holds.  TV(P, delta) <= (N - 1) exp(-beta gap).
Ties: refuted.  At E = (0, 0), P = (1/2, 1/2) for every beta.

Repair.  P -> uniform on the g keys of least energy, TV <= (N/g - 1) exp(-beta gap); the ratio of
both sides tends to 1, so no smaller constant will do.

Proof.  The mass outside the g keys is m/(g + m) <= m/g, and each of the other N - g weights is at
most exp(-beta gap).
"""

from thermo.free_energy import gibbs
from thermo.limits import cooling_bound, ground_states, zero_temperature_limit
from verify import eq, le
from verify.given import energies
from verify.proofs.temperature import the_mass_outside
from verify.sequence.proposition19 import FAMILY, distance, of_first_query, proposition19


def least_energy_is_unique(E, beta):
    return len(ground_states(E)) == 1


@proposition19.part(
    r"P \to \delta_{j^*} as \beta \to \infty, j^* unique",
    part="2.unique",
    given=FAMILY,
    where=least_energy_is_unique,
    on=of_first_query,
    reading="with a rate: TV(P, δ) ≤ (N - 1) exp(-β gap)",
    proofs=[the_mass_outside],
)
def cooled(E, beta):
    away = distance(gibbs(E, beta), zero_temperature_limit(E))
    return le(away, cooling_bound(E, beta), scale=1)


@cooled.mutant("half of the rate")
def cooled_faster(E, beta):
    away = distance(gibbs(E, beta), zero_temperature_limit(E))
    return le(2 * away, cooling_bound(E, beta))


@proposition19.part(
    r"P \to \delta_{j^*} as \beta \to \infty, j^* \in \arg\max",
    part="2.ties",
    given=energies(),
    reading="the limit of P is one vertex (the first of the argmax)",
    why="tied keys share the limit",
)
def cooled_to_one_key(E):
    first = E * 0
    first[ground_states(E)[0]] = first[0] + 1
    return eq(zero_temperature_limit(E), first)


@cooled_to_one_key.amend(
    r"P \to uniform on the argmax set, TV \le (N/g - 1) e^{-\beta\,gap}",
    given=FAMILY,
    reference="thermo.limits, with its proof",
    proofs=[the_mass_outside],
)
def cooled_with_ties(E, beta):
    return cooled(E, beta)


@cooled_with_ties.mutant("half of the rate")
def cooled_with_ties_faster(E, beta):
    return cooled_faster(E, beta)
