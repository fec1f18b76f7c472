r"""Laplacians of weighted graphs, and the Dirichlet form.

    random_walk(W)           I - D^-1 W                      W >= 0, directed or not
    symmetric_normalized(W)  I - D^-1/2 W D^-1/2             W symmetric
    combinatorial(W)         D - W                           W >= 0, directed or not
    chung(P)                 I - (A + A^T) / 2               P an irreducible chain,
                             with A = Phi^1/2 P Phi^-1/2, Phi = diag(pi)

Which one?  For symmetric W the first two are similar, so they share a real spectrum in [0, 2].
For directed W the first has a complex spectrum, and no quadratic form goes with it: see
`dirichlet_form`.  `chung` is symmetric for every irreducible chain, with spectrum in [0, 2], but
its eigenvalues are those of the chain's additive reversibilization, not of the chain.

*Numerics*: all are made of D - W, whose diagonal is summed without the loops.  1 - P_ii would
lose a vertex that hardly ever leaves: 1 - (1 - 1e-17) is 0.

References
----------
.. [seq] "A Mathematical Theory of Energy-Efficient Sequence Modeling", Definition 6,
   Proposition 7.
.. [C97] F. Chung, Spectral Graph Theory, AMS (1997): Section 1.2.
.. [C05] F. Chung, Laplacians and the Cheeger inequality for directed graphs, Ann. Comb. 9
   (2005): the definition of L.
"""

from __future__ import annotations

import numpy as np

from spectral import linalg
from spectral._checks import (
    check_array,
    check_nonnegative,
    check_square,
    check_stochastic,
    check_symmetric,
)
from spectral._numbers import plain
from spectral.chain import stationary_distribution
from spectral.graph import degrees, transition_matrix


def random_walk(W) -> np.ndarray:
    """(N, N) random-walk Laplacian I - D^-1 W, D the out-degrees [seq]_.

    *Hypothesis:* W >= 0 without a zero row.
    """
    transition_matrix(W)  # judges W
    return combinatorial(W) / degrees(W)[:, None]


def symmetric_normalized(W) -> np.ndarray:
    """(N, N) symmetric Laplacian I - D^-1/2 W D^-1/2 = D^1/2 (I - D^-1 W) D^-1/2 [C97]_.

    *Hypothesis:* W >= 0 is symmetric, without a zero row.  Rationals: TypeError where a degree
    has no rational root; the random-walk Laplacian is exact and has the same spectrum.
    """
    W = check_symmetric(W, "W")
    transition_matrix(W)  # judges the rows
    root = linalg.sqrt(degrees(W))
    return linalg.assume_symmetric(combinatorial(W) / np.outer(root, root))


def combinatorial(W) -> np.ndarray:
    """(N, N) Laplacian D - W, D the out-degrees; loops cancel."""
    W = check_nonnegative(check_square(W, "W"), "W")
    between = W * (1 - np.eye(len(W), dtype=int))
    return np.eye(len(W), dtype=int) * between.sum(axis=1) - between


def chung(P) -> np.ndarray:
    """(N, N) symmetric Laplacian of a directed chain, I - (A + A^T) / 2 [C05]_.

    Here A = Phi^1/2 P Phi^-1/2 and pi is the stationary distribution.  It is the normalized
    Laplacian of the symmetric flow (pi_i P_ij + pi_j P_ji) / 2, and computed as such; for the walk
    on a symmetric W that is W, up to a factor.

    *Hypothesis:* P is irreducible, so that pi is unique and positive; else ValueError.  A causal
    head is reducible: pi sits on its first token alone.  Teleporting would make it irreducible,
    but the answer would be about another chain.
    """
    P = check_stochastic(P, "P")
    pi = stationary_distribution(P)
    flow, root = pi[:, None] * P, linalg.sqrt(pi)
    return linalg.assume_symmetric(combinatorial((flow + flow.T) / 2) / np.outer(root, root))


def dirichlet_form(W, f):
    """<f, L f>_D = sum_i D_ii f_i (L f)_i, with L = I - D^-1 W; equal to f^T (D - W) f.

    For directed W it may be negative: at W = [[1, 1], [9, 1]], f = (2, 1) it is 18 - 25 = -7.
    """
    L, f = random_walk(W), _on_vertices(f, W)
    return plain((degrees(W) * f * (L @ f)).sum())


def dirichlet_energy(W, f):
    """1/2 sum_ij D_ii P_ij (f_i - f_j)^2, which is at least 0.

    *Hypothesis* for equality with `dirichlet_form`, at every f: the in-degrees are the
    out-degrees (W symmetric, for one), since the energy less the form is
    1/2 sum_i (in_i - out_i) f_i^2 [seq]_ (Proposition 7 states it without the hypothesis).
    """
    W = check_nonnegative(check_square(W, "W"), "W")
    f = _on_vertices(f, W)
    return plain((W * (f[:, None] - f) ** 2).sum() / 2)


def _on_vertices(f, W):
    f = check_array(f, "f", ndim=1)
    if len(f) != len(W):
        raise ValueError(f"f must have one value a vertex, {len(W)}, got {len(f)}")
    return f
