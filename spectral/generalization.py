"""Generalisation bounds of small problems, exactly: every sample of a finite population.

n equally likely points, a class of hypotheses given by their losses (H, n); a sample is m points
drawn with replacement.  The bound in question, for every h at once:

    R(h) <= R_hat(h) + 2 C(S) + 3 sqrt(log(2 / delta) / (2 m)).

References: Bartlett and Mendelson, JMLR 3 (2002), Theorem 8; Mohri, Rostamizadeh, Talwalkar (2018),
Theorem 3.3 (losses in [0, 1], C the complexity of the losses); Lemma 5.7 (contraction).
"""

from fractions import Fraction
from itertools import product

import numpy as np

from spectral import linalg
from spectral._checks import check_array, check_count, check_nonnegative, check_scalar
from spectral.rademacher import finite_class_complexity

_MOST = 10**5  # samples; a choice


def deviation_squared(m: int, delta, *, factor=3, like):
    """(factor sqrt(log(2/delta) / (2 m)))^2, a number; squared, so that no root is taken."""
    delta = check_scalar(delta, "delta", like=like, positive=True)
    return factor * factor * linalg.log(2 / delta, like=like) / (2 * check_count(m, "m", 1))


def failure_probability(losses, m: int, delta, *, complexity=finite_class_complexity, factor=3):
    """P(some h breaks the bound), exactly, as a Fraction; losses is (H, n).

    complexity: takes the losses on the sample, (H, m), to C(S).  factor: of the square root.
    """
    losses = check_nonnegative(losses, "losses", ndim=2)
    n = losses.shape[1]
    check_count(n**m, "the number of samples", 1, _MOST)
    allowed = deviation_squared(m, delta, factor=factor, like=losses)
    failures = sum(
        _fails(losses, list(sample), complexity, allowed) for sample in product(range(n), repeat=m)
    )
    return Fraction(failures, n**m)


def contraction(outputs, L):
    """The complexities of min(1, max(0, L h)) and of L h over the sample: (2,), the first at most
    the second, since the loss is L-Lipschitz; outputs is (H, m)."""
    outputs = check_array(outputs, "outputs", ndim=2)
    scaled = check_scalar(L, "L", like=outputs, positive=True) * outputs
    zero, one = scaled * 0, scaled * 0 + 1
    losses = np.where(scaled < 0, zero, np.where(scaled > 1, one, scaled))
    return np.array([finite_class_complexity(losses), finite_class_complexity(scaled)])


def _fails(losses, sample, complexity, allowed) -> bool:
    on_sample = losses[:, sample]
    twice = 2 * complexity(on_sample)
    excess = losses.sum(axis=1) / losses.shape[1] - on_sample.sum(axis=1) / len(sample) - twice
    return any(bool(e > 0) and bool(e * e > allowed) for e in excess)
