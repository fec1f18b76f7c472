"""Ternary weights with a scale, as a library would ship them; and ways to get them wrong."""

import numpy as np


def quantize(weights):
    """Ternary weights times their scale: mean modulus, rounded to the nearest of -1, 0, 1."""
    weights = np.asarray(weights, dtype=np.float64)
    scale = np.abs(weights).mean()
    return scale * np.clip(np.rint(weights / scale), -1, 1)


def quantize_by_sign(weights):
    """Binary, not ternary: small weights are sent to +-scale."""
    weights = np.asarray(weights, dtype=np.float64)
    return np.abs(weights).mean() * np.sign(weights)


def quantize_by_median(weights):
    """The median modulus for the mean."""
    weights = np.asarray(weights, dtype=np.float64)
    scale = np.median(np.abs(weights))
    return scale * np.clip(np.rint(weights / scale), -1, 1)


def softmax(energies, beta):
    """exp(-beta E), normalised; shifted by the least energy."""
    weights = np.exp(-beta * (energies - energies.min()))
    return weights / weights.sum()


def softmax_without_temperature(energies, beta):
    """The temperature is forgotten."""
    return softmax(energies, 1)
