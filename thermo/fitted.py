"""Exponents fitted to measurements: the numerical counterpart of `thermo.growth`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

DECADES = 1.5  # the least that an exponent is fitted to


@dataclass(frozen=True)
class Exponent:
    """A fitted power law y = c x^value, with the 95 % interval of its exponent."""

    value: float
    low: float
    high: float


def fitted_exponent(x, y) -> Exponent:
    """The slope of log y over log x by least squares, with Student's interval.

    x spans at least 1.5 decades, in three points or more; else ValueError.
    """
    from scipy.stats import linregress, t

    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"x and y must be of one length, got shapes {x.shape} and {y.shape}")
    least = np.concatenate([x, y]).min(initial=np.inf)
    if not least > 0:
        raise ValueError(f"x and y must be positive, got {least}")
    decades = math.log10(x.max() / x.min()) if x.size else 0
    if x.size < 3 or decades < DECADES:
        raise ValueError(
            f"x must span {DECADES} decades in 3 points, got {decades:.2f} in {x.size}"
        )
    fit = linregress(np.log(x), np.log(y))
    half = t.ppf(0.975, x.size - 2) * fit.stderr
    return Exponent(float(fit.slope), float(fit.slope - half), float(fit.slope + half))
