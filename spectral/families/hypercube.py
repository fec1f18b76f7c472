"""The hypercube: words of d bits, tied where they differ in one."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb

import numpy as np

from spectral._checks import check_count
from spectral.families._exact import answer, with_loops


@dataclass(frozen=True)
class Hypercube:
    """The walk on 2^d words; vertex i is the word of the bits of i.

    Eigenvalues  2 k / d, comb(d, k) times, k = 0 .. d    [Chung 1997, Example 1.6]
    Conductance  1 / d, at half a cube: the gap 2 / d is 2 h, equality in Cheeger's upper side
    Distance     a word at Hamming distance w is reached with 2^-d sum_k mu_k^t K_k(w), where mu_k
                 are the eigenvalues of P and K_k the Krawtchouk polynomials: the sums of the
                 characters of weight k [Diaconis 1988, Chapter 3C]
    """

    d: int
    lazy: bool = False

    def __post_init__(self):
        check_count(self.d, "d", 1)

    def weights(self, *, exact: bool = False):
        words = np.arange(2**self.d)
        W = np.bitwise_count(words[:, None] ^ words) == 1
        return answer(with_loops(W.astype(int), self.lazy), exact)

    def stationary_distribution(self, *, exact: bool = False):
        return answer([Fraction(1, 2**self.d)] * 2**self.d, exact)

    def laplacian_eigenvalues(self, *, exact: bool = False):
        values = [self._eigenvalue(k) for k in range(self.d + 1) for _ in range(comb(self.d, k))]
        return answer(values, exact)

    def conductance(self, *, exact: bool = False):
        return answer(Fraction(1, self.d * (1 + self.lazy)), exact)

    def distance(self, t: int, *, exact: bool = False):
        d, t = self.d, check_count(t, "t", 0)
        deviations = (
            sum((1 - self._eigenvalue(k)) ** t * _krawtchouk(d, k, w) for k in range(1, d + 1))
            for w in range(d + 1)
        )
        total = sum(comb(d, w) * abs(x) for w, x in enumerate(deviations))
        return answer(Fraction(total) / 2 ** (d + 1), exact)

    def _eigenvalue(self, k):
        return Fraction(2 * k, self.d * (1 + self.lazy))


def _krawtchouk(d, k, w):
    return sum((-1) ** j * comb(w, j) * comb(d - w, k - j) for j in range(k + 1))
