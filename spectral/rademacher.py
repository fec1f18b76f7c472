"""Rademacher complexity, exactly: the mean over all 2^m signs of the best correlation.

    R_S(H) = E max over h of (1/m) sum_i sigma_i h(x_i)

For classes that are finite, linear or of attention matrices the maximum is a formula, and the
mean is over all signs, so the value is exact: rational on rationals where no norm is needed.

Attention class: h_A(X) = 1^T A X for X (N,) and A row-stochastic (N, N) with at most r nonzeros.
A linear function of A is largest at a vertex, and the vertices, one key a row, have N nonzeros.
So every budget r >= N has the complexity of the dense class; below N the class is empty.

References: Bartlett and Mendelson, Rademacher and Gaussian complexities, JMLR 3 (2002); Mohri,
Rostamizadeh, Talwalkar, Foundations of Machine Learning (2018), Theorem 3.3 and Theorem 5.10.
"""

from itertools import product

import numpy as np

from spectral import linalg
from spectral._checks import check_array, check_count, check_scalar
from spectral._numbers import plain
from spectral.balls import enclosing_max

_MOST = 20  # 2^20 signs take some seconds in floats; a choice


def finite_class_complexity(outputs):
    """R_S of a finite class, a number; `outputs` (H, m) has a row h(x_1), ..., h(x_m) each."""
    outputs = check_array(outputs, "outputs", ndim=2)
    return _mean(enclosing_max(outputs @ signs) for signs in _signs(outputs.shape[1])) / len(
        outputs.T
    )


def linear_class_complexity(x, B):
    """R_S of {x -> <a, x>: ||a|| <= B}, (B/m) E ||sum sigma_i x_i||; x is (m, d)."""
    x = check_array(x, "x", ndim=2)
    B = check_scalar(B, "B", like=x, positive=True)
    norms = (linalg.sqrt(((signs @ x) ** 2).sum(), like=x) for signs in _signs(len(x)))
    return B * _mean(norms) / len(x)


def attention_class_complexity(X, nonzeros: int):
    """R_S of the attention class with at most `nonzeros` entries, a number; X is (m, N).

    *Raises* ValueError for fewer than N nonzeros: no row-stochastic matrix has them.
    """
    X = check_array(X, "X", ndim=2)
    N = X.shape[1]
    check_count(nonzeros, "nonzeros", N, N * N)
    return N * _mean(enclosing_max(signs @ X) for signs in _signs(len(X))) / len(X)


def _signs(m: int):
    check_count(m, "the sample size", 1, _MOST)
    return (np.array(signs) for signs in product((1, -1), repeat=m))


def _mean(values):
    values = list(values)
    return plain(sum(values[1:], values[0]) / len(values))
