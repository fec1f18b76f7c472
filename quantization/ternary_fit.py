r"""The ternary matrix nearest to W, with the best scale: what no quantizer can beat.

    min over a >= 0 and trits T of ||W - a T||_F^2  =  ||W||_F^2 - max_k S_k^2 / k,

S_k the sum of the k largest |W_ij|.  For a support of k entries the best signs are those of W and
the best scale the mean of |W| on it, which leaves ||W||^2 - (sum on it)^2 / k; so the support is
one of the n m sets of largest entries, and all of them are tried.

How bad can the best be?  Never worse than

    min ||W - a T||_F^2 <= (1 - 1/A_nm) ||W||_F^2,      A_n = sum_{k <= n} c_k^2,
                                                        c_k = sqrt(k) - sqrt(k - 1),

with equality at |W| = (c_1, c_2, ...).  Proof: let w_k be the entries in descending order, with
max S_k^2 / k = 1, so that S_k <= sqrt(k) = c_1 + ... + c_k.  Summing by parts,
sum w_k (w_k - c_k) = sum (w_k - w_{k+1}) (S_k - sqrt(k)) <= 0; so ||w||^2 <= <w, c> <= ||w|| ||c||
and ||w||^2 <= A_n.  A_n grows like log(n) / 4.

Reference: Li, Zhang and Liu, Ternary weight networks, arXiv:1605.04711 (2016), for the minimiser.
"""

from dataclasses import dataclass

import numpy as np

from quantization._checks import check_weights


@dataclass(frozen=True)
class TernaryFit:
    """scale * trits, the nearest to a matrix W, and the residual W - scale * trits."""

    scale: float  # or a Fraction, or a ball
    trits: np.ndarray
    residual: np.ndarray

    @property
    def squared_error(self):
        """||W - scale * trits||_F^2, a number."""
        return (self.residual**2).sum()


def best_ternary(W) -> TernaryFit:
    """The ternary matrix and scale nearest to W in the Frobenius norm; exact on rationals.

    Of several minimisers the one with the fewest nonzero trits.  Balls raise `Undecided` where
    the order of entries, or the best support, is not certain.
    """
    W = check_weights(W)
    order = np.argsort(-abs(W), axis=None, kind="stable")
    sums = np.cumsum(abs(W).ravel()[order])
    # In units of S_1, so that no square overflows.
    gains = (sums / sums[0]) ** 2 / np.arange(1, W.size + 1) if sums[0] > 0 else sums
    support = order[: np.argmax(gains) + 1]
    trits = np.zeros(W.size, dtype=np.int64)
    trits[support] = (W.ravel()[support] > 0).astype(np.int64) - (W.ravel()[support] < 0)
    scale, trits = sums[support.size - 1] / support.size, trits.reshape(W.shape)
    return TernaryFit(scale, trits, W - scale * trits)


def worst_relative_error(n: int, *, like=1.0):
    """1 - 1/A_n: the largest ||W - a T||^2 / ||W||^2 of the best fit to n entries, a number.

    In the arithmetic of the number `like`; Fractions raise TypeError, as the roots are irrational.
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n}")
    k = np.arange(1, n + 1) + 0 * like
    return 1 - 1 / ((np.sqrt(k) - np.sqrt(k - 1)) ** 2).sum()
