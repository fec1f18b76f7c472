r"""What softmax tends to as the temperature does, ties included, and how fast.

    beta -> 0:    uniform on all N keys;        distance <= tanh(beta (max E - min E) / 4)
    beta -> inf:  uniform on the keys of least energy;  distance <= (N/g - 1) exp(-beta gap)

with g the number of keys of least energy, gap the distance to the next energy, and distances
in total variation.  So the limit of zero temperature is one key, as sequence paper,
Proposition 19 has it, only where the least energy is met once: for E = (0, 0) softmax is
(1/2, 1/2) at every beta.

*Proof.*  Zero: the mass outside the g keys is the distance, it is m / (g + m) <= m / g, and
each of its N - g weights is at most exp(-beta gap).  Infinity: let A be the keys where p
exceeds the uniform u.  The ratio p/u varies by a factor of at most e^h, h = beta (max E - min E),
so the odds of A under p are at most e^h times those under u; and p(A) - u(A) is then at most
tanh(h/4), met where the two odds are e^(h/2) and e^(-h/2).

Reference: sequence paper, Proposition 19.
"""

from fractions import Fraction

import numpy as np

from thermo._checks import check_energies, check_scalar


def ground_states(energies) -> tuple[int, ...]:
    """Indices of the keys of least energy, ascending; balls raise where that is not decided."""
    levels = check_energies(energies).tolist()
    ground = min(levels)
    return tuple(j for j, level in enumerate(levels) if level == ground)


def zero_temperature_limit(energies):
    """lim of softmax as beta -> inf: (N,), uniform on the keys of least energy.

    Fractions for an object array, so that a limit is exact in every arithmetic.
    """
    energies = check_energies(energies)
    ground = ground_states(energies)
    p = np.full(energies.size, _number(0, energies))
    p[list(ground)] = _number(Fraction(1, len(ground)), energies)
    return p


def infinite_temperature_limit(energies):
    """lim of softmax as beta -> 0: (N,), uniform."""
    energies = check_energies(energies)
    return np.full(energies.size, _number(Fraction(1, energies.size), energies))


def energy_gap(energies):
    """The distance from the least energy to the next one, > 0; inf where there is no other."""
    energies = check_energies(energies)
    ground = ground_states(energies)
    excited = np.delete(energies, ground).tolist()
    return min(excited) - energies[ground[0]] if excited else np.inf


def cooling_bound(energies, beta):
    """(N/g - 1) exp(-beta gap) >= the distance of softmax to its zero-temperature limit."""
    energies = check_energies(energies)
    beta = check_scalar(beta, "beta", like=energies)
    g, gap = len(ground_states(energies)), energy_gap(energies)
    if g == energies.size:
        return 0  # softmax is the limit, at every beta
    return np.exp(-beta * gap) * (energies.size - g) / g


def heating_bound(energies, beta):
    """tanh(beta (max E - min E) / 4) >= the distance of softmax to the uniform distribution.

    No smaller function of beta (max E - min E) alone will do: with N keys, one in e^(h/2) + 1 of
    them at the lower of two energies, the distance comes as near to it as one wishes.
    """
    energies = check_energies(energies)
    levels, beta = energies.tolist(), check_scalar(beta, "beta", like=energies)
    return np.tanh((max(levels) - min(levels)) * beta / 4)


def _number(fraction, energies):
    """A Fraction, or the nearest double, as the energies are."""
    return Fraction(fraction) if energies.dtype == object else float(fraction)
