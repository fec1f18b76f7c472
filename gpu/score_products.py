r"""Products of attention weights with blocks of vectors, tile by tile: no N x N array is made.

    directed      w_ij = exp(s_ij),   s_ij = scale <q_i, k_j>
    symmetric     w_ij = the mean of exp(s_ij) and exp(s_ji), or exp of the mean ("geometric"), of
                  the larger ("max") or of the smaller ("min") of s_ij and s_ji

`rows` and `columns` are logarithms that are taken off: what is applied is
w_ij exp(-rows_i - columns_j), which stays in range where w_ij does not.

A tile of weights is made, applied to the whole block of vectors, and forgotten.  So a product with
64 columns costs little more than a product with one, and a symmetric tile is used twice, for its
own rows and as the transpose of the tile across the diagonal.

*Precision*: q and k decide.  Of float32 arrays the weights are float32, with relative errors of
about eps (8 + max |s_ij|); sums are kept in float64 and the result is float64 in either case.  The
logarithms are split into integers, exact in either precision, and a rest that multiplies outside.

*Threads*: each takes its own rows of tiles, in a fixed order, with a BLAS of one thread.  The
result depends on how many there are, by rounding, and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gpu._score_tiles import SYMMETRIC, ScoreTiles, gathered, shared

_SAFE = {np.float32: 80.0, np.float64: 600.0}  # sums of a tile of exp(80), exp(600) are in range


@dataclass(frozen=True)
class Moments:
    """W X and the squared Frobenius norm of W, for the W that was applied."""

    product: np.ndarray  # (N, b), float64
    squares: float


def log_row_sums(q, k, *, scale, how=None, causal=False, threads=None) -> np.ndarray:
    """(N,) log sum_j w_ij, the logarithms of the degrees; float64.

    `how` is None for directed weights, or one of `SYMMETRIC`.  Where no exponential can overflow
    the sums of symmetric weights are a product with ones, at half the work; else each row is
    shifted by its largest score so far.
    """
    score = ScoreTiles(q, k, scale, how, causal)
    if how is not None and score.bound() < _SAFE[score.dtype.type]:
        ones = np.ones((score.N, 1))
        same = {"scale": scale, "how": how, "causal": causal, "threads": threads}
        with np.errstate(divide="ignore"):  # log 0, of rows whose weights underflow
            return np.log(symmetric_product(q, k, ones, **same)[:, 0])

    def rows(blocks):
        return [(R, _log_sums(score, R)) for R in blocks]

    return gathered(np.empty(score.N), shared(rows, score.row_blocks(), threads))


def _log_sums(score, R):
    """log sum_j w_ij of a row of tiles; each new largest score fades what was summed before."""
    peak, total = np.full(R.stop - R.start, -np.inf), 0.0
    for C in score.column_blocks(R):
        for S in score.logs(R, C):
            last, peak = peak, np.maximum(peak, S.max(axis=1))
            base = np.where(np.isfinite(peak), peak, 0)  # -inf: no key seen so far
            S -= base[:, None].astype(S.dtype)
            total = total * np.exp(last - base) + np.exp(S, out=S).sum(axis=1, dtype=float)
    return peak + np.log(total) - np.log(2 if score.how == "mean" else 1)


def weighted_product(
    q, k, X, *, scale, rows=0.0, columns=0.0, how=None, causal=False, threads=None
) -> np.ndarray:
    """(N, b) products Y_i = sum_j w_ij exp(-rows_i - columns_j) X_j; float64.

    Parameters
    ----------
    q, k : (N, d) and (M, d) arrays, float32 or float64
    X : (M, b) array
    scale : float, of the scores
    rows, columns : (N,) and (M,) logarithms taken off, or 0
    how : None for directed weights, or one of `SYMMETRIC`
    causal : key j is seen by query i only for j <= i
    threads : how many; None for one a processor

    Of the transpose: `transposed_product`.
    """
    score = ScoreTiles(q, k, scale, how, causal, rows, columns)
    X = score.into_columns(X)

    def product(blocks):
        return [
            (R, sum((score.weights(R, C) @ X[C]).astype(float) for C in score.column_blocks(R)))
            for R in blocks
        ]

    Y = np.empty((score.N, X.shape[1]))
    return score.out_of_rows(gathered(Y, shared(product, score.row_blocks(), threads)))


def transposed_product(
    q, k, X, *, scale, rows=0.0, columns=0.0, how=None, causal=False, threads=None
) -> np.ndarray:
    """(M, b) products Y_j = sum_i w_ij exp(-rows_i - columns_j) X_i; float64.

    The arguments are those of `weighted_product`, but X is (N, b).
    """
    score = ScoreTiles(q, k, scale, how, causal, rows, columns)
    X = score.into_rows(X)

    def product(blocks):
        Y = np.zeros((score.M, X.shape[1]))
        for R in blocks:
            for C in score.column_blocks(R):
                Y[C] += score.weights(R, C).T @ X[R]
        return Y

    return score.out_of_columns(sum(shared(product, score.row_blocks(), threads)))


def symmetric_product(q, k, X, *, scale, how, shift=0.0, causal=False, threads=None) -> np.ndarray:
    """(N, b) products Y_i = sum_j w_ij exp(-shift_i - shift_j) X_j; float64.

    Parameters
    ----------
    q, k : (N, d) arrays, float32 or float64
    X : (N, b) array
    scale : float, of the scores
    how : one of `SYMMETRIC`
    shift : (N,) logarithms, or 0; half of `log_row_sums` makes it D^-1/2 W D^-1/2
    causal : s_ij counts only for j <= i
    threads : how many; None for one a processor
    """
    score = ScoreTiles(q, k, scale, how, causal, shift, shift)
    return _symmetric(score, X, threads, lambda tile, R, C: 0.0).product


def symmetric_moments(q, k, X, *, scale, how, shift=0.0, causal=False, threads=None) -> Moments:
    """The product of `symmetric_product`, and the squared norm of what was applied, in one pass."""
    score = ScoreTiles(q, k, scale, how, causal, shift, shift)
    fine = np.exp(-2 * score.fine_rows)

    def squares(tile, R, C):
        np.square(tile, out=tile)
        once = fine[R] @ (tile @ fine[C].astype(tile.dtype))
        return float(once if R == C else 2 * once)

    return _symmetric(score, X, threads, squares)


def _symmetric(score, X, threads, squares) -> Moments:
    X = score.into_columns(X)

    def apply(blocks):
        Y, total = np.zeros((score.N, X.shape[1])), 0.0
        for R in blocks:
            for C in score.upper_blocks(R):
                tile = score.weights(R, C)
                Y[R] += tile @ X[C]
                if R != C:
                    Y[C] += tile.T @ X[R]
                total += squares(tile, R, C)
        return Y, total

    products, totals = zip(*shared(apply, score.row_blocks(), threads), strict=True)
    for other in products[1:]:
        np.add(products[0], other, out=products[0])
    return Moments(score.out_of_rows(products[0]), sum(totals))


__all__ = [
    "SYMMETRIC",
    "Moments",
    "log_row_sums",
    "symmetric_moments",
    "symmetric_product",
    "transposed_product",
    "weighted_product",
]
