"""Theorem 30, step 2: attention as a Gaussian of distances.

Printed.  W_ij ~ exp(-|q_i - k_j|^2 / 2 sigma^2) <= exp(-Delta^2 / 2 sigma^2) between clusters of
queries at distance Delta.

Refuted.  exp(<q, k> / sqrt d) knows the length of k: q = 1 sees k = 2 more than k = 1, which is
nearer.  And Delta separates queries from each other, not the keys from them.

Repair.  With the lengths, exactly; and with Delta - eta if every key is within eta <= Delta of its
query, by the triangle inequality.
"""

import numpy as np

from spectral import linalg
from spectral.balls import enclosing_max, enclosing_min
from spectral.distances import squared_distances, squared_lengths
from spectral.graph import scores
from verify import Cases, eq, le
from verify.given import token_pairs
from verify.proofs.tokens import one_coordinate
from verify.sequence.theorem30_step1 import theorem30

# The gallery and the lattice of `token_pairs`, nothing drawn.
PAIRS = token_pairs()
TOKENS = Cases(gallery=PAIRS.gallery, lattice=PAIRS.lattice, hypotheses=PAIRS.hypotheses, arity=2)


@theorem30.part(
    r"W_{ij} \propto \exp(-\|q_i - k_j\|^2/2\sigma^2) \le \exp(-\Delta^2/2\sigma^2)",
    part="step2",
    given=TOKENS,
    on=lambda head: (head.q, head.k),
    reading="∝ within each row, for some σ: of two keys the nearer has the larger weight; asked of "
    "keys j and j + 1 only",
    why="<q, k> grows with the length of k; and Δ separates queries, not keys from queries",
)
def nearer_is_larger(q, k):
    lengths, steps = squared_lengths(k), k - np.roll(k, 1, axis=0)
    weight = q @ steps.T  # log W_ij - log W_i,j-1, times sqrt(d)
    distance = lengths - np.roll(lengths, 1) - 2 * weight  # |q_i - k_j|^2 - |q_i - k_j-1|^2
    return le(weight * distance, 0, scale=abs(weight).max() * (lengths.max() + abs(weight).max()))


def twice_the_products(q, k):
    """2 <q_i, k_j> = 2 sqrt(d) log W_ij."""
    return 2 * linalg.sqrt(q.shape[1], like=q) * scores(q, k)


def lengths_of_both(q, k):
    return squared_lengths(q)[:, None] + squared_lengths(k)


@nearer_is_larger.amend(
    r"\log W_{ij} = (\|q_i\|^2 + \|k_j\|^2 - \|q_i - k_j\|^2)/2\sqrt d",
    reference="so W is proportional to the Gaussian where all lengths are equal, with σ² = √d",
    on=None,
    proofs=[one_coordinate],
)
def polarized(q, k):
    lengths, distances = lengths_of_both(q, k), squared_distances(q, k)
    return eq(twice_the_products(q, k), lengths - distances, scale=lengths.max())


@polarized.mutant("without the lengths of the keys")
def without_keys(q, k):
    lengths = 2 * squared_lengths(q)[:, None]
    return eq(twice_the_products(q, k), lengths - squared_distances(q, k), scale=lengths.max())


def halves(x):
    """Two clusters: the first half of the tokens, and the others."""
    return x[: len(x) // 2], x[len(x) // 2 :]


def separation(q):
    """Delta, between the queries of the two clusters."""
    return linalg.sqrt(enclosing_min(squared_distances(*halves(q))), like=q)


def reach(q, k):
    """eta = max |q_i - k_i|."""
    return linalg.sqrt(enclosing_max(squared_lengths(q - k)), like=q)


def two_tokens(q, k):
    return len(q) >= 2


def keys_near_their_queries(q, k):
    return le(reach(q, k), separation(q))


def bounded_by(distance, q, k):
    (q, _), (_, k) = halves(q), halves(k)
    lengths = lengths_of_both(q, k)
    right = lengths - distance**2
    return le(twice_the_products(q, k), right, scale=lengths.max() + distance**2)


@nearer_is_larger.amend(
    r"\log W_{ij} \le (\|q_i\|^2 + \|k_j\|^2 - (\Delta - \eta)^2)/2\sqrt d between clusters of "
    r"queries at distance Δ, if every key is within $\eta \le \Delta$ of its query",
    where=(two_tokens, keys_near_their_queries),
    equality=([[0], [1]], [[0], [1]]),
    reference="the triangle inequality: |q_i − k_j| ≥ |q_i − q_j| − |q_j − k_j|",
    on=None,
)
def between_clusters(q, k):
    return bounded_by(separation(q) - reach(q, k), q, k)


@between_clusters.mutant("Δ in place of Δ − η")
def keys_forgotten(q, k):
    return bounded_by(separation(q), q, k)
