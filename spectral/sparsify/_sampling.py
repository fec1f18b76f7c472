r"""Sampling with replacement and weights that make the sparse graph right on average.

Of edges e with weights w_e, s are drawn with probabilities p_e, and each draw adds w_e / (s p_e):
then E[W~] = W, whatever p > 0, and p decides how far W~ strays.  For a spectral sparsifier of
an undirected graph the right p is proportional to the leverage w_e R_e, R_e the effective
resistance [SS]_: then s = O(n log n / eps^2) draws suffice.

References
----------
.. [SS] D. A. Spielman, N. Srivastava, Graph sparsification by effective resistances, SIAM J.
   Comput. 40 (2011): Theorem 1.
.. [F] R. M. Foster, The average impedance of an electrical network (1949): the leverages of a
   connected graph sum to n - 1.
.. [KS] J. G. Kemeny, J. L. Snell, Finite Markov Chains (1960): Theorem 4.3.1, the fundamental
   matrix.
"""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import check_count, check_nonnegative, check_symmetric
from spectral.laplacian import combinatorial
from spectral.sparsify._graph import SparseGraph, edges_of, floats_of
from spectral.sparsify._ssa import clustered_mask, judged


def importance_ssa(
    W,
    labels,
    s: int,
    *,
    rng: np.random.Generator,
    probabilities=None,
    undirected: bool = False,
) -> SparseGraph:
    """All edges within clusters, and s draws between them that add w_e / (s p_e): E[W~] = W.

    Parameters
    ----------
    W : (N, N) array
        Weights >= 0 of the dense graph.
    labels : (N,) integers
        The cluster of each token.
    s : int
        How many draws, at least 1; with replacement, so that there may be fewer edges.
    rng : numpy.random.Generator
    probabilities : (N, N) array, optional
        p_e up to a factor, > 0 on every edge between clusters; W itself by default, which makes
        every draw add the same: the total weight between clusters, over s.
    undirected : bool
        W is symmetric, and pairs {i, j} are drawn; `probabilities` are read above the diagonal.
    """
    W, between, _ = judged(W, labels, s, undirected)
    p = W if probabilities is None else check_nonnegative(probabilities, "probabilities", ndim=2)
    if p.shape != W.shape:
        raise ValueError(f"probabilities must have the shape of W, {W.shape}, got {p.shape}")
    if (p.dtype == object) != (W.dtype == object):
        raise ValueError(f"probabilities must be as exact as W, {W.dtype}, got {p.dtype}")
    kept = clustered_mask(labels) & edges_of(W)
    return _drawn(W, kept, between, p, check_count(s, "s", 1), rng, undirected)


def effective_resistances(W) -> np.ndarray:
    """(N, N) R_ij = (e_i - e_j)^T L^+ (e_i - e_j), L = D - W; inf between two components.

    In the arithmetic of W.  *Hypothesis:* W >= 0 is symmetric.

    *Numerics*: R_ij = Z_ii / d_i + Z_jj / d_j - Z_ij / d_j - Z_ji / d_i on each component, with
    Z = (I - D^-1 W + 1 pi^T)^-1 its fundamental matrix, pi = d / sum d [KS]_.  What is inverted
    is as well conditioned as the walk mixes; L itself would be as badly as the weights differ.
    """
    return _resistances(W)[0]


def leverage_scores(W) -> np.ndarray:
    """(N, N) w_e R_e of each edge, 0 elsewhere; over all pairs they sum to N - components [F]_.

    *Raises* ArithmeticError in floats where they do not: W spreads too far for float64.
    """
    R, components = _resistances(W)
    W = check_symmetric(W, "W")
    scores = W * np.where(edges_of(W) & ~np.eye(len(W), dtype=bool), R, 0)
    _check_foster(scores, len(W), components)
    return scores


def effective_resistance_sampling(W, s: int, *, rng: np.random.Generator) -> SparseGraph:
    """s draws of edges by leverage, each adding w_e / (s p_e): a random sparsifier of W [SS]_.

    W is symmetric and dense; loops, which L = D - W does not see, are kept as they are.  The
    leverages are exact (a dense inverse, N^3), not the fast estimates of the paper.
    """
    s = check_count(s, "s", 1)
    scores = leverage_scores(W)
    W = check_symmetric(W, "W")
    pairs = np.triu(edges_of(W), 1)
    loops = edges_of(W) & np.eye(len(W), dtype=bool)
    return _drawn(W, loops, pairs, scores, s, rng, undirected=True)


def _drawn(W, kept, candidates, p, s, rng, undirected):
    """The weights `kept`, and of the candidates the s drawn, reweighted."""
    rows, columns = np.nonzero(candidates)
    chances, extra, mask = p[rows, columns], 0 * W, kept.copy()
    if rows.size:
        total = chances.sum()
        counts = rng.multinomial(s, _normalized(floats_of(chances)))
        hit = np.flatnonzero(counts)
        rows, columns, counts = rows[hit], columns[hit], counts[hit]
        added = counts * W[rows, columns] * total / (s * chances[hit])
        for i, j in ((rows, columns), (columns, rows))[: 2 if undirected else 1]:
            extra[i, j] = added
            mask[i, j] = True
    return SparseGraph(W * kept + extra, mask)


def _normalized(chances):
    if (chances <= 0).any():
        raise ValueError(f"probabilities must be positive on every edge, got {chances.min():.2e}")
    chances = chances / chances.max()
    return chances / chances.sum()


def _resistances(W):
    """R, and the number of components."""
    from scipy.sparse.csgraph import connected_components

    W = check_nonnegative(check_symmetric(W, "W"), "W")
    R = np.full(W.shape, np.inf).astype(W.dtype)
    count, labels = connected_components(edges_of(W), directed=False)
    for component in range(count):
        members = np.ix_(labels == component, labels == component)
        R[members] = _connected_resistances(combinatorial(W[members]))
    return R, count


def _connected_resistances(L):
    """R of one component, by its Laplacian."""
    d = np.diagonal(L)
    if len(L) == 1:
        return 0 * L
    Z = linalg.inv(L / d[:, None] + d / d.sum())
    M = Z / d
    diagonal = np.diagonal(M)
    return diagonal[:, None] + diagonal - M - M.T


def _check_foster(scores, n, components):
    """Rounding that spoils the leverages shows in their sum; how far it may, is by choice."""
    if scores.dtype == object:
        return
    total, expected = scores.sum() / 2, n - components
    if not abs(total - expected) <= np.sqrt(np.finfo(float).eps) * n:
        raise ArithmeticError(
            f"the leverages of W must sum to {expected}, got {total:.6g}: its weights spread too"
            " far for float64; take Fractions"
        )
