"""The k smallest eigenpairs of a sparse symmetric matrix: Lanczos on the inverse, and a count.

Lanczos alone cannot be trusted with the number of copies of a multiple eigenvalue: of the 8
copies of 2 on the 8-cube it returns 7, then goes on to 4, with tiny residuals throughout.  So
the eigenvalues below a cut are counted by inertia, and what is missing is looked for among the
vectors orthogonal to those found.
"""

import numpy as np
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

from spectral._inertia_sparse import factorize, negative_pivots

_EPS = np.finfo(float).eps
_RESTARTS = 300  # by trial: a gap of 0.2 takes fewer than 20, a long path never ends


def smallest(A, k, lower, rayleigh):
    """(vectors, cut): k orthonormal vectors, none of a smaller eigenvalue missing below the cut.

    `lower` bounds the spectrum from below; `rayleigh` gives the Rayleigh quotients of columns.
    """
    size = abs(A).sum(axis=1).max() or 1.0  # of the zero matrix any shift will do
    # The shift keeps A - shift I positive definite where A itself is singular (a Laplacian).  It
    # is as small as the factorization allows: of relative error eps ||A|| / shift = sqrt(eps),
    # which Rayleigh quotients square.
    lu = factorize(A, lower - np.sqrt(_EPS) * size)
    vectors = np.zeros((A.shape[0], 0))
    missing = k
    # Each round finds at least one of the missing; a few do in practice.
    for _ in range(k):
        vectors = np.hstack([vectors, _deflated_lanczos(lu, vectors, min(missing, k))])
        order = np.argsort(rayleigh(vectors))
        vectors = vectors[:, order]
        cut, missing = _missing_below(A, rayleigh(vectors)[:k], size)
        if missing <= 0:
            return vectors[:, :k], cut
    raise ArithmeticError(f"{missing} eigenvalues below {cut:.6e} were counted but not found")


def lanczos(A, k):
    """k orthonormal vectors by Lanczos on A itself: no factorization, and no count."""
    return _eigsh(A, k, "SA")


def _deflated_lanczos(lu, found, k):
    n = len(found)

    def inverse(x):
        x = x.ravel() - found @ (found.T @ x.ravel())
        y = lu.solve(x)
        return y - found @ (found.T @ y)

    new = _eigsh(LinearOperator((n, n), matvec=inverse, dtype=float), k, "LA")
    return np.linalg.qr(new - found @ (found.T @ new)).Q if found.size else new


def _eigsh(operator, k, which):
    # A fixed start, so that a run can be repeated; a random one, since a structured vector may
    # be orthogonal to an eigenvector.
    start = np.random.default_rng(0).standard_normal(operator.shape[0])
    try:
        return eigsh(operator, k, which=which, v0=start, maxiter=_RESTARTS)[1]
    except ArpackNoConvergence as error:
        text = f"Lanczos did not converge in {_RESTARTS} restarts; try method='shift-invert'"
        raise ArithmeticError(text) from error


def _missing_below(A, values, size):
    """(cut, number missing below it), the cut as close as can be below the last group of values.

    Values closer than 64 eps ||A|| (a choice, some residuals wide) may be copies of one, of which
    k takes some: so the cut goes below the last of the wider gaps, or below all values.
    """
    room = np.sqrt(_EPS) * size
    gaps = np.diff(values, prepend=values[0] - 4 * room)
    last = int(np.flatnonzero(gaps > 64 * _EPS * size)[-1])
    # Near an eigenvalue pivots may grow until they prove nothing; so farther points follow.
    for distance in (min(room, gaps[last] / 2), gaps[last] / 16, gaps[last] / 2):
        counted = negative_pivots(A, values[last] - distance)
        if counted is not None and counted[1] <= distance / 2:
            return values[last] - 3 * distance / 2, counted[0] - last
    raise ArithmeticError(f"the eigenvalues below {values[last]:.6e} could not be counted")
