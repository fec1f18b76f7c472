"""Corollary 18: partition function and free energy.

Statement.  F(P*) = -log(Z)/beta for softmax P* and Z = sum exp(-beta E_j); with beta = 1/sqrt(d)
this is -sqrt(d) log sum exp(<q, k_j>/sqrt(d)).

Verdict: holds.

Proof.  log P*_j = -beta E_j - log Z, in each term of F.

Source.  Gibbs; section 4.2.
"""

from thermo.free_energy import free_energy, gibbs, minimum_free_energy
from verify import Claim, eq
from verify.given import energies, scalars

corollary18 = Claim("sequence/corollary18", "partition function and free energy")


def of_first_query(head):
    """The first query's energies, at the head's own 1/sqrt(d)."""
    return -(head.k @ head.q[0]), head.d**-0.5


@corollary18.part(
    r"F(P^*) = -\beta^{-1} \log Z", given=(energies(), scalars(0, 8)), on=of_first_query
)
def least_free_energy(E, beta):
    size = abs(E).max() + 1 / beta
    return eq(free_energy(gibbs(E, beta), E, beta), minimum_free_energy(E, beta), scale=size)


@least_free_energy.proof
def each_term():
    from sympy import log, symbols

    p, E, beta, Z = symbols("p E beta Z", positive=True)
    of_gibbs = -beta * E - log(Z)
    yield (
        "P_j E_j + P_j log(P_j)/beta = -P_j log(Z)/beta",
        (p * E + p * of_gibbs / beta + p * log(Z) / beta),
    )


@least_free_energy.mutant("without the 1/beta")
def unit_temperature(E, beta):
    return eq(free_energy(gibbs(E, beta), E, beta), minimum_free_energy(E, beta) * beta)
