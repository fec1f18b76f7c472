"""Operations by length, in place of the run times of the sequence paper's Figure 1.

Times depend on the machine, operations do not.  Counted are the multiply-adds of the methods as
`spectral.baselines` runs them; of SSA's k-means one pass, though it takes ten runs of several.

Chosen: d = 64, tokens in floor(sqrt N) Gaussian clusters that lie apart, as many as SSA asks for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from math import isqrt

import numpy as np

from spectral.heads import clustered_heads
from verify.sequence.experiments.needle import METHODS

LENGTHS = (16, 32, 64, 128, 256, 512, 1024)  # 1.8 decades
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


@cache
def operations(method: str, N: int) -> int:
    """Multiply-adds of one method, a name of needle.METHODS, for all N queries."""
    rng = np.random.default_rng([N, 0])
    (head,) = clustered_heads(N, 64, isqrt(N), rng=rng)
    return METHODS[method](head.q, head.k, head.v, rng, None).multiply_adds


def exponent(method: str) -> Exponent:
    """The fitted exponent of a method's operations over LENGTHS; "N log N" is that function's."""
    if method == "N log N":
        return fitted_exponent(LENGTHS, [N * math.log(N) for N in LENGTHS])
    return fitted_exponent(LENGTHS, [operations(method, N) for N in LENGTHS])
