r"""Attention graphs as linear operators: applied to blocks of vectors, never formed.

    attention_graph(q, k, how=...)   dense: each product makes the weights again, tile by tile
    sparse_graph(W)                  from scipy.sparse weights

Both have the same methods, each a `scipy.sparse.linalg.LinearOperator` with its transpose:

    weights()                W                          as `spectral.graph.attention_weights`
    transition_matrix()      P = D^-1 W
    random_walk()            I - P
    combinatorial()          D - W
    normalized_adjacency()   D^-1/2 W D^-1/2            symmetric W only
    symmetric_normalized()   I - D^-1/2 W D^-1/2        symmetric W only

Give them blocks, `A @ X` with X (N, b): of a dense graph 64 columns cost hardly more than one.

*Numerics*: degrees are kept as logarithms, so P and both normalized operators are in range for
every score.  W and D - W need degrees below 1.8e308, and refuse others.  What is taken from the
diagonal is I or D, not the sum of the rest of a row as in `spectral.laplacian`; so a Laplacian
is right to `rounding` times its norm, absolutely, and an eigenvalue of 1e-17 is not resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gpu.score_products import (
    SYMMETRIC,
    Moments,
    log_row_sums,
    symmetric_moments,
    symmetric_product,
    transposed_product,
    weighted_product,
)
from spectral._checks import check_array, check_choice, check_scalar, check_sparse

_LARGEST = np.log(np.finfo(float).max)


_RANGE = 1000.0  # of log-degrees: exp(-1000 / 2) times a double is still a normal number


@dataclass(frozen=True)
class Images:
    """Orthonormal vectors, their images under the normalized adjacency A, and its squared norm."""

    vectors: np.ndarray  # (N, m)
    images: np.ndarray  # (N, m)
    squares: float  # ||A||_F^2, or a little more


class _Graph:
    """What a dense and a sparse graph share; they add size, symmetric, log_degrees and products."""

    @cached_property
    def degrees(self) -> np.ndarray:
        """(N,) out-degrees W 1; ValueError where one overflows."""
        if self.log_degrees.max() > _LARGEST:
            raise ValueError(
                f"the graph must have degrees up to exp({_LARGEST:.1f}) for this, got"
                f" exp({self.log_degrees.max():.6g}); P and the normalized operators have no limit"
            )
        return np.exp(self.log_degrees)

    def stationary_distribution(self) -> np.ndarray:
        """(N,) pi of the walk on a symmetric graph: the degrees, over their sum."""
        self._needs_symmetry("stationary_distribution")
        shifted = np.exp(self.log_degrees - self.log_degrees.max())
        return shifted / shifted.sum()

    def weights(self):
        """W."""
        d = self.degrees[:, None]
        return self._operator(lambda X: d * self._walk(X), lambda X: self._walk_back(d * X))

    def combinatorial(self):
        """D - W."""
        d = self.degrees[:, None]
        return self._operator(
            lambda X: d * (X - self._walk(X)), lambda X: d * X - self._walk_back(d * X)
        )

    def transition_matrix(self):
        """P = D^-1 W."""
        return self._operator(self._walk, self._walk_back)

    def random_walk(self):
        """I - D^-1 W."""
        return self._operator(lambda X: X - self._walk(X), lambda X: X - self._walk_back(X))

    def normalized_adjacency(self):
        """D^-1/2 W D^-1/2, of a symmetric graph."""
        self._needs_symmetry("normalized_adjacency")
        return self._operator(self._adjacency, self._adjacency)

    def symmetric_normalized(self):
        """I - D^-1/2 W D^-1/2, of a symmetric graph."""
        self._needs_symmetry("symmetric_normalized")
        return self._operator(*2 * (lambda X: X - self._adjacency(X),))

    def _operator(self, forward, backward):
        from spectral._block_operator import BlockOperator

        return BlockOperator(self.size, forward, backward)

    def _needs_symmetry(self, name):
        if not self.symmetric:
            raise ValueError(f"{name} needs a symmetric graph, got {self._directed}")


@dataclass(frozen=True, eq=False, repr=False)
class AttentionGraph(_Graph):
    """The dense graph of q and k, with exp of its scores as weights; see `attention_graph`."""

    q: np.ndarray  # (N, d); its dtype is that of the tiles
    k: np.ndarray
    scale: float
    how: str | None
    causal: bool
    _directed = "the directed one of q and k: choose how it is symmetrized by `how`"

    @property
    def size(self) -> int:
        """N, the number of vertices."""
        return len(self.q)

    @property
    def symmetric(self) -> bool:
        return self.how is not None

    @cached_property
    def log_degrees(self) -> np.ndarray:
        """(N,) logarithms of the out-degrees; one pass over the scores."""
        return log_row_sums(self.q, self.k, **self._what)

    @cached_property
    def rounding(self) -> float:
        """Bound on ||computed A x - A x|| / ||x|| for the normalized adjacency A.

        Derived: a score of d products has an error of (d + 3) eps times Cauchy-Schwarz's bound on
        it, which its exponential turns into a relative one, and so have two half log-degrees; sums
        of N terms add N eps twice, the degree and the product; 16 eps for the few others.  A is
        nonnegative with norm 1, so relative errors of entries carry over.
        """
        eps = np.finfo(self.q.dtype).eps
        q, k = (np.linalg.norm(x.astype(float), axis=1).max() for x in (self.q, self.k))
        relative = 2 * (self.q.shape[1] * 2 + 3) * abs(self.scale) * q * k
        return float(eps * (relative + 2 * self.size + 16))

    def in_float32(self) -> AttentionGraph:
        """The graph with tiles of float32: twice as fast, with errors near 1e-7.

        Its degrees are those of this graph if they are known, and else of float32 too.
        """
        single = replace(self, q=self.q.astype(np.float32), k=self.k.astype(np.float32))
        if "log_degrees" in self.__dict__:
            single.__dict__["log_degrees"] = self.log_degrees
        return single

    def moments(self, X) -> Moments:
        """A X and ||A||_F^2 of the normalized adjacency A, in one pass."""
        self._needs_symmetry("moments")
        return symmetric_moments(self.q, self.k, X, shift=self.log_degrees / 2, **self._what)

    def images_near(self, X, log_degrees) -> Images:
        """Images of vectors near X, (N, m) orthonormal, by one pass that finds the degrees too.

        `log_degrees` are nearly those of this graph.  The pass applies W, scaled by them, to X and
        to the vector that gives its row sums; then it is known how far they were off, and by how
        much the rows of X are to be scaled so that what was applied is A.
        """
        if "log_degrees" in self.__dict__ or np.ptp(log_degrees) > _RANGE:
            found = self.moments(X)
            return Images(X, found.product, found.squares)
        top = log_degrees.max()
        ones = np.exp((log_degrees - top) / 2)[:, None]
        shift = log_degrees / 2
        found = symmetric_moments(self.q, self.k, np.hstack([X, ones]), shift=shift, **self._what)
        off = np.log(found.product[:, -1:]) - ((log_degrees - top) / 2)[:, None]
        self.__dict__["log_degrees"] = log_degrees + off[:, 0]
        X, AX = X * np.exp(off / 2), found.product[:, :-1] * np.exp(-off / 2)
        R = np.linalg.cholesky(X.T @ X).T  # X is nearly orthonormal, so this is safe
        X, AX = (np.linalg.solve(R.T, Y.T).T for Y in (X, AX))
        return Images(X, AX, float(found.squares * np.exp(-2 * off.min())))

    @property
    def _what(self):
        return {"scale": self.scale, "how": self.how, "causal": self.causal}

    def _adjacency(self, X):
        return symmetric_product(self.q, self.k, X, shift=self.log_degrees / 2, **self._what)

    def _walk(self, X):
        return weighted_product(self.q, self.k, X, rows=self.log_degrees, **self._what)

    def _walk_back(self, X):
        return transposed_product(self.q, self.k, X, rows=self.log_degrees, **self._what)


@dataclass(frozen=True, eq=False, repr=False)
class SparseGraph(_Graph):
    """The graph of sparse weights; see `sparse_graph`."""

    W: object  # scipy.sparse.csr_array
    symmetric: bool
    _directed = "weights that are not their transpose"

    @property
    def size(self) -> int:
        """N, the number of vertices."""
        return self.W.shape[0]

    @cached_property
    def log_degrees(self) -> np.ndarray:
        """(N,) logarithms of the out-degrees."""
        return np.log(self.W.sum(axis=1))

    @property
    def rounding(self) -> float:
        """As of `AttentionGraph`: sums of at most as many terms as a row has entries."""
        return float(np.finfo(float).eps * (2 * np.diff(self.W.indptr).max() + 16))

    def moments(self, X) -> Moments:
        """A X and ||A||_F^2 of the normalized adjacency A."""
        self._needs_symmetry("moments")
        entries = self.W.multiply(self.W).T.multiply(1 / self.degrees).T.multiply(1 / self.degrees)
        return Moments(self._adjacency(X), float(entries.sum()))

    def images_near(self, X, log_degrees) -> Images:
        """Images of X; as of `AttentionGraph`, but the degrees are known."""
        found = self.moments(X)
        return Images(X, found.product, found.squares)

    def _adjacency(self, X):
        root = np.sqrt(self.degrees)[:, None]
        return (self.W @ (X / root)) / root

    def _walk(self, X):
        return (self.W @ X) / self.degrees[:, None]

    def _walk_back(self, X):
        return self.W.T @ (X / self.degrees[:, None])


def attention_graph(
    q, k, *, scale=None, temperature=1, causal: bool = False, how: str | None = None
) -> AttentionGraph:
    """The graph with weights exp(<q_i, k_j> scale / temperature), never formed.

    Parameters
    ----------
    q, k : (N, d_k) arrays
    scale, temperature : as in `spectral.graph.scores`; 1 / sqrt(d_k) and 1 by default
    causal : W_ij = 0 for j > i, before it is symmetrized
    how : None for the directed graph, or as in `spectral.graph.symmetrize`: "mean", "geometric",
        "max", "min"

    *Raises* ValueError where a causal graph is symmetrized by "geometric" or "min", which leave
    its loops alone.
    """
    q, k = check_array(q, "q", ndim=2), check_array(k, "k", ndim=2)
    if q.dtype == object or k.dtype == object:
        raise ValueError("q and k must be floats for an operator, got exact numbers")
    if q.shape != k.shape:
        raise ValueError(f"q and k must have one shape, got {q.shape} and {k.shape}")
    if how is not None:
        check_choice(how, "how", SYMMETRIC)
    if causal and how in ("geometric", "min"):
        raise ValueError(f"how must be 'mean' or 'max' for a causal graph, got {how!r}")
    temperature = check_scalar(temperature, "temperature", like=q, positive=True)
    scale = q.shape[1] ** -0.5 if scale is None else check_scalar(scale, "scale", like=q)
    return AttentionGraph(q, k, scale / temperature, how, bool(causal))


def sparse_graph(W) -> SparseGraph:
    """The graph of (N, N) weights W >= 0, sparse or dense, kept as sparse.

    It counts as symmetric where W = W^T up to 4 N eps max W.

    *Raises* ValueError for a vertex without an edge out, where the walk is undefined.
    """
    W = check_sparse(W, "W")
    d = W.sum(axis=1)
    if not d.all():
        raise ValueError(f"W must have no zero row, got one at {np.flatnonzero(d == 0)[0]}")
    gap = abs(W - W.T).max()
    return SparseGraph(W, bool(gap <= 4 * W.shape[0] * np.finfo(float).eps * W.max()))


__all__ = ["AttentionGraph", "SparseGraph", "attention_graph", "sparse_graph"]
