"""A `LinearOperator` made of two functions of blocks; imported where one is made."""

from __future__ import annotations

import numpy as np
from scipy.sparse.linalg import LinearOperator


class BlockOperator(LinearOperator):
    """N x N, real: `forward` and `backward` take (N, b) blocks to A X and A^T X."""

    def __init__(self, N, forward, backward):
        super().__init__(np.dtype(float), (N, N))
        self._forward, self._backward = forward, backward

    def _matmat(self, X):
        return self._forward(np.asarray(X))

    def _matvec(self, x):
        return self._forward(np.reshape(x, (-1, 1)))[:, 0]

    def _rmatmat(self, X):
        return self._backward(np.asarray(X))

    def _rmatvec(self, x):
        return self._backward(np.reshape(x, (-1, 1)))[:, 0]

    def _adjoint(self):
        return BlockOperator(self.shape[0], self._backward, self._forward)

    _transpose = _adjoint  # real
