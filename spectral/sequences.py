"""Sequences of tokens, and what one may ask of a mechanism that maps them.

A sequence of N tokens in R^d is a matrix X (N, d).  A mechanism sends X to weights alpha (N, N),
row i the attention that token i pays, and the output is alpha (X W_V).

References: sequence paper, Notation 1, Definitions 2 and 3, Axioms 1-4.
"""

from collections.abc import Callable

import numpy as np

from spectral._checks import check_array, check_count
from spectral._numbers import plain


def inner_product(X, Y):
    """Tr(X^T Y) = sum_ij X_ij Y_ij of two sequences (N, d).  Definition 2."""
    X, Y = check_array(X, "X", ndim=2), check_array(Y, "Y", ndim=2)
    if X.shape != Y.shape:
        raise ValueError(f"X and Y must have one shape, got {X.shape} and {Y.shape}")
    return plain((X * Y).sum())


def embed(tokens, table) -> np.ndarray:
    """X = (phi(v_1), ..., phi(v_N)): (N, d), the rows of `table` (vocabulary, d).  Definition 3."""
    table, tokens = check_array(table, "table", ndim=2), np.asarray(tokens)
    if tokens.ndim != 1 or tokens.dtype.kind not in "iu":
        raise ValueError(f"tokens must be a vector of integers, got {tokens.dtype} {tokens.shape}")
    for v in tokens:
        check_count(int(v), "tokens", 0, len(table) - 1)
    return table[tokens]


def aggregate(weights, X, W_V) -> np.ndarray:
    """alpha (X W_V): (N, d_v), a weighted linear combination of value vectors.  Axiom 3."""
    weights, X = check_array(weights, "weights", ndim=2), check_array(X, "X", ndim=2)
    return weights @ (X @ check_array(W_V, "W_V", ndim=2))


def equivariance_defect(mechanism: Callable, X, order) -> np.ndarray:
    """alpha(X[order]) - alpha(X)[order][:, order]: (N, N), zero for Axiom 1.

    `order` is a permutation of the tokens; `mechanism` takes X to weights.
    """
    X, order = check_array(X, "X", ndim=2), np.asarray(order)
    if sorted(order.tolist()) != list(range(len(X))):
        raise ValueError(f"order must be a permutation of {len(X)} tokens, got {order.tolist()}")
    return mechanism(X[order]) - mechanism(X)[np.ix_(order, order)]


def normalization_defect(weights) -> np.ndarray:
    """Row sums minus 1: (N,), zero for Axiom 2."""
    return check_array(weights, "weights", ndim=2).sum(axis=1) - 1
