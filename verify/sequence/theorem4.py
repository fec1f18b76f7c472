"""Theorem 4: what characterises dot-product attention.

Statement.  Axioms 1-4, weights of pairs only, alpha_ij = f(x_i, x_j) / sum_l f(x_i, x_l) with
f > 0 smooth, and translation invariance, alpha(X + 1c^T) = alpha(X), imply

    a   alpha_ij proportional to exp(<q_i, k_j> / tau), q = x W_Q, k = x W_K
    b   (so that it characterises it) the dot-product form is itself translation invariant

Verdict (a): refuted.  Gaussian attention, f(x, y) = exp(-|x - y|^2), meets every hypothesis.  A
dot product gives the token x = 0 uniform attention, whatever W_Q, W_K and tau are; here the token 0
of the sequence 0, 1 gives weights 1 : 1/e.
Verdict (b): refuted.  At X = (0, 1), W_Q = W_K = 1, c = 1, the row of the first token goes from
1 : 1 to 1 : e.  So the theorem's own conclusion breaks its hypothesis.

Repair.  (a) The hypotheses give alpha_ij proportional to h(x_j - x_i), with h(u) = f(0, u)/f(0, 0),
and every smooth h > 0 occurs.  (b) c may be added if c W_Q W_K^T is orthogonal to all x_j - x_l.

Proof.  (a) F(x, y) = f(x, y)/f(x, x) is alpha_12/alpha_11 of the sequence (x, y), so
F(x + c, y + c) = F(x, y); take c = -x.  (b) <x_i + c, x_j + c> = <x_i, x_j> + <x_i, c> + <c, x_j>
+ |c|^2: only the third depends on j.

Source.  Section 2.2.  Kernels h of this kind: Tsai et al., Transformer dissection, EMNLP 2019.
"""

import numpy as np

from spectral.graph import attention_matrix, scores, transition_matrix
from verify import Claim, eq
from verify.given import real_matrices, scalars
from verify.proofs.tokens import what_a_translation_adds

theorem4 = Claim("sequence/theorem4", "what characterises dot-product attention")


def gaussian_attention(X, *, drift=0):
    """Weights f(x, y) = exp(-|x - y|^2 + drift sum(y - x)): translation invariant."""
    squares = ((X[:, None] - X[None]) ** 2).sum(axis=2)
    shifts = (X[None] - X[:, None]).sum(axis=2)
    return transition_matrix(np.exp(drift * shifts - squares))


def after_zero(X):
    """The sequence 0, x_1, ..., x_N."""
    return np.concatenate([X[:1] * 0, X])


@theorem4.part(
    r"\alpha_{ij} \propto \exp(\langle q_i, k_j\rangle/\tau)",
    part="a",
    given=real_matrices(max_side=3),
    reading="for Gaussian weights: the token x = 0 would attend uniformly, whatever W_Q, W_K, τ",
    why="exp(-|x - y|²) meets every hypothesis and is no dot product",
)
def bilinear(X):
    row = gaussian_attention(after_zero(X))[0]
    return eq(row * len(row), 1)


@bilinear.amend(r"\alpha_{ij} \propto h(x_j - x_i), h(u) = f(0, u)/f(0, 0)")
def depends_on_differences(X):
    return _by_differences(X, lambda weights: weights)


@depends_on_differences.mutant("h(x_i - x_j)")
def depends_on_opposite_differences(X):
    return _by_differences(X, lambda weights: weights.T)


def _by_differences(X, read):
    """alpha_ij against alpha_11 alone and the two-token sequences (0, x_j - x_i)."""
    h = np.empty((len(X), len(X)), X.dtype)
    for i, j in np.ndindex(h.shape):
        pair = gaussian_attention(after_zero((X[j] - X[i])[None]), drift=1)[0]
        h[i, j] = pair[1] / pair[0]
    return eq(gaussian_attention(X, drift=1), transition_matrix(read(h)), scale=1)


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
