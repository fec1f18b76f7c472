"""Theorem 25: work-constrained optimal attention.

Statement.  W(P) = (c_compute + c_memory d) |supp P|.  Under W(P) <= W_max (at least the price of a
key) the optimum solves min F + mu W for some mu >= 0 (a), the shadow price of computation (b).

Verdict (a): holds.  Although W counts keys and is not convex: the least free energy f(K) with K
keys is strictly convex in K, and an interval of mu selects any K.
Verdict (b): refuted.  A shadow price needs strong duality.  At E = (0, 0), beta = 1, price 2,
budget 3, one key is affordable; the optimum is 0, the dual value -log(2)/2 = -0.347.

Repair.  (b) The gap is mu times the budget that is not spent, mu = (f(K) - f(K+1))/price: zero
exactly if the budget is a multiple of the price or pays for all keys.

Proof.  f(K) - f(K+1) = log(1 + w_{K+1}/Z_K)/beta, and w/Z falls as K grows.

Source.  Everett (1963) for the multiplier; `thermo.work_constraint`.
"""

import numpy as np

from spectral.balls import enclosing_max, enclosing_min
from thermo.sparse import key_gains
from thermo.work_constraint import lagrangian_values, work_dual
from verify import Claim, eq, le
from verify.given import counts, energies, scalars
from verify.proofs.free_energy import gains_fall

theorem25 = Claim("sequence/theorem25", "work-constrained optimal attention")

FAMILY = (energies(), counts(2, 9), scalars(0, 8))  # a key costs 2


@theorem25.part(
    r"the optimum under W(P) \le W_{max} minimises F + \mu W for some \mu \ge 0",
    part="a",
    given=FAMILY,
    reading="for the multiplier of the dual problem, against every number of keys",
    proofs=[gains_fall],
)
def has_a_multiplier(E, budget, beta):
    dual = work_dual(E, beta, price=2, budget=budget)
    values = lagrangian_values(E, beta, dual.multiplier_low, price=2)
    return le(values[dual.keys - 1], values, scale=abs(E).max() + 1 / beta)


@has_a_multiplier.mutant("half the multiplier")
def half_the_multiplier(E, budget, beta):
    dual = work_dual(E, beta, price=2, budget=budget)
    values = lagrangian_values(E, beta, dual.multiplier_low / 2, price=2)
    return le(values[dual.keys - 1], values)


@theorem25.part(
    r"\mu is the shadow price: \min F = \max_\mu \min (F + \mu (W - W_{max}))",
    part="b",
    given=FAMILY,
    reading="shadow price and precise trade-off: no duality gap",
    why="the optimum is a staircase in W_max: a budget between two steps has no price",
)
def no_duality_gap(E, budget, beta):
    return eq(work_dual(E, beta, price=2, budget=budget).gap, 0)


@no_duality_gap.amend(
    r"the gap is \mu (W_{max} - W), \mu = (f(K) - f(K+1))/price",
    reference="thermo.work_constraint, with its proof",
)
def gap_is_the_unspent_budget(E, budget, beta):
    return _gap_is(E, budget, beta, 1)


@gap_is_the_unspent_budget.mutant("twice the unspent budget")
def gap_is_twice(E, budget, beta):
    return _gap_is(E, budget, beta, 2)


def dual_value(E, budget, beta):
    """The largest, over mu, of min F + mu (W - W_max): at mu = 0 or where two K tie."""
    tied = [beta * 0, *(key_gains(E, beta) / 2)]
    least = [enclosing_min(lagrangian_values(E, beta, mu, price=2)) - mu * budget for mu in tied]
    return enclosing_max(np.array(least))


def _gap_is(E, budget, beta, factor):
    found = work_dual(E, beta, price=2, budget=budget)
    gap = found.primal - dual_value(E, budget, beta)
    slack = factor * found.multiplier_low * (budget - 2 * found.keys)
    return eq(gap, slack, scale=abs(E).max() + 1 / beta)
