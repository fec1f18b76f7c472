r"""Conductance: the narrowest cut of a graph, and Cheeger's inequality about it.

A flow F >= 0 on the edges gives each vertex set S a volume and a cut:

    vol(S) = sum_{i in S, j} F_ij,    cut(S) = sum_{i in S, j not in S} F_ij,
    h = min over 0 < |S| < N of  cut(S) / min(vol(S), vol(S^c)).

Which flow?  For directed W it matters, and the literature uses two:

    "out-degree"   F = W: volumes are out-degrees, and cut(S) is not cut(S^c)
    "stationary"   F_ij = pi_i P_ij, with P = D^-1 W and pi P = pi: cut(S) = cut(S^c), always

For symmetric W they are proportional, so h is the same, and Cheeger's inequality holds with the
gap of the normalized Laplacian.  For directed W Cheeger's holds for "stationary" with the gap of
Chung's Laplacian, and fails for "out-degree" with the gap of I - P: at W = [[1, 1], [9, 1]] that
gap is 7/5 and 2 h is 1.

Finding h is NP-hard.  `conductance` tries every set; `sweep_cut` gives an upper bound at any size.

References
----------
.. [C97] F. Chung, Spectral Graph Theory, AMS (1997): Lemma 2.1, Theorem 2.2.
.. [C05] F. Chung, Laplacians and the Cheeger inequality for directed graphs, Ann. Comb. 9
   (2005): the Cheeger inequality.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from spectral import linalg
from spectral._cuts import Cut, cut_ratio, edge_flow
from spectral._numbers import plain
from spectral._sweep import sweep_cut
from spectral.balls import enclosing_min, midpoints, minimum
from spectral.graph import transition_matrix
from spectral.laplacian import chung, symmetric_normalized

_MOST = {False: 22, True: 14}  # vertices: 4 million sets of floats, 16 thousand of exact objects


@dataclass(frozen=True)
class Cheeger:
    """The two sides of h^2 / 2 <= gap <= 2 h, and the cut that gives h."""

    lower: object
    gap: object
    upper: object
    cut: Cut


def conductance(W, *, flow: str = "out-degree") -> Cut:
    """The conductance h and a set that attains it, by trying all 2^N - 2 sets.

    Rationals: exact, up to N = 14 as for balls.  Balls: `value` encloses h; sets may be tied up to
    their radii, and `members` is one whose ratio has the least midpoint.

    *Numerics*: no subtraction, so h is right to a few N eps even where it is 1e-12.

    *Raises* ValueError for N = 1, where there is no cut, and for N > 22 (14 exact).
    """
    F = edge_flow(W, flow=flow)
    n, most = len(F), _MOST[F.dtype == object]
    if not 2 <= n <= most:
        raise ValueError(f"W must have 2 to {most} vertices for all cuts, got {n}; see sweep_cut")
    X, Y = _subsets(n // 2), _subsets(n - n // 2)
    ratios = _ratios(F, X, Y).ravel()[1:-1]  # without the empty and the full set
    best = 1 + int(np.argmin(midpoints(ratios)))
    members = np.concatenate([X[best // len(Y)], Y[best % len(Y)]])
    return Cut(plain(enclosing_min(ratios)), tuple(np.flatnonzero(members).tolist()))


def cheeger(W, *, flow: str = "out-degree") -> Cheeger:
    """Both sides of Cheeger's inequality h^2 / 2 <= gap <= 2 h, for up to 22 vertices.

    "out-degree": W must be symmetric, gap is the second eigenvalue of I - D^-1/2 W D^-1/2 [C97]_.
    "stationary": D^-1 W must be irreducible, gap is that of Chung's Laplacian [C05]_.
    Rationals: TypeError, for eigenvalues are irrational in general; take balls.
    """
    cut = conductance(W, flow=flow)
    L = symmetric_normalized(W) if flow == "out-degree" else chung(transition_matrix(W))
    gap = plain(linalg.eigvalsh(L)[1])
    return Cheeger(cut.value**2 / 2, gap, 2 * cut.value, cut)


def _subsets(n):
    """(2^n, n) all 0/1 rows; the first is empty, the last full."""
    return np.array(list(product((0, 1), repeat=n)), int).reshape(2**n, n)


def _ratios(F, X, Y):
    """(len X, len Y) ratios of the sets that are a row of X on the first vertices, of Y after.

    Meeting in the middle: a cut has edges within the first half, within the second, and between
    them, and the last are two matrix products.
    """
    if F.dtype != object:
        X, Y = X.astype(float), Y.astype(float)
    k, volumes = X.shape[1], F.sum(axis=1)
    cuts = _inside(F[:k, :k], X)[:, None] + _inside(F[k:, k:], Y)
    cuts = cuts + X @ F[:k, k:] @ (1 - Y).T + (1 - X) @ F[k:, :k].T @ Y.T
    ours = (X @ volumes[:k])[:, None] + Y @ volumes[k:]
    theirs = ((1 - X) @ volumes[:k])[:, None] + (1 - Y) @ volumes[k:]
    smaller = minimum(ours, theirs)
    smaller[0, 0] = smaller[-1, -1] = ours[-1, -1]  # the empty and the full set: no 0 / 0
    return cuts / smaller


def _inside(F, X):
    return (X @ F * (1 - X)).sum(axis=1)


__all__ = ["Cheeger", "Cut", "cheeger", "conductance", "cut_ratio", "edge_flow", "sweep_cut"]
