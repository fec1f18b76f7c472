"""Theorem 4: what characterises dot-product attention.

Statement.  Axioms 1-4, weights of pairs only, alpha_ij = f(x_i, x_j) / sum_l f(x_i, x_l) with
f > 0 smooth, and translation invariance, alpha(X + 1c^T) = alpha(X), imply

    a   alpha_ij proportional to exp(<q_i, k_j> / tau), q = x W_Q, k = x W_K
    b   (so that it characterises it) the dot-product form is itself translation invariant

Verdict (a): refuted.  Gaussian attention, f(x, y) = exp(-|x - y|^2), meets every hypothesis.  A
dot product gives the token x = 0 uniform attention, whatever W_Q, W_K and tau are; here the token 0
of the sequence 0, 1 gives weights 1 : 1/e.
Verdict (b): refuted.  It is not: `theorem4_invariance`.

Repair.  The hypotheses give alpha_ij proportional to h(x_j - x_i), with h(u) = f(0, u)/f(0, 0),
and every smooth h > 0 occurs.

Proof.  F(x, y) = f(x, y)/f(x, x) is alpha_12/alpha_11 of the sequence (x, y), so
F(x + c, y + c) = F(x, y); take c = -x.

Source.  Section 2.2.  Kernels h of this kind: Tsai et al., Transformer dissection, EMNLP 2019.
"""

import numpy as np

from spectral.distances import gaussian_attention, weights_by_differences
from spectral.graph import transition_matrix
from verify import Claim, eq
from verify.given import real_matrices

theorem4 = Claim("sequence/theorem4", "what characterises dot-product attention")


@theorem4.part(
    r"\alpha_{ij} \propto \exp(\langle q_i, k_j\rangle/\tau)",
    part="a",
    given=real_matrices(max_side=3),
    reading="for Gaussian weights: the token x = 0 would attend uniformly, whatever W_Q, W_K, τ",
    why="exp(-|x - y|²) meets every hypothesis and is no dot product",
)
def bilinear(X):
    row = gaussian_attention(np.concatenate([X[:1] * 0, X]))[0]  # of the sequence 0, x_1, ...
    return eq(row * len(row), 1)


@bilinear.amend(r"\alpha_{ij} \propto h(x_j - x_i), h(u) = f(0, u)/f(0, 0)")
def depends_on_differences(X):
    return _by_differences(X, lambda weights: weights)


@depends_on_differences.mutant("h(x_i - x_j)")
def depends_on_opposite_differences(X):
    return _by_differences(X, lambda weights: weights.T)


def _by_differences(X, read):
    """alpha_ij against alpha_11 alone and the two-token sequences (0, x_j - x_i)."""
    h = weights_by_differences(lambda Y: gaussian_attention(Y, drift=1), X)
    return eq(gaussian_attention(X, drift=1), transition_matrix(read(h)), scale=1)
