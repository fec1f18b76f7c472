"""The graph of a chain: which states reach each other, by which paths, in which cycles.

An edge is an entry > 0, however small; nothing is asked of the row sums.
"""

import numpy as np

# States up to which n^3 operations on bits are faster than the set-up of a sparse search: 20
# against 500 microseconds at n = 6, equal near n = 60.  Measured; of speed only.
_SMALL = 32


def edges(P) -> np.ndarray:
    """(N, N) bool: where P > 0; balls around 0 raise `Undecided`."""
    return np.asarray(P > 0, bool)


def strong_components(P) -> np.ndarray:
    """(N,) labels 0, 1, ..., equal for states that reach each other."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    joined = edges(P)
    if joined.all():  # complete, as every graph of full attention: no search
        return np.zeros(len(joined), int)
    if len(joined) <= _SMALL:
        return _components_by_closure(joined)
    return connected_components(csr_array(joined), directed=True, connection="strong")[1]


def _components_by_closure(joined) -> np.ndarray:
    """Labels through all reachable pairs: squaring paths of length <= 1, 2, 4, ..."""
    reached = joined | np.eye(len(joined), dtype=bool)
    for _ in range(len(joined).bit_length()):
        reached = reached @ reached
    return np.unique((reached & reached.T).argmax(axis=1), return_inverse=True)[1]


def closed_components(P) -> list[np.ndarray]:
    """The strong components that no edge leaves, each an ascending array of states."""
    labels = strong_components(P)
    leaving = (edges(P) & (labels[:, None] != labels)).any(axis=1)
    return [np.flatnonzero(labels == k) for k in np.setdiff1d(labels, labels[leaving])]


def common_period(P) -> int:
    """The gcd of the lengths of all cycles of a strongly connected P."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    joined = edges(P)
    if joined.diagonal().any():  # a cycle of length 1
        return 1
    level = shortest_path(csr_array(joined), unweighted=True, indices=0).astype(int)
    i, j = np.nonzero(joined)
    # Along a cycle the levels cancel, so these steps sum to its length; and each step is itself
    # a difference of two closed walks, there by the edge and there by the shortest path.
    return int(np.gcd.reduce(level[i] + 1 - level[j]))


def tree_weights(P):
    """(N,) pi with pi_i P_ij = pi_j P_ji on the edges of a spanning tree, pi_0 = 1.

    None if one of the edges has no edge back.  P is strongly connected.
    """
    order, parent = _breadth_first(edges(P))
    weights = 0 * P[0] + 1
    with np.errstate(all="ignore"):  # judged at the end
        for j in order[1:]:
            i = parent[j]
            if not P[j, i] > 0:
                return None
            weights[j] = weights[i] * P[i, j] / P[j, i]
    return check_range(weights)


def _breadth_first(joined):
    """States in the order of a breadth-first search from state 0, and the parent of each."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    if joined[0].all():
        return np.arange(len(joined)), np.zeros(len(joined), int)
    return breadth_first_order(csr_array(joined), 0)


def check_range(weights):
    """Weights that are positive in theory, or ArithmeticError where floats lost them."""
    if weights.dtype != object and not ((weights > 0) & (weights < np.inf)).all():
        raise ArithmeticError(
            "the stationary law of P leaves the range of float64: take Fractions or balls"
        )
    return weights
