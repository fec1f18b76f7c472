"""The dense graph of queries and keys: every product makes its weights again, tile by tile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gpu.score_products import (
    Moments,
    log_row_sums,
    symmetric_moments,
    symmetric_product,
    transposed_product,
    weighted_product,
)
from spectral._graph_operators import GraphOperators, Images

_RANGE = 1000.0  # of log-degrees: exp(-1000 / 2) times a double is still a normal number


@dataclass(frozen=True, eq=False, repr=False)
class AttentionGraph(GraphOperators):
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
        self.needs_symmetry("moments")
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
