"""The sweep: of the N - 1 cuts that an ordering of the vertices makes, the narrowest.

Dense or sparse, in time proportional to the number of edges, beside the eigenvector.  See
`spectral.conductance` for the flows and the references.
"""

from __future__ import annotations

import numpy as np

from spectral._checks import check_array, check_symmetric
from spectral._cuts import Cut, edge_flow, ratio
from spectral.laplacian import symmetric_normalized


def sweep_cut(W, order_by=None, *, flow: str = "out-degree") -> Cut:
    """The narrowest of the cuts between the vertices with small and those with large `order_by`.

    Its value is at least h, at any size.  By default `order_by` is the second right eigenvector
    of the walk on the symmetric part of the flow; then value <= sqrt(2 gap) ([C97]_, the proof of
    Theorem 2.2; for "stationary" with the gap of `chung`).

    W           (N, N) float64 weights; a SciPy sparse array for "out-degree"
    order_by    (N,) values; needed for "out-degree" where W is not symmetric

    *Numerics*: the best cut is found by running sums, then its ratio is summed afresh.
    """
    F = edge_flow(W, flow=flow)
    if F.dtype == object or F.shape[0] < 2:
        raise ValueError(f"W must be float64 with 2 vertices or more, got {F.dtype}, {F.shape}")
    if order_by is None:
        order_by = _second_eigenvector(W, F, flow)
    else:
        order_by = check_array(order_by, "order_by", ndim=1)
        if len(order_by) != F.shape[0]:
            raise ValueError(f"order_by must have {F.shape[0]} values, got {len(order_by)}")
    members = _narrowest(F, np.argsort(order_by, kind="stable"))
    return Cut(ratio(F, members), tuple(members.tolist()))


def _second_eigenvector(W, F, flow):
    """Values on the vertices: the right eigenvector of lambda_2 of I - D^-1 M, M symmetric."""
    if hasattr(W, "tocsr"):
        from spectral.spectrum import smallest_laplacian_eigenpairs

        return smallest_laplacian_eigenpairs(F, 2).vectors[:, 1]
    from scipy.linalg import eigh

    M = (F + F.T) / 2 if flow == "stationary" else check_symmetric(F, "W")
    _, vectors = eigh(symmetric_normalized(M), subset_by_index=(1, 1))
    return vectors[:, 0] / np.sqrt(M.sum(axis=1))


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
