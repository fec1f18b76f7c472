r"""The space of binary embeddings: B^d = {0, 1}^d with the Hamming product and distance.

    <x, y>_H = sum_i x_i y_i,        d_H(x, y) = sum_i |x_i - y_i|,

tied by d_H(x, y) = <x, x>_H + <y, y>_H - 2 <x, y>_H, because x_i^2 = x_i.  The product is the
number of ones in common: an AND and a population count, no multiplication.

Reference: sequence paper, Definition 46.
"""

import numpy as np

from quantization._checks import check_integers


def hamming_product(x, y):
    """<x, y>_H for bits (..., d), broadcast over the leading axes: integers (...)."""
    x, y = _pair(x, y)
    return (x & y).sum(axis=-1)


def hamming_distance(x, y):
    """d_H(x, y), the number of places where x and y differ: integers (...)."""
    x, y = _pair(x, y)
    return (x ^ y).sum(axis=-1)


def _pair(x, y):
    x, y = check_integers(x, "x", (0, 1)), check_integers(y, "y", (0, 1))
    if x.ndim == 0 or y.ndim == 0 or x.shape[-1] != y.shape[-1]:
        raise ValueError(f"x and y must have one length d, got shapes {x.shape} and {y.shape}")
    return np.asarray(x), np.asarray(y)
