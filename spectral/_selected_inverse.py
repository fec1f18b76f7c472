r"""Those entries of the inverse of a sparse Laplacian that lie where its factors have entries.

With one vertex of each component grounded, L = C D C^T, C unit lower triangular.  For columns J
that share their rows R below, and S = L^-1, Takahashi's recurrence [T]_ in blocks is

    X = C_RJ C_JJ^-1,    S_RJ = -S_RR X,    S_JJ = (C_JJ D_J C_JJ^T)^-1 + X^T S_RR X,

and S_RR is within the block of the columns that the first row of R belongs to: from the last
columns to the first nothing else is ever needed.  As an edge is an entry of L, so of C, each
R_ij = S_ii + S_jj - 2 S_ij is among them.  The cost is that of the factorization.

References
----------
.. [T] K. Takahashi, J. Fagan, M. Chen, Formation of a sparse bus impedance matrix (1973).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dtrsm
from scipy.linalg.lapack import dpotri

from spectral._potentials import factors
from spectral._resistor_network import Network


@dataclass
class _Block:
    """Columns first .. first + width - 1 of S, on those rows and `rows` below them."""

    first: int
    width: int
    rows: np.ndarray  # positions of J and R, ascending
    S: np.ndarray
    waiting: int = 0  # blocks that are still to read from it


def edge_entries(net: Network) -> np.ndarray:
    """(m,) R_e of each edge."""
    kept, lu = factors(net)
    position = np.full(net.n, len(kept))  # of a grounded vertex: beyond all
    position[kept] = lu.perm_c
    p, q = np.sort(np.stack([position[net.i], position[net.j]]), axis=0)
    order = np.argsort(p, kind="stable")
    diagonal, S_pq = np.zeros(len(kept) + 1), np.zeros(len(p))
    for block in _blocks(lu):
        stop = block.first + block.width
        diagonal[block.first : stop] = np.diagonal(block.S)[: block.width]
        mine = order[slice(*np.searchsorted(p, (block.first, stop), sorter=order))]
        mine = mine[q[mine] < len(kept)]
        S_pq[mine] = block.S[np.searchsorted(block.rows, q[mine]), p[mine] - block.first]
    return diagonal[p] + diagonal[q] - 2 * S_pq


def _blocks(lu):
    """The blocks of S, last columns first."""
    C, D = lu.L.tocsc(), lu.U.diagonal()
    C.eliminate_zeros()  # SuperLU pads its own blocks
    C.sort_indices()
    counts = np.diff(C.indptr)
    parents = np.full(len(D), -1)
    inner = counts > 1
    parents[inner] = C.indices[C.indptr[:-1][inner] + 1]
    joined = (parents[:-1] == np.arange(1, len(D))) & (counts[:-1] == counts[1:] + 1)
    starts = np.concatenate([[0], 1 + np.flatnonzero(~joined)])
    ends = np.append(starts[1:], len(D))
    block_of = np.repeat(np.arange(len(starts)), ends - starts)
    above = np.where(parents[ends - 1] >= 0, block_of[parents[ends - 1]], -1)
    children = np.bincount(above[above >= 0], minlength=len(starts))
    alive = {}
    for b in reversed(range(len(starts))):
        block = _block(C, D, starts[b], ends[b], alive.get(above[b]))
        if above[b] >= 0:
            alive[above[b]].waiting -= 1
            if not alive[above[b]].waiting:
                del alive[above[b]]
        if children[b]:
            block.waiting = children[b]
            alive[b] = block
        yield block


def _block(C, D, first, end, parent):
    width = end - first
    rows = C.indices[C.indptr[first] : C.indptr[first + 1]]
    columns = np.zeros((len(rows), width), order="F")
    for c in range(width):
        columns[c:, c] = C.data[C.indptr[first + c] : C.indptr[first + c + 1]]
    S = np.empty((len(rows), len(rows)))
    S[:width, :width] = _inverse(columns[:width], D[first:end])
    if width < len(rows):
        X = dtrsm(1.0, columns[:width], columns[width:], side=1, lower=1, diag=1)
        at = np.searchsorted(parent.rows, rows[width:])
        S[width:, width:] = below = parent.S[np.ix_(at, at)]
        S[width:, :width] = side = -below @ X
        S[:width, width:] = side.T
        S[:width, :width] -= X.T @ side
    return _Block(first, width, rows, S)


def _inverse(C, D):
    """(C diag(D) C^T)^-1."""
    lower = dpotri(C * np.sqrt(D), lower=1)[0]
    return np.tril(lower) + np.tril(lower, -1).T
