r"""What one binary head computes of literals: thresholds of thresholds of products of two.

Tokens hold *literals*: every bit is a constant, an input x_k or its complement 1 - x_k (a dual
rail).  The weights are {0, 1}.  Then one head computes exactly the functions

    f(x) = [ sum_t [l^T M_t l >= tau_t] >= theta ],     l = (x, 1 - x),  M_t >= 0 integers.

That it computes them all is `quadratic_head`, that it computes no others the levels of
`quantization.attention_circuits`.  With diagonal M_t these are the circuits of depth 2.

*What it does not compute*, with s forms whose entries sum to w at most, unless

    s ((w + 1)^2 + 1) >= (4/3)^(n/4) / 2,

is f(x, y, z) = x_1 y_1 z_1 + ... + x_n y_n z_n mod 2.  *Proof.*  (i) Let S be a set that does not
depend on x, cut with one that does not depend on y, and one that does not on z.  Cauchy-Schwarz
over x, then y: |E 1_S (-1)^f|^4 <= E |E_z (-1)^(sum_i z_i (x_i + x'_i)(y_i + y'_i))| = (3/4)^n.
(ii) A product of two literals leaves out x, y or z, so l^T M l is a sum of three parts that each
do; for every pair of values of two of them, [l^T M l >= tau] is such an S.  These are (w + 1)^2 at
most, and disjoint.  (iii) If f = [sum_t g_t >= theta], then E(g_t | f = 1) - E(g_t | f = 0) >= 1/s
for some t, so |E g_t (-1)^f| >= 1/(2s) - (3/4)^n.  []

References: sequence paper, Theorem 49; J. Hastad and M. Goldmann, On the power of small-depth
threshold circuits, Comput. Complexity 1 (1991).
"""

from dataclasses import dataclass, replace

import numpy as np

from quantization._checks import check_integers
from quantization.binary import BinaryHead
from quantization.layers import selection


def literals(x):
    """(x, 1 - x) for bits x (..., n): (..., 2n)."""
    x = check_integers(x, "x", (0, 1))
    return np.concatenate([x, 1 - x], axis=-1)


def embed(pattern, x):
    """Tokens (..., *pattern.shape) whose bits are those of (0, 1, x, 1 - x) that pattern names."""
    bits = literals(x)
    constants = np.broadcast_to([0, 1], (*bits.shape[:-1], 2))
    return np.concatenate([constants, bits], axis=-1)[..., pattern]


def quadratic_threshold(x, forms, thresholds, theta: int):
    """[sum_t [l^T M_t l >= tau_t] >= theta] for bits x (..., n): bits (...).

    forms : (s, 2n, 2n) integers, the M_t; thresholds : (s,), the tau_t.
    """
    values = np.einsum("...a,tab,...b->...t", literals(x), forms, literals(x))
    return ((values >= thresholds).sum(axis=-1) >= theta).astype(np.int64)


@dataclass(frozen=True, eq=False)
class LiteralHead:
    """A head on tokens of constants and literals; its output bit (0, 0) is the function."""

    head: BinaryHead
    pattern: np.ndarray  # (N, d): which of (0, 1, x, 1 - x) each bit of the tokens is
    inputs: int  # n

    def __call__(self, x):
        """The function's bits (...) on inputs x (..., n)."""
        return self.head(embed(self.pattern, x))[..., 0, 0]


def quadratic_head(forms, thresholds, theta: int) -> LiteralHead:
    """One head with weights {0, 1} that is `quadratic_threshold`.

    Token 0 asks: it holds l, and a 1.  Token t answers: at place (a, r) it holds the r-th literal
    that M_t pairs with a, so that the score is l^T M_t l, and it has as many further 1s as raise
    tau_t to the common threshold.

    Parameters
    ----------
    forms : (s, 2n, 2n) integers >= 0, s and n at least 1.
    thresholds : (s,) integers.
    theta : how many of the s must be reached.
    """
    forms, thresholds = _check_forms(forms), np.asarray(thresholds)
    if thresholds.shape != forms.shape[:1] or thresholds.dtype.kind not in "iu":
        raise ValueError(f"thresholds must be an integer for each form, got {thresholds!r}")
    thresholds = np.maximum(thresholds, 0)  # l^T M l >= 0 anyway
    m, repeats, tau = forms.shape[1], int(forms.sum(axis=2).max()), int(thresholds.max())
    answers = [_answer(M, repeats, tau, t) for M, t in zip(forms, thresholds, strict=True)]
    width = m * repeats + tau
    pattern = [_question(m, width), *([0] * (m + 1) + answer + [1] for answer in answers)]
    d = m + 2 + width  # l and the 1 that ask, the answer, and a mark of the tokens that answer
    head = BinaryHead(
        W_Q=selection(d, [a for a in range(m) for _ in range(repeats)] + [m] * tau),
        W_K=selection(d, range(m + 1, d - 1)),
        W_V=selection(d, [d - 1]),
        tau=tau,
        theta=int(theta),
    )
    return LiteralHead(head, np.array(pattern), m // 2)


def single_rail(made: LiteralHead) -> LiteralHead:
    """The same head without complements: 0 in the place of each 1 - x_k."""
    return replace(made, pattern=np.where(made.pattern < 2 + made.inputs, made.pattern, 0))


def _question(m, width):
    """Token 0: the literals, a 1, nothing to answer."""
    return [2 + a for a in range(m)] + [1] + [0] * width + [0]


def _answer(M, repeats, tau, threshold):
    """What a token answers: literals by the places (a, r), then tau - threshold ones."""
    rows = ([2 + b for b, count in enumerate(row) for _ in range(count)] for row in M)
    places = [literal for row in rows for literal in row + [0] * (repeats - len(row))]
    return places + [1] * int(tau - threshold) + [0] * int(threshold)


def _check_forms(forms):
    forms = np.asarray(forms)
    if forms.ndim != 3 or not forms.size or forms.shape[1] != forms.shape[2] or forms.shape[1] % 2:
        raise ValueError(f"forms must be (s, 2n, 2n), nonempty, got shape {forms.shape}")
    if forms.dtype.kind not in "iu" or (forms < 0).any():
        raise ValueError(f"forms must be integers >= 0, got {forms.min()} of {forms.dtype}")
    return forms
