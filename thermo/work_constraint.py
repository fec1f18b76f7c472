r"""Attention under a limit on work, and the price of a key.

Each attended key costs price = c_compute + c_memory d, so that W(p) = price |supp p|.  The
constraint W(p) <= W_max is one on a cardinality: not convex in p, and Lagrange's theorem does
not apply.  What holds here holds because f(K), the least free energy with K keys, is strictly
convex in the integer K (`thermo.sparse`):

- the optimum keeps K = min(N, floor(W_max / price)) keys, and it does minimise F + mu W for
  every mu with f(K) - f(K+1) <= mu price <= f(K-1) - f(K);
- strong duality holds when the budget is spent exactly (or K = N).  Otherwise there is a
  duality gap, mu_low (W_max - price K) > 0: the dual buys a fraction of a key.

So the multiplier is an interval, not a number, and as a function of W_max the optimal value
is a staircase: its derivative is 0 or does not exist.  mu is the price of a *whole* key.

References: sequence paper, Definition 24, Theorem 25.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from thermo._checks import check_distribution, check_energies, check_scalar
from thermo.sparse import k_sparse_minimiser, key_gains, sparse_free_energies


@dataclass(frozen=True)
class WorkDual:
    """A work-constrained optimum beside its Lagrangian dual."""

    keys: int  # K, the number of keys the budget pays for
    primal: object  # f(K) = min F(p) subject to W(p) <= budget
    dual: object  # max over mu >= 0 of min over p of F(p) + mu (W(p) - budget)
    gap: object  # primal - dual = multiplier_low * unspent budget
    multiplier_low: object  # the optimum minimises F + mu W exactly for mu in [low, high];
    multiplier_high: object  # low = 0 if K = N, high = inf if K = 1


def key_price(*, c_compute, c_memory, d):
    """c_compute + c_memory d, what each attended key costs."""
    if not isinstance(d, (int, np.integer)) or d < 1:
        raise ValueError(f"d must be a positive integer, got {d!r}")
    for name, cost in {"c_compute": c_compute, "c_memory": c_memory}.items():
        if not 0 <= cost < np.inf:
            raise ValueError(f"{name} must be finite and not negative, got {cost}")
    return c_compute + c_memory * int(d)


def work(p, *, c_compute, c_memory, d):
    """W(p) = (c_compute + c_memory d) |supp p|, a number.  Sequence paper, Definition 24."""
    support = np.count_nonzero(check_distribution(p) != 0)
    return key_price(c_compute=c_compute, c_memory=c_memory, d=d) * support


def affordable_keys(N: int, *, price, budget) -> int:
    """min(N, floor(budget / price)), at least 1; the quotient is exact, also of two floats.

    *Raises* ValueError where the budget does not pay for one key: no distribution is feasible.
    """
    if not 0 < price < np.inf:
        raise ValueError(f"price must be positive and finite, got {price}")
    if not price <= budget:
        raise ValueError(f"budget must pay for one key at price {price}, got {budget}")
    return N if budget == np.inf else min(N, int(Fraction(budget) // Fraction(price)))


def work_constrained_minimiser(energies, beta, *, price, budget):
    """argmin of F over distributions with W(p) <= budget: (N,), a top-K softmax.

    Ties as in `thermo.sparse.k_sparse_minimiser`.
    """
    energies = check_energies(energies)
    keys = affordable_keys(energies.size, price=price, budget=budget)
    return k_sparse_minimiser(energies, keys, beta)


def lagrangian_values(energies, beta, mu, *, price):
    """f(K) + mu price K for K = 1, ..., N: (N,), the least F + mu W with K keys.

    The minimum of F + mu W over the simplex is the least of them.
    """
    energies = check_energies(energies)
    price = check_scalar(price, "price", like=energies)
    mu = check_scalar(mu, "mu", like=energies, zero=True)
    sizes = np.arange(1, energies.size + 1).astype(energies.dtype)
    return sparse_free_energies(energies, beta) + sizes * (mu * price)


def work_dual(energies, beta, *, price, budget) -> WorkDual:
    """The optimum under W(p) <= budget, its Lagrangian dual, and the duality gap.

    The dual function min_K f(K) + mu (price K - budget) is concave and piecewise linear in mu.
    At mu = multiplier_low the minimum is met by K and by K + 1 keys, because f is convex: the
    slope turns there from price (K + 1) - budget > 0 to price K - budget <= 0.  That is the top.
    """
    energies = check_energies(energies)
    K = affordable_keys(energies.size, price=price, budget=budget)
    primal, gains = sparse_free_energies(energies, beta)[K - 1], key_gains(energies, beta)
    price = check_scalar(price, "price", like=energies)
    high = gains[K - 2] / price if K > 1 else np.inf
    if energies.size == K:
        return WorkDual(K, primal, primal, 0, 0, high)
    low = gains[K - 1] / price
    gap = low * (check_scalar(budget, "budget", like=energies) - price * K)
    return WorkDual(K, primal, primal - gap, gap, low, high)
