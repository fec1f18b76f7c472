"""Attention weights by their Taylor polynomial: low rank, with a known error.

exp(s) is its Taylor polynomial of degree p up to exp(R) R^(p+1) / (p+1)! for |s| <= R (Lagrange).
A polynomial in <q, k> is an inner product of monomials of q and of k, so the approximation has
rank at most binomial(d + p, p), whatever N is.

References: Alman and Song, Fast attention requires bounded entries, NeurIPS 2023, Lemma 2.2.
"""

from itertools import combinations_with_replacement
from math import comb, factorial, prod

import numpy as np

from spectral import linalg
from spectral._checks import check_array, check_count


def monomials(x, degree: int) -> np.ndarray:
    """All monomials of total degree <= `degree` of the rows of x: (N, binomial(d + degree, d))."""
    x = check_array(x, "x", ndim=2)
    check_count(degree, "degree", 0)
    one = x[:, :1] * 0 + 1
    columns = [one] + [
        np.multiply.reduce(x[:, list(chosen)], axis=1)[:, None]
        for chosen in _exponents(x.shape[1], degree)
    ]
    return np.concatenate(columns, axis=1)


def taylor_weights(q, k, degree: int) -> np.ndarray:
    """sum over j <= degree of s^j / j!, s = <q, k> / sqrt(d): (N, M), rank at most `taylor_rank`.

    Computed as the product of two monomial matrices, so that the rank is seen in the shapes.
    """
    q, k = check_array(q, "q", ndim=2), check_array(k, "k", ndim=2)
    root = linalg.sqrt(q.shape[1], like=q)
    features = monomials(q, degree)
    for column, chosen in enumerate(_exponents(q.shape[1], degree), start=1):
        # The multinomial coefficient over j!: one over the factorials of the exponents.
        divisor = prod(factorial(chosen.count(i)) for i in set(chosen))
        features[:, column] = features[:, column] / (divisor * root ** len(chosen))
    return features @ monomials(k, degree).T


def taylor_rank(d: int, degree: int) -> int:
    """binomial(d + degree, degree): the number of monomials, a bound on the rank."""
    return comb(d + degree, degree)


def taylor_error(R, degree: int):
    """exp(R) R^(degree+1) / (degree+1)!: a bound on |exp(s) - polynomial| for |s| <= R."""
    return np.exp(R) * R ** (degree + 1) / factorial(degree + 1)


def _exponents(d: int, degree: int) -> list[tuple[int, ...]]:
    """Monomials of degree 1, ..., `degree` in d variables, as their variables with repetition."""
    return [
        chosen
        for j in range(1, degree + 1)
        for chosen in combinations_with_replacement(range(d), j)
    ]
