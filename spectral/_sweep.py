"""The sweep: of the N - 1 cuts that an ordering of the vertices makes, the narrowest.

Dense or sparse, in time proportional to the number of edges, beside the eigenvector.  See
`spectral.conductance` for the flows and the references.
"""

from __future__ import annotations

import numpy as np

from spectral._checks import check_array, check_choice, check_sparse_symmetric, check_symmetric
from spectral._cuts import Cut, edge_flow, ratio
from spectral.laplacian import symmetric_normalized

_TOLERANCE = 2.0**-13  # of the eigenvector's residual, by choice: see `sweep_cut`
_RESTARTS = 300  # as in `_shift_invert`
_SMALL = 40  # vertices, as in `smallest_eigenpairs`: up to it dense is as quick


def sweep_cut(W, order_by=None, *, flow: str = "out-degree", method: str = "shift-invert") -> Cut:
    """The narrowest of the cuts between the vertices with small and those with large `order_by`.

    Its value is at least h, at any size.  For symmetric W it is at most sqrt(2 q), whatever f =
    `order_by` is, q = <f, L f> / <f, D f> once f is orthogonal to D 1 ([C97]_, the proof of Theorem
    2.2, which uses no more of f).  By default f is the second right eigenvector of the walk on the
    symmetric part of the flow, so q is the gap; for "stationary" that of `chung`.

    Parameters
    ----------
    W : (N, N) float64 weights; a SciPy sparse array for "out-degree"
    order_by : (N,) values; needed for "out-degree" where W is not symmetric
    flow : see `spectral.conductance`
    method : of a sparse W: "shift-invert", for the eigenvector to rounding, where factors of L are
        sparse (graphs in the plane or in space); "lanczos", to a residual of 1e-4, for graphs whose
        factors fill in, as those of random graphs and of clusters do.  A vector so rough is enough:
        its q is within 1e-4 of an eigenvalue, the second as a rule.  ArithmeticError where it does
        not converge.

    *Numerics*: the best cut is found by running sums, then its ratio is summed afresh.
    """
    check_choice(method, "method", ("shift-invert", "lanczos"))
    F = edge_flow(W, flow=flow)
    if F.dtype == object or F.shape[0] < 2:
        raise ValueError(f"W must be float64 with 2 vertices or more, got {F.dtype}, {F.shape}")
    if order_by is None:
        order_by = _second_eigenvector(W, F, flow, method)
    else:
        order_by = check_array(order_by, "order_by", ndim=1)
        if len(order_by) != F.shape[0]:
            raise ValueError(f"order_by must have {F.shape[0]} values, got {len(order_by)}")
    members = _narrowest(F, np.argsort(order_by, kind="stable"))
    return Cut(ratio(F, members), tuple(members.tolist()))


def _second_eigenvector(W, F, flow, method):
    """Values on the vertices: the right eigenvector of lambda_2 of I - D^-1 M, M symmetric."""
    if hasattr(W, "tocsr"):
        if method == "lanczos" and F.shape[0] > _SMALL:
            return _rough_eigenvector(check_sparse_symmetric(F, "W"))
        from spectral.spectrum import smallest_laplacian_eigenpairs

        return smallest_laplacian_eigenpairs(F, 2).vectors[:, 1]
    from scipy.linalg import eigh

    M = (F + F.T) / 2 if flow == "stationary" else check_symmetric(F, "W")
    _, vectors = eigh(symmetric_normalized(M), subset_by_index=(1, 1))
    return vectors[:, 0] / np.sqrt(M.sum(axis=1))


def _rough_eigenvector(F):
    """The same by Lanczos on D^-1/2 W D^-1/2 of a sparse W, beside the known first vector."""
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    root = np.sqrt(F.sum(axis=1))
    scale, first = diags_array(1 / root), root / np.linalg.norm(root)
    N = (scale @ F @ scale).tocsr()
    # 1 less 2 at the first vector: Lanczos need not find it, nor a second copy of the value 1.
    deflated = LinearOperator(N.shape, lambda x: N @ x - 2 * first * (first @ x), dtype=float)
    start = np.random.default_rng(0).standard_normal(len(root))  # as in `_shift_invert`
    try:
        found = eigsh(deflated, 1, which="LA", v0=start, tol=_TOLERANCE, maxiter=_RESTARTS)
    except ArpackNoConvergence as error:
        text = f"Lanczos did not converge in {_RESTARTS} restarts; try method='shift-invert'"
        raise ArithmeticError(text) from error
    return found[1][:, 0] / root


def _narrowest(F, order) -> np.ndarray:
    """The positions of the best prefix of `order`, or of its complement, under the flow F."""
    n = F.shape[0]
    rank = np.empty(n, int)
    rank[order] = np.arange(n)
    volumes = F.sum(axis=1)[order]
    smaller = np.minimum(volumes.cumsum()[:-1], volumes[::-1].cumsum()[-2::-1])
    rows, columns, weights = _edges(F)
    forward, backward = _crossing(rank[rows], rank[columns], weights, n)
    best = int(np.argmin(np.minimum(forward, backward) / smaller))
    prefix = forward[best] <= backward[best]
    return np.sort(order[: best + 1] if prefix else order[best + 1 :])


def _edges(F):
    """Rows, columns and weights of the edges of a dense or a sparse F."""
    if hasattr(F, "tocoo"):
        F = F.tocoo()
        return F.coords[0], F.coords[1], F.data
    rows, columns = F.nonzero()
    return rows, columns, F[rows, columns]


def _crossing(start, end, weights, n):
    """(n - 1,) weights out of each prefix, and into it.

    An edge from rank a to b > a leaves the prefixes of a + 1 .. b vertices.
    """
    out, into = (
        np.bincount(a[a < b], w[a < b], n) - np.bincount(b[a < b], w[a < b], n)
        for a, b, w in ((start, end, weights), (end, start, weights))
    )
    return out.cumsum()[:-1], into.cumsum()[:-1]
