r"""Free energy under a limit on the number of keys: top-K attention.

Over the distributions with at most K keys in their support, F is least at softmax on K keys of
lowest energy (sequence paper, Theorem 22), and the minimum is

    f(K) = -log(Z_K) / beta,      Z_K = sum of exp(-beta E_j) over the K lowest energies.

*Ties.*  "The K keys with the highest <q, k>" are not one set where the K-th and the (K+1)-th
energy agree.  Every choice among the tied keys is optimal, no mixture of two choices is
(its support is too large), and `k_sparse_supports` lists them all.

*Convexity.*  f(K) - f(K+1) = log(1 + w_{K+1} / Z_K) / beta is positive and strictly decreasing
in K, because the weights w descend and Z_K grows: f is strictly decreasing and strictly convex.

*Price.*  f(K) - f(N) = -log(p*(S)) / beta = KL(p_K || p*) / beta, with nothing besides: in
Corollary 23 the "tail energy" is zero, or must not be added.

References: sequence paper, Definition 21, Theorem 22, Corollary 23.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from thermo._boltzmann import ground_energy, weights
from thermo._checks import check_count, check_energies, check_scalar
from thermo.free_energy import gibbs


def k_sparse_supports(energies, K: int) -> Iterator[tuple[int, ...]]:
    """Every optimal support of K keys, ascending indices each; the first has the lowest indices.

    Lazy, for there are binomial(tied, needed) of them.  Balls that overlap without being one
    number raise: which keys are lowest is then not decided.
    """
    levels = check_energies(energies).tolist()
    K = check_count(K, "K", len(levels))
    cutoff = levels[_ascending(levels)[K - 1]]
    tied = [j for j, level in enumerate(levels) if level == cutoff]
    below = [j for j, level in enumerate(levels) if level < cutoff]
    return (tuple(sorted([*below, *chosen])) for chosen in combinations(tied, K - len(below)))


def k_sparse_minimiser(energies, K: int, beta):
    """Softmax on K keys of lowest energy, 0 elsewhere: (N,).  Sequence paper, Theorem 22.

    The minimiser of F over distributions with at most K keys in their support.  Where several
    supports tie it is the one on the first, the tied keys of lowest index.
    """
    energies = check_energies(energies)
    support = list(next(k_sparse_supports(energies, K)))
    p = np.zeros(energies.size, dtype=energies.dtype)
    p[support] = gibbs(energies[support], beta)
    return p


def sparse_free_energies(energies, beta):
    """f(1), ..., f(N): (N,), the least free energy with at most K keys, strictly decreasing."""
    energies, beta, w = _sorted_weights(energies, beta)
    if energies.dtype == object:
        log_sums = np.log(np.add.accumulate(w))
    else:  # log Z_K = log(1 + rest), for the first weight is 1
        log_sums = np.log1p(np.concatenate([[0], np.cumsum(w[1:])]))
    return ground_energy(energies) - log_sums / beta


def key_gains(energies, beta):
    """f(K) - f(K+1) for K = 1, ..., N - 1: (N - 1,), positive and strictly decreasing."""
    _, beta, w = _sorted_weights(energies, beta)
    return np.log1p(w[1:] / np.add.accumulate(w)[:-1]) / beta


def sparsity_penalty(energies, K: int, beta):
    """f(K) - f(N) = -log(mass of the kept keys under p*) / beta.  Sequence paper, Corollary 23."""
    _, beta, w = _sorted_weights(energies, beta)
    K = check_count(K, "K", w.size)
    return np.log1p(w[K:].sum() / w[:K].sum()) / beta


def tail_energy(energies, K: int, beta):
    """sum of p*_j E_j over the keys that are dropped: the other term printed in Corollary 23."""
    energies = check_energies(energies)
    order = _ascending(energies.tolist())
    dropped = order[check_count(K, "K", energies.size) :]
    return (gibbs(energies, beta)[dropped] * energies[dropped]).sum()


def _ascending(levels):
    """Indices by energy, ties by index; balls raise where the order is not decided."""
    return sorted(range(len(levels)), key=levels.__getitem__)


def _sorted_weights(energies, beta):
    energies = check_energies(energies)
    beta = check_scalar(beta, "beta", like=energies)
    energies = energies[_ascending(energies.tolist())]
    return energies, beta, weights(energies, beta)
