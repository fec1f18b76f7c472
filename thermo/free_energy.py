r"""The free energy of attention, and softmax as its minimiser.

A query attends to N keys with energies E_j = -<q, k_j>; a distribution p over the keys has
the free energy

    F(p) = <p, E> - H(p) / beta,          H(p) = -sum_j p_j log p_j,      0 log 0 = 0.

Everything here follows from one identity, true for every distribution p:

    F(p) - F(p*) = KL(p || p*) / beta,    p*_j = exp(-beta E_j) / Z,      F(p*) = -log(Z) / beta.

For log p*_j = -beta E_j - log Z, so that <p, log p*> = -beta <p, E> - log Z.  A divergence
is positive except at p = p*: hence p* is the one minimiser.  No derivative is taken, and the
boundary of the simplex (where a derivative of F is infinite) needs no separate argument.

*Arithmetic.*  float64, or object arrays of Fractions or balls (where a logarithm is needed,
balls).  In floats the energies are shifted by their minimum; for objects any shift is exact
algebra, so there is none.  exp(-t) of a rounded t has a relative error of about t eps, and is
0 beyond t = 745; the sum of N weights adds N eps: `gibbs` is right to (750 + N) eps relative,
or to the least double 5e-324.

References: sequence paper, Definitions 13-16, Theorem 17, Corollary 18; unified paper,
Definition 8.3, Proposition 8.4.
"""

import numpy as np

from thermo._boltzmann import ground_energy, log_sum, weights
from thermo._checks import (
    check_distribution,
    check_energies,
    check_reals,
    check_same_length,
    check_scalar,
)


def energies_of(q, keys):
    """E_j = -<q, k_j> for a query (d,) and keys (N, d): (N,).  Sequence paper, Definition 14."""
    q, keys = check_reals(q, "q", ndim=1), check_reals(keys, "keys", ndim=2)
    if keys.shape[1] != q.size:
        raise ValueError(f"keys must have {q.size} columns like q, got shape {keys.shape}")
    return -(keys @ q)


def entropy(p):
    """H(p) = -sum p_j log p_j in nats, a number in [0, log N].  Sequence paper, Definition 15."""
    p = check_distribution(p)
    support = p[p != 0]
    return 0 - (support * np.log(support)).sum()  # 0 - x, for -x would make -0.0 of a sure event


def free_energy(p, energies, beta):
    """F(p) = <p, E> - H(p) / beta, a number.  Sequence paper, Definition 16 (any beta > 0)."""
    p, energies = check_distribution(p), check_energies(energies)
    check_same_length(p, energies, "p and energies")
    return (p * energies).sum() - entropy(p) / check_scalar(beta, "beta", like=energies)


def gibbs(energies, beta):
    """p*_j = exp(-beta E_j) / Z: (N,), the unique minimiser of F.  Sequence paper, Theorem 17."""
    energies, beta = _judged(energies, beta)
    w = weights(energies, beta)
    return w / w.sum()


def log_gibbs(energies, beta):
    """log p*_j: (N,), finite also where the float p*_j itself is 0."""
    energies, beta = _judged(energies, beta)
    log_Z = log_sum(weights(energies, beta))
    with np.errstate(over="ignore"):  # -inf is then the logarithm, to the range of the doubles
        return (ground_energy(energies) - energies) * beta - log_Z


def log_partition(energies, beta):
    """log Z = log sum_j exp(-beta E_j), a number."""
    energies, beta = _judged(energies, beta)
    return log_sum(weights(energies, beta)) - ground_energy(energies) * beta


def minimum_free_energy(energies, beta):
    """F(p*) = -log(Z) / beta, a number.  Sequence paper, Corollary 18."""
    energies, beta = _judged(energies, beta)
    return ground_energy(energies) - log_sum(weights(energies, beta)) / beta


def kl_divergence(p, q):
    """KL(p || q) = sum_j p_j log(p_j / q_j) in nats; the float inf where some p_j > 0 = q_j."""
    p, q = check_distribution(p), check_distribution(q, "q")
    check_same_length(p, q, "p and q")
    support = p != 0
    p, q = p[support], q[support]
    if (q == 0).any():
        return np.inf
    return (p * (np.log(p) - np.log(q))).sum()


def excess_free_energy(p, energies, beta):
    """F(p) - F(p*), from the two free energies: the left side of the identity above."""
    return free_energy(p, energies, beta) - minimum_free_energy(energies, beta)


def excess_divergence(p, energies, beta):
    """KL(p || p*) / beta: the right side.  From log p*, so that no p*_j is lost to underflow."""
    p, energies = check_distribution(p), check_energies(energies)
    check_same_length(p, energies, "p and energies")
    support = p != 0
    log_ratio = np.log(p[support]) - log_gibbs(energies, beta)[support]
    return (p[support] * log_ratio).sum() / check_scalar(beta, "beta", like=energies)


def _judged(energies, beta):
    energies = check_energies(energies)
    return energies, check_scalar(beta, "beta", like=energies)
