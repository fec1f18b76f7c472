"""Theorem 20: the critical temperature.

Statement.  For keys from a mixture of k Gaussians with separation Delta there is a critical inverse
temperature beta_c = Theta(1/Delta^2) below which attention concentrates on a single cluster.

    literal      beta is the inverse temperature (Definition 16)
    temperature  the other reading: it concentrates for inverse temperatures above Theta(1/Delta^2)
    sqrt-d       which "justifies" the scaling 1/sqrt(d)

Verdict (literal): refuted.  At small beta attention is uniform (Proposition 19): two keys at
+-Delta/2, q = 1, share it nearly equally at beta = Delta^-2/1000.
Verdict (temperature): refuted.  Delta does not determine the energy gap: `theorem20_cold`.
Verdict (sqrt-d): vague.  1/Delta^2 has no d in it.

Repair.  (literal) A cluster's mass is within tanh(beta (max E - min E)/4) of its share of the keys.

Source.  Section 4.3.  Tested without noise (all keys at the centres), which favours the statement.
"""

from fractions import Fraction

import numpy as np

from spectral.balls import enclosing_max
from thermo.free_energy import energies_of, gibbs
from thermo.limits import heating_bound
from verify import Claim, ge, le
from verify.given import scalars

theorem20 = Claim("sequence/theorem20", "the critical temperature")


def attention(q, keys, beta):
    return gibbs(energies_of(q, keys), beta)


def two_centres(delta):
    """Keys at -Delta/2 and Delta/2, and the query 1."""
    half = np.stack([delta * 0 - delta / 2, delta / 2])[:, None]
    return half[0] * 0 + 1, half


@theorem20.part(
    r"attention has 3/4 of its mass on one cluster for \beta \le \beta_c",
    part="literal",
    given=(scalars(0, 8), scalars(0, Fraction(1, 1000))),
    reading="one key at each of ±Δ/2, q = 1, β = t/Δ² with t < 1/1000",
    why="β → 0 is high temperature: attention becomes uniform",
)
def concentrates_when_hot(delta, t):
    q, keys = two_centres(delta)
    return ge(enclosing_max(attention(q, keys, t / (delta * delta))), Fraction(3, 4))


@concentrates_when_hot.amend(
    r"|mass - share| \le \tanh(\beta (\max E - \min E)/4)",
    given=(scalars(0, 8), scalars(0, 4)),
    reference="thermo.limits",
)
def shares_when_hot(delta, t):
    q, keys = two_centres(delta)
    beta = t / (delta * delta)
    excess = enclosing_max(attention(q, keys, beta)) - Fraction(1, 2) * (1 + 0 * delta)
    return le(excess, heating_bound(energies_of(q, keys), beta), scale=1)


@shares_when_hot.mutant("9/10 of it")
def shares_sooner(delta, t):
    q, keys = two_centres(delta)
    beta = t / (delta * delta)
    excess = enclosing_max(attention(q, keys, beta)) - Fraction(1, 2) * (1 + 0 * delta)
    return le(10 * excess, 9 * heating_bound(energies_of(q, keys), beta))
