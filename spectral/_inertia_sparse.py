"""How many eigenvalues of a sparse symmetric matrix lie below x: signs of a factorization.

Sylvester's law: A - x I = L D L^T has as many negative pivots as A has eigenvalues below x.  The
computed factors are those of a matrix A - x I + E, and Higham's bound [H]_ (Theorem 9.3) says
|E| <= gamma |L| |U| entry by entry; so (Weyl) the count is right for *some* point within
||E||_inf of x, and that distance is computed and returned beside it.

References
----------
.. [H] N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002).
"""

import numpy as np
from scipy.sparse import csc_array, diags_array, eye_array
from scipy.sparse.linalg import splu

_EPS = np.finfo(float).eps


def factorize(A, shift):
    """LU of A - shift I that pivots down the diagonal, with rows and columns permuted alike."""
    shifted = csc_array(A - shift * eye_array(A.shape[0]))
    return splu(
        shifted,
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0,
        options={"SymmetricMode": True},
    )


def negative_pivots(A, x):
    """(eigenvalues of A below a point, how far that point may be from x); None if a pivot is 0."""
    try:
        lu = factorize(A, x)
    except RuntimeError:  # "Factor is exactly singular"
        return None
    pivots = lu.U.diagonal()
    if (lu.perm_r != lu.perm_c).any() or (pivots == 0).any():
        return None
    return int((pivots < 0).sum()), _perturbation(lu.L, lu.U, pivots)


def _perturbation(L, U, pivots):
    """||E||_inf for the symmetric product L D L^T that the signs belong to."""
    L, U = csc_array(L), csc_array(U)
    mirrored = diags_array(pivots) @ L.T
    ones = np.ones(L.shape[0])
    terms = np.diff(L.tocsr().indptr).max() + 1  # the longest inner product
    rounding = terms * _EPS / (1 - terms * _EPS) * (abs(L) @ (abs(U) @ ones))
    asymmetry = abs(L) @ (abs(U - mirrored) @ ones)
    return float((rounding + asymmetry).max())
