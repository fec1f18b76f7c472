"""Proposition 19: temperature limits of attention.

Statement.  As beta -> 0, P -> 1/N (1); as beta -> infinity, P -> delta at the argmax of <q, k_j>,
if that is unique (2.unique), or without asking (2.ties).

Verdict (1): holds.  With a rate: TV(P, uniform) <= tanh(beta (max E - min E)/4).
Verdict (2.unique): holds.  With a rate: `proposition19_cooled`.
Verdict (2.ties): refuted.  Tied keys share the limit.

Source.  Gibbs; section 4.3; `thermo.limits`.
"""

from thermo.free_energy import gibbs
from thermo.limits import (
    heating_bound,
    infinite_temperature_limit,
)
from verify import Claim, le
from verify.given import energies, scalars
from verify.proofs.temperature import the_rate_and_its_limit

proposition19 = Claim("sequence/proposition19", "temperature limits of attention")

FAMILY = (energies(), scalars(0, 8))


def distance(p, q):
    return abs(p - q).sum() / 2


def of_first_query(head):
    """The first query's energies, at the head's own 1/sqrt(d)."""
    return -(head.k @ head.q[0]), head.d**-0.5


@proposition19.part(
    r"P \to 1/N as \beta \to 0",
    part="1",
    given=FAMILY,
    on=of_first_query,
    reading="with a rate: TV(P, uniform) ≤ tanh(β (max E - min E)/4)",
    proofs=[the_rate_and_its_limit],
)
def heated(E, beta):
    away = distance(gibbs(E, beta), infinite_temperature_limit(E))
    return le(away, heating_bound(E, beta), scale=1)


@heated.mutant("9/10 of the rate")
def heated_faster(E, beta):
    away = distance(gibbs(E, beta), infinite_temperature_limit(E))
    return le(10 * away, 9 * heating_bound(E, beta))
