r"""The binary attention head: thresholds in place of softmax.

    A_ij = [<q_i, k_j> >= tau],        Y = [A V >= theta],

with q, k, v the rows of X W_Q, X W_K, X W_V, for bits X (N, d) and weights from an alphabet,
{0, 1} in the published definition.

*Reading.*  The definition says that X W_Q is in B^{d_h}, but a product of bits counts: it may
be 2.  Both readings are here, as `projection`: "count" keeps the integers, and "boolean" puts
back [X W >= 1], the OR of the bits selected.

**A head with weights {0, 1} is monotone**: X <= X' entrywise implies Y(X) <= Y(X'), for all
sizes, thresholds and both readings.  *Proof.*  Weights >= 0: q, k, v do not fall, and are
>= 0; so no <q_i, k_j> falls, no A_ij falls, no sum A_ij v_j falls, no Y does.  []  A composition
of such heads is monotone too, and constant tokens or columns change nothing.  Hence NOT,
NAND, NOR, XOR and every other function that is not monotone is out of reach, at any size.
Negative weights break the second step, complemented inputs (x, 1 - x) the premise.

References: sequence paper, Definitions 46 and 47; the bipolar weights and the dual rail are
from its proof of Theorem 48.
"""

from dataclasses import dataclass

import numpy as np

from quantization._checks import check_choice, check_integers

ALPHABETS = {"binary": (0, 1), "bipolar": (-1, 1), "ternary": (-1, 0, 1)}
PROJECTIONS = ("count", "boolean")


@dataclass(frozen=True, eq=False)
class BinaryHead:
    """A head of width d_h on tokens of d bits; call it on X (..., N, d)."""

    W_Q: np.ndarray  # (d, d_h), entries from the alphabet
    W_K: np.ndarray  # (d, d_h)
    W_V: np.ndarray  # (d, d_v), in the published definition d_v = d_h
    tau: int  # token i attends to token j where <q_i, k_j> >= tau
    theta: int  # an output bit is 1 where its sum reaches theta
    weights: str = "binary"  # or "bipolar", "ternary"
    projection: str = "count"  # or "boolean": see the module

    def __post_init__(self):
        alphabet = ALPHABETS[check_choice(self.weights, "weights", ALPHABETS)]
        check_choice(self.projection, "projection", PROJECTIONS)
        for name in ("W_Q", "W_K", "W_V"):
            W = check_integers(getattr(self, name), name, alphabet, ndim=2)
            object.__setattr__(self, name, W)
        if self.W_Q.shape != self.W_K.shape or len(self.W_V) != self.d:
            shapes = f"{self.W_Q.shape}, {self.W_K.shape} and {self.W_V.shape}"
            raise ValueError(f"W_Q, W_K, W_V must be (d, d_h), (d, d_h), (d, d_v), got {shapes}")
        for name in ("tau", "theta"):
            if not isinstance(getattr(self, name), (int, np.integer)):
                raise ValueError(f"{name} must be an integer, got {getattr(self, name)!r}")

    @property
    def d(self) -> int:
        return self.W_Q.shape[0]

    def scores(self, X):
        """<q_i, k_j>: (..., N, N) integers."""
        X = self._tokens(X)
        q, k = (project(X, W, self.projection) for W in (self.W_Q, self.W_K))
        return exact_product(q, np.swapaxes(k, -1, -2))

    def attention(self, X):
        """A: (..., N, N), 1 where token i attends to token j."""
        return (self.scores(X) >= self.tau).astype(np.int64)

    def __call__(self, X):
        """Y: (..., N, d_v) bits, for bits X (..., N, d)."""
        values = project(self._tokens(X), self.W_V, self.projection)
        return (exact_product(self.attention(X), values) >= self.theta).astype(np.int64)

    def _tokens(self, X):
        X = check_integers(X, "X", (0, 1))
        if X.ndim < 2 or X.shape[-1] != self.d:
            raise ValueError(f"X must be (..., N, {self.d}) bits, got shape {X.shape}")
        return X


def project(X, W, projection):
    """X W, or its Boolean reading [X W >= 1]: integers."""
    product = exact_product(X, W)
    return product if projection == "count" else (product >= 1).astype(np.int64)


def exact_product(A, B):
    """A B for integer arrays, by way of float64, which is exact below 2^53 and has BLAS."""
    return (A.astype(float) @ B.astype(float)).astype(np.int64)
