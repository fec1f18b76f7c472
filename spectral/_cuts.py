"""Flows on the edges of a graph, and the ratio of a cut under them: see `spectral.conductance`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectral._checks import check_choice, check_sparse, check_square
from spectral._numbers import plain
from spectral.balls import minimum
from spectral.chain import stationary_distribution
from spectral.graph import transition_matrix

FLOWS = ("out-degree", "stationary")


@dataclass(frozen=True)
class Cut:
    """A set of vertices and the ratio cut(S) / min(vol(S), vol(S^c))."""

    value: object  # float, Fraction or Ball
    members: tuple[int, ...]  # S, ascending


def edge_flow(W, *, flow: str = "out-degree"):
    """(N, N) flow F on the edges, whose row sums are the volumes of the vertices.

    A SciPy sparse W gives a `csr_array`, for "out-degree" only.

    *Raises* ValueError for a vertex without an edge out, and for "stationary" where the chain
    D^-1 W is reducible.
    """
    check_choice(flow, "flow", FLOWS)
    if hasattr(W, "tocsr"):
        return _sparse_flow(W, flow)
    P = transition_matrix(W)
    if flow == "stationary":
        return stationary_distribution(P)[:, None] * P
    return check_square(W, "W")


def cut_ratio(W, members, *, flow: str = "out-degree"):
    """cut(S) / min(vol(S), vol(S^c)) of one set S of vertices, given by their positions."""
    return ratio(edge_flow(W, flow=flow), list(members))


def ratio(F, members):
    """`cut_ratio` under a flow F, dense or sparse; a sum of what crosses, with no subtraction."""
    inside = np.zeros(F.shape[0], bool)
    inside[members] = True
    if inside.all() or not inside.any():
        raise ValueError(f"members must be some but not all vertices, got {inside.sum()} of them")
    volumes = F.sum(axis=1)
    smaller = minimum(volumes[inside].sum(), volumes[~inside].sum())
    return plain(F[inside][:, ~inside].sum() / smaller)


def _sparse_flow(W, flow):
    if flow != "out-degree":
        raise ValueError(f"flow must be 'out-degree' for a sparse W, got {flow!r}")
    F = check_sparse(W, "W")
    empty = np.flatnonzero(F.sum(axis=1) == 0)
    if empty.size:
        raise ValueError(f"W must have no zero row, got one at {empty[0]}")
    return F
