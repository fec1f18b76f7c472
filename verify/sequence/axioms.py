"""Axioms 1-4: what any attention mechanism must satisfy.

Statement.  Axiom 1: A(sigma X) = sigma A(X).  Axiom 2: rows of the attention matrix are probability
vectors.  Axiom 3: outputs are alpha (X W_V).  Axiom 4: the weights are smooth in X.  "Fundamental
axioms that any attention mechanism must satisfy."

Verdict (must-satisfy): refuted.  The paper's own mechanisms do not.  Its binary head (Def. 47)
on the tokens 1, 1 has rows (1, 1), of sum 2.  Its local window and every causal head know
positions: swapping the tokens 0, 1 does not swap the weights.

Repair.  Softmax attention of all keys, without mask or position, satisfies Axioms 1 and 2.
(Axiom 3 as printed has A from M_(N,d) to itself with values in R^(d_v): it needs d_v = d.)

Source.  Section 2; Definition 47; section 13.1 for the window.
"""

import numpy as np

from quantization.binary import BinaryHead
from spectral.graph import attention_matrix
from spectral.sequences import equivariance_defect, normalization_defect
from verify import Claim, eq, every
from verify.given import real_matrices

axioms = Claim("sequence/axioms", "what any attention mechanism must satisfy")


def causal(X):
    return attention_matrix(X, X, causal=True)


def softmax(X):
    return attention_matrix(X, X)


def binary(X):
    """Definition 47 with one projection column of ones and threshold 1: A_ij = [x_i x_j >= 1]."""
    one = np.ones((X.shape[1], 1), dtype=int)
    head = BinaryHead(W_Q=one, W_K=one, W_V=one, tau=1, theta=1)
    return head.attention(X).astype(object)


MECHANISMS = {"softmax": softmax, "causal softmax": causal, "binary head": binary}


@axioms.part(
    "the mechanisms of the paper satisfy Axioms 1 and 2",
    part="must-satisfy",
    given=every(["softmax", "binary head", "causal softmax"]),
    reading="on two tokens: row sums 1, and swapping the tokens swaps the weights",
    why="binary rows sum to 2; windows and masks know positions",
)
def satisfied(mechanism):
    X = np.array([[1], [1]] if mechanism == "binary head" else [[0], [1]])
    weights = MECHANISMS[mechanism]
    return eq(normalization_defect(weights(X)), 0, scale=1) & eq(
        equivariance_defect(weights, X, [1, 0]), 0, scale=1
    )


@satisfied.amend("softmax attention of all keys satisfies Axioms 1 and 2", given=real_matrices())
def softmax_satisfies(X):
    order = np.arange(len(X))[::-1]
    return eq(normalization_defect(softmax(X)), 0, scale=1) & eq(
        equivariance_defect(softmax, X, order), 0, scale=1
    )


@softmax_satisfies.mutant("with a causal mask")
def masked_satisfies(X):
    return eq(equivariance_defect(causal, X, np.arange(len(X))[::-1]), 0, scale=1)
