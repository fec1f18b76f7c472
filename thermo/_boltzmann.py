"""Boltzmann weights and the sums of their logarithms, for arguments that are already judged."""

import numpy as np


def ground_energy(energies):
    """The shift: the least energy of a float array; 0, no shift, for objects."""
    return 0 if energies.dtype == object else energies.min()


def weights(energies, beta):
    """exp(-beta (E_j - shift)): (N,)."""
    with np.errstate(over="ignore"):  # beta * difference = inf: the weight is 0, as it should be
        return np.exp((ground_energy(energies) - energies) * beta)


def log_sum(w):
    """log of the sum of weights; floats keep what the largest weight, 1, would swamp."""
    if w.dtype == object:
        return np.log(w.sum())
    return np.log1p(np.delete(w, w.argmax()).sum())
