r"""How many ternary matrices there are, and how much of a learning problem they can fit.

There are 3^(nm) of shape n x m.  What "effective dimension" could mean for learning depends on
the definition chosen:

    log2 of their number      nm log2 3             (bits of description, bounds on uniform error)
    VC dimension              d, for one neuron  x -> [<t, x> > 0]  with d ternary weights
    box-counting dimension    0                     (the set is finite)

The VC dimension is that of neurons with real weights, neither more nor less: the unit vectors
e_1, ..., e_d are shattered by t in {0, 1}^d, and d + 1 vectors are dependent, so no real t shatters
them.

References: sequence paper, Theorem 55; Anthony and Bartlett, Neural Network Learning (1999),
Theorem 3.4; Shalev-Shwartz and Ben-David, Understanding Machine Learning (2014), Corollary 2.3.
"""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np

from quantization.ternary import TRITS


def ternary_matrices(n: int, m: int) -> Iterator[np.ndarray]:
    """Every n x m matrix of trits once, int64, in lexicographic order."""
    for name, side in (("n", n), ("m", m)):
        if side < 0:
            raise ValueError(f"{name} must not be negative, got {side}")
    for trits in product(TRITS, repeat=n * m):
        yield np.array(trits, dtype=np.int64).reshape(n, m)


def count_ternary_matrices(n: int, m: int) -> int:
    """How many distinct n x m matrices of trits there are, counted one by one."""
    return len({T.tobytes() for T in ternary_matrices(n, m)})


def is_shattered(points) -> bool:
    """Whether ternary neurons x -> [<t, x> > 0] split the points (k, d) in all 2^k ways."""
    points = np.asarray(points)
    if points.ndim != 2 or not len(points):
        raise ValueError(f"points must be a nonempty (k, d) array, got shape {points.shape}")
    neurons = np.array([T[0] for T in ternary_matrices(1, points.shape[1])])
    return len(np.unique(neurons @ points.T > 0, axis=0)) == 2 ** len(points)


def vc_dimension(d: int) -> int:
    """VC dimension of ternary neurons on the corners, edges and faces {-1, 0, 1}^d of a cube.

    An integer; every set of points is tried, so d is to be small (d = 3 takes a second).
    """
    points = [T[0] for T in ternary_matrices(1, d)]
    size = 0
    while any(is_shattered(chosen) for chosen in combinations(points, size + 1)):
        size += 1
    return size
