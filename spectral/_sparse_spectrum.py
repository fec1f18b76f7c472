"""The small end of a sparse spectrum, with proof that nothing is missing from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral import linalg
from spectral._checks import check_choice, check_count, check_sparse_symmetric, check_symmetric
from spectral._spectrum import Spectrum, from_symmetric, to_random_walk


def smallest_eigenpairs(A, k: int, *, method: str = "shift-invert") -> Spectrum:
    """The k smallest eigenpairs of a sparse symmetric A.

    "shift-invert" factorizes A below its spectrum and proves by `count_below` that none is
    missing; ArithmeticError if that fails.  "lanczos" needs no factorization, for graphs whose
    factors fill in; it converges where gaps are wide, and may miss copies (complete_below = -inf).
    """
    A = _sparse_symmetric(A)
    radius = abs(A).sum(axis=1) - abs(A.diagonal())
    lower = (A.diagonal() - radius).min()  # Gershgorin
    return _smallest(A, k, lower, lambda V: (V * (A @ V)).sum(axis=0), method)


def smallest_laplacian_eigenpairs(
    W, k: int, *, kind: str = "random_walk", method: str = "shift-invert"
) -> Spectrum:
    """The k smallest eigenpairs of a sparse Laplacian of symmetric weights W.

    Parameters
    ----------
    W : sparse or dense (N, N), symmetric, >= 0
    k : how many
    kind : "random_walk", I - D^-1 W with its right eigenvectors, solved on the symmetric form;
        or "combinatorial", D - W
    method : as in `smallest_eigenpairs`

    *Numerics*: the values are 1/2 sum W_ij (x_i - x_j)^2 / <x, x>, where nothing cancels but in
    smooth differences.  So lambda_2 = 2.467e-8 of the path with 20,000 vertices is right to 14
    digits; v^T (L v) would leave 7, since eps ||L|| is 9e-16.
    """
    check_choice(kind, "kind", ("random_walk", "combinatorial"))
    W = check_sparse_symmetric(W, "W")
    mass = np.ones(W.shape[0]) if kind == "combinatorial" else W.sum(axis=1)
    if not mass.all():
        raise ValueError(f"W must have no zero row, got one at {np.flatnonzero(mass == 0)[0]}")
    L = _laplacian(W, mass)
    root = np.sqrt(mass)[:, None]
    found = _smallest(L, k, 0.0, lambda V: _dirichlet_quotients(W, V / root, mass), method)
    if kind == "combinatorial":
        return found
    right, conditions = to_random_walk(found.vectors, mass)
    return Spectrum(found.values, right, found.residuals, conditions, found.complete_below)


@dataclass(frozen=True)
class EigenvalueCount:
    """How many eigenvalues lie below a point that may be `within` of the one asked for."""

    below: int
    within: float  # 0 of rationals and balls


def count_below(A, x) -> EigenvalueCount:
    """The number of eigenvalues of a symmetric A below x, by Sylvester's law of inertia.

    Dense A: exact in rationals and balls; in floats `within` is the solver's n eps ||A||_2.
    Sparse A: `within` bounds the error of the factorization.  It is near eps ||A|| for x below
    the spectrum, and can reach 1e-5 ||A|| inside it, where pivots grow.
    """
    from scipy.sparse import issparse

    if issparse(A):
        return _count_below_sparse(_sparse_symmetric(A), x)
    A = check_symmetric(A, "A")
    shifted = linalg.assume_symmetric(A - x * np.eye(len(A), dtype=int))
    exact = A.dtype == object
    within = 0.0 if exact else len(A) * np.finfo(float).eps * np.linalg.norm(shifted, 2)
    return EigenvalueCount(linalg.inertia(shifted).negative, float(within))


def _count_below_sparse(A, x) -> EigenvalueCount:
    from spectral._inertia_sparse import negative_pivots

    step = np.sqrt(np.finfo(float).eps) * (abs(A).sum(axis=1).max() + abs(x))
    for point in (x, x - step, x + step):  # a pivot may be 0 at x itself
        counted = negative_pivots(A, point)
        if counted is not None:
            return EigenvalueCount(counted[0], counted[1] + abs(point - x))
    raise ArithmeticError(f"a pivot of A - x I is 0 at x = {x:.6e} and beside it: move x")


def _smallest(A, k, lower, quotients, method) -> Spectrum:
    """Unit vectors by `method`, values by their Rayleigh quotients, residuals with both."""
    check_choice(method, "method", ("shift-invert", "lanczos"))
    k = check_count(k, "k", 1, A.shape[0])
    if A.shape[0] <= 4 * k + 32:  # Lanczos wants room for 2 k + 1 vectors, and gains nothing here
        vectors = np.linalg.eigh(A.toarray()).eigenvectors
        complete_below = np.inf
    elif method == "shift-invert":
        from spectral._shift_invert import smallest

        vectors, complete_below = smallest(A, k, lower, quotients)
    else:
        from spectral._shift_invert import lanczos

        vectors, complete_below = lanczos(A, k), -np.inf
    order = np.argsort(quotients(vectors), kind="stable")[:k]
    values, vectors = quotients(vectors)[order], vectors[:, order]
    if k < A.shape[0]:
        complete_below = min(complete_below, values[-1])
    return from_symmetric(A, values, vectors, float(complete_below))


def _laplacian(W, mass):
    """M^-1/2 (D - W) M^-1/2 for the diagonal matrix M of `mass`; loops cancel."""
    from scipy.sparse import csr_array, diags_array

    between = W - diags_array(W.diagonal())
    scale = diags_array(1 / np.sqrt(mass))
    return csr_array(scale @ (diags_array(between.sum(axis=1)) - between) @ scale)


def _dirichlet_quotients(W, X, mass):
    """1/2 sum_ij W_ij (x_i - x_j)^2 / sum_i mass_i x_i^2 of each column x of X."""
    edges = W.tocoo()
    i, j = edges.coords
    energy = [(edges.data * (x[i] - x[j]) ** 2).sum() / 2 for x in X.T]
    return np.array(energy) / (mass[:, None] * X**2).sum(axis=0)


def _sparse_symmetric(A):
    """A as a csr_array with A = A^T up to 4 n eps max|A|, as in `check_symmetric`."""
    from scipy.sparse import csr_array

    A = csr_array(A, dtype=float)
    if A.shape[0] != A.shape[1] or A.shape[0] == 0:
        raise ValueError(f"A must be square and nonempty, got shape {A.shape}")
    if not np.isfinite(A.data).all():
        raise ValueError("A must be finite, got NaN or infinity in it")
    gap = abs(A - A.T).max()
    if gap > 4 * A.shape[0] * np.finfo(float).eps * abs(A).max():
        raise ValueError(f"A must be symmetric, got max |A - A^T| = {gap:.2e}")
    return A
