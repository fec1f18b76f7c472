"""Operations by length, in place of the run times of the sequence paper's Figure 1.

Times depend on the machine, operations do not.  Counted are the multiply-adds of the methods as
`spectral.baselines` runs them; of SSA's k-means one pass, though it takes ten runs of several.

Chosen: d = 64, tokens in floor(sqrt N) Gaussian clusters that lie apart, as many as SSA asks for.
"""

from __future__ import annotations

import math
from functools import cache
from math import isqrt

import numpy as np

from spectral.heads import clustered_heads
from thermo.fitted import Exponent, fitted_exponent
from verify.sequence.experiments.needle import METHODS

LENGTHS = (16, 32, 64, 128, 256, 512, 1024)  # 1.8 decades


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
