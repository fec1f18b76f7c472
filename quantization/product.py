r"""The product with a ternary matrix, by additions and subtractions only.

    y_j = (T^T x)_j = sum of x_i over T_ij = 1  -  sum of x_i over T_ij = -1.

Nothing is multiplied, so it runs on anything that adds: floats, ints, Fractions, balls.
Reference: sequence paper, Proposition 56.
"""

import numpy as np

from quantization._checks import check_integers
from quantization.ternary import TRITS


def ternary_product(T, x):
    """T^T x for trits T (d, n) and x (d,) or (d, batch): (n,) or (n, batch).

    Exact on ints, Fractions and, enclosed, on balls; in floats the terms are added in another
    order than in a matrix product, so the two may differ by d eps sum |x_i|.
    """
    T = check_integers(T, "T", TRITS, ndim=2)
    x = np.asarray(x)
    if x.ndim not in (1, 2) or x.shape[0] != T.shape[0]:
        raise ValueError(f"x must have {T.shape[0]} rows like T, got shape {x.shape}")
    rows = [x[column == 1].sum(axis=0) - x[column == -1].sum(axis=0) for column in T.T]
    dtype = object if x.dtype == object else None
    return np.array(rows, dtype=dtype).reshape(T.shape[1], *x.shape[1:])


def addition_count(T) -> int:
    """Additions and subtractions that `ternary_product` needs for one x: an integer.

    sum_j max(nonzeros of column j - 1, 0); a lone minus is a change of sign, not counted.
    """
    nonzeros = np.count_nonzero(check_integers(T, "T", TRITS, ndim=2), axis=0)
    return int(np.maximum(nonzeros - 1, 0).sum())
