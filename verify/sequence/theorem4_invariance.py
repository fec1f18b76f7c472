"""Theorem 4, b: that the dot-product form is itself translation invariant.

Refuted.  At X = (0, 1), W_Q = W_K = 1, c = 1, the row of the first token goes from 1 : 1 to 1 : e.
So the theorem's own conclusion breaks its hypothesis.

Repair.  c may be added if c W_Q W_K^T is orthogonal to all x_j - x_l.

Proof.  <x_i + c, x_j + c> = <x_i, x_j> + <x_i, c> + <c, x_j> + |c|^2: only the third depends on j.
"""

import numpy as np

from spectral.graph import attention_matrix, scores
from verify import eq
from verify.given import real_matrices, scalars
from verify.proofs.tokens import what_a_translation_adds
from verify.sequence.theorem4 import theorem4


@theorem4.part(
    r"\alpha(X + 1c^\top) = \alpha(X) for dot-product softmax",
    part="b",
    given=(real_matrices(max_side=3), scalars(0, 4)),
    reading="W_Q = W_K = I, c = (t, …, t)",
    why="<c, x_j> is added to the score of key j, and softmax sees it",
)
def invariant(X, t):
    return eq(attention_matrix(X + t, X + t), attention_matrix(X, X), scale=1)


@invariant.amend(
    r"\alpha(X + 1c^\top) = \alpha(X) for c \perp x_j - x_l", proofs=[what_a_translation_adds]
)
def invariant_across(X, t, *, attention=attention_matrix):
    wide = np.concatenate([X, X[:, :1] * 0], axis=1)
    c = np.eye(wide.shape[1], dtype=int)[-1] * t
    return eq(attention(wide + c, wide + c), attention(wide, wide), scale=1)


@invariant_across.mutant("c along the first coordinate")
def invariant_along(X, t):
    wide = np.concatenate([X, X[:, :1] * 0], axis=1)
    c = np.eye(wide.shape[1], dtype=int)[0] * t
    return eq(scores(wide + c, wide + c)[0, 0], scores(wide, wide)[0, 0]) & eq(
        attention_matrix(wide + c, wide + c), attention_matrix(wide, wide), scale=1
    )
