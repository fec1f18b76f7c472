r"""Landauer's principle with units: what erasing costs, and how far attention concentrates.

Erasing n bits at temperature T dissipates at least n k_B T ln 2 joules, and a slow device comes
as near to it as one wishes [L61]_ [B03]_.  It bounds *erasure*.  It says nothing of computing:
any function can be computed beside its arguments without erasing a bit [B73]_, as
`thermo.reversible` does with attention.

A row p of attention over N keys differs from the uniform law by

    I(p) = log2 N - H(p) = KL(p || uniform) / ln 2   bits,     0 <= I <= log2 N,

which is 0 for the mean of all values and log2 N for a copy of one.  It is not the information
that is lost when outputs take the place of values: a permutation has the largest I and loses
nothing, the mean has I = 0 and loses all but itself (`thermo.erasure`).

References
----------
.. [L61] R. Landauer, Irreversibility and heat generation in the computing process, IBM J. Res.
   Dev. 5 (1961).
.. [B73] C. H. Bennett, Logical reversibility of computation, IBM J. Res. Dev. 17 (1973).
.. [B03] C. H. Bennett, Notes on Landauer's principle, reversible computation and Maxwell's demon,
   arXiv:physics/0210005 (2003).
.. [seq] Sequence paper, Theorem 44.
"""

import operator
from fractions import Fraction

import numpy as np
from scipy import constants

from thermo._checks import check_stochastic, proved

# Joules per kelvin.  A defined number since the SI of 2019, so that its decimals are all of it.
BOLTZMANN = Fraction(repr(constants.k))
ROOM_TEMPERATURE = 300  # kelvin


def thermal_energy(temperature=ROOM_TEMPERATURE):
    """k_B T in joules, a Fraction for an int or a Fraction: 4.14e-21 J at 300 K."""
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be positive and finite, in kelvin, got {temperature}")
    return BOLTZMANN * temperature


def landauer_limit(bits, temperature=ROOM_TEMPERATURE):
    """bits k_B T ln 2, in joules: the least heat of erasing so many bits.  2.87e-21 J a bit."""
    if proved(operator.lt, bits, 0):
        raise ValueError(f"bits must not be negative, got {bits}")
    return bits * np.log(2 + 0 * bits) * thermal_energy(temperature)


def concentration(P):
    """I_i = log2 N - H(P_i) in bits, for the rows P_i of an (M, N) stochastic matrix: (M,).

    float64 or balls; a Fraction has no logarithm.
    """
    P = check_stochastic(P)
    one = 0 * P + 1
    nats = (P * np.log(np.where(P != 0, P, one))).sum(axis=1)  # 0 log 0 = 0
    return (np.log(P.shape[1] * one[:, 0]) + nats) / np.log(2 * one[:, 0])


def entropy_reduction(P):
    """Delta H in bits, a number: the sum of the rows' I, "the total entropy reduction"."""
    return concentration(P).sum()
