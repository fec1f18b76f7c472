r"""Layers of binary heads, and the matrices with a single 1 a column that they are built from.

A layer applies several heads to the same tokens and puts their outputs side by side.  Heads
with constant columns in the tokens can *route*: where token i has the one-hot column i, the
scores of two selections of these columns are A_ij = [j = s(i)] for any map s, so that token i
fetches columns of token s(i).  Weights {0, 1} suffice for all of it.

Value width.  Definition 47 has one d_h for W_Q, W_K and W_V; here W_V may have another number
of columns, since columns of zeros in either bring the two to one width and change nothing else.
"""

from dataclasses import dataclass

import numpy as np

from quantization.binary import BinaryHead


@dataclass(frozen=True, eq=False)
class BinaryLayer:
    """Heads side by side: tokens (..., N, d) to (..., N, sum of d_v)."""

    heads: tuple[BinaryHead, ...]

    def __post_init__(self):
        widths = {head.d for head in self.heads}
        if len(widths) != 1:
            raise ValueError(f"heads must read tokens of one width d, got {sorted(widths)}")

    @property
    def d(self) -> int:
        return self.heads[0].d

    def __call__(self, X):
        return np.concatenate([head(X) for head in self.heads], axis=-1)


def selection(d: int, columns) -> np.ndarray:
    """The matrix (d, len(columns)) under which column k of X W is column columns[k] of X.

    An entry may be a list of columns: their sum (of which at most one bit should be 1).
    """
    W = np.zeros((d, len(columns)), dtype=np.int64)
    for k, chosen in enumerate(columns):
        W[chosen, k] = 1
    return W


def fetch(d: int, asking, answering, columns) -> BinaryHead:
    """The head by which token i copies `columns` of the token j that answers it.

    Column asking[k] of token i and answering[k] of token j must be 1 together for some k:
    A_ij = [sum_k x_i,asking[k] x_j,answering[k] >= 1], and bits of several j are joined by OR.
    """
    matrices = (selection(d, chosen) for chosen in (asking, answering, columns))
    return BinaryHead(*matrices, tau=1, theta=1)
