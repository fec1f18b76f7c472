"""Corollary 23: the price of sparsity.

Statement.  F(P_sparse) - F(P_dense) = KL(P_sparse || P_dense) / beta + tail energy,
with P_dense softmax on all keys and P_sparse softmax on the top K.

Verdict (identity): holds.  The difference *is* KL(P_sparse || P_dense) / beta, exactly.
Verdict (tail): refuted.  So nothing is left for a tail energy.  Read as the dropped keys' part of
the mean energy it is not 0: at E = (0, 1), K = 1, beta = 1 it is 1/(1 + e) = 0.269.

Repair.  F(P_sparse) - F(P_dense) = -log(P_dense(S*)) / beta, S* the keys that are kept.

Proof.  Theorem 17's identity at P = P_sparse; and P_sparse / P_dense = 1 / P_dense(S*) on S*.

Source.  Gibbs' identity, as in Theorem 17.
"""

from thermo.free_energy import excess_divergence, excess_free_energy, gibbs
from thermo.sparse import k_sparse_minimiser, sparsity_penalty, tail_energy
from verify import Claim, eq
from verify.given import counts, energies, scalars
from verify.proofs.free_energy import each_kept_key, the_ratio_is_constant

corollary23 = Claim("sequence/corollary23", "the energy-entropy trade-off of sparsity")


def keys_suffice(E, K, beta):
    return K <= len(E)


def price_is(obtained, E, K, beta):
    price = excess_free_energy(k_sparse_minimiser(E, K, beta), E, beta)
    return eq(price, obtained, scale=abs(E).max() + 1 / beta)


FAMILY = (energies(), counts(1, 4), scalars(0, 8))


@corollary23.part(
    r"F(P_{sparse}) - F(P_{dense}) = \beta^{-1} KL(P_{sparse}\|P_{dense})",
    part="identity",
    given=FAMILY,
    where=keys_suffice,
    reading="up to the tail term, which is zero",
    proofs=[each_kept_key],
)
def divergence_only(E, K, beta):
    divergence = excess_divergence(k_sparse_minimiser(E, K, beta), E, beta)
    return price_is(divergence, E, K, beta)


@divergence_only.mutant(
    "the mass that is lost, in place of minus the logarithm of the mass that is kept"
)
def linearised(E, K, beta):
    kept = gibbs(E, beta)[k_sparse_minimiser(E, K, beta) != 0].sum()
    return price_is((1 - kept) / beta, E, K, beta)


@corollary23.part(
    r"F(P_{sparse}) - F(P_{dense}) = \beta^{-1} KL(P_{sparse}\|P_{dense}) + "
    r"\sum_{j \notin S^*} P_j E_j",
    part="tail",
    given=FAMILY,
    where=keys_suffice,
    reading="tail energy: the dropped keys' part of the mean energy under P_dense",
    why="the identity is exact without it",
)
def with_tail(E, K, beta):
    divergence = excess_divergence(k_sparse_minimiser(E, K, beta), E, beta)
    return price_is(divergence + tail_energy(E, K, beta), E, K, beta)


@with_tail.amend(
    r"F(P_{sparse}) - F(P_{dense}) = -\beta^{-1}\log P_{dense}(S^*)",
    reference="Theorem 17's identity at P_sparse",
    proofs=[the_ratio_is_constant],
)
def log_of_kept_mass(E, K, beta):
    return price_is(sparsity_penalty(E, K, beta), E, K, beta)


@log_of_kept_mass.mutant("without the 1/beta")
def at_unit_temperature(E, K, beta):
    return price_is(sparsity_penalty(E, K, beta) * beta, E, K, beta)
