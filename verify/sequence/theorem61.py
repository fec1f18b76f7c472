"""Theorem 61: quantization-aware training against quantization after training.

Statement.  For ternary quantization eps_QAT = O(eps_PTQ^2): "quantization-aware training achieves
quadratically smaller approximation error".

Verdict: refuted.  Whatever the training does, its weights are a scale times trits, and so its error
is at least that of the best of them.  W = (1, 1 + d), 0 < d <= 1: absmean gives the scale 1 + d/2
and the trits (1, 1), which are the best.  So eps_QAT = eps_PTQ = d / sqrt(2) at least, and
eps_QAT / eps_PTQ^2 = sqrt(2) / d exceeds every constant.  These are the errors of Theorem 58,
||W - a T||_F; divided by ||W||_F, or squared, they do the same.  The square is what the loss
|X w - y|^2 grows by where X^T X = 1: so the statement fails for the loss of the task too.

Measured, too (`theorem61_measured`): 6.2 eps_PTQ^2 for the best ternary model of diabetes.

Repair.  eps_QAT <= eps_PTQ for the best of all, with equality at (1, 2); there is no lower bound
by eps_PTQ, as at (0, 1) eps_PTQ = 1/2 and eps_QAT = 0.  And for every W of n entries

    eps_QAT^2 <= (1 - 1/A_n) ||W||^2,    A_n = sum_{k <= n} (sqrt(k) - sqrt(k - 1))^2,

with equality where |W| = (1, sqrt(2) - 1, ..., sqrt(n) - sqrt(n - 1)).

Proof.  `quantization.ternary_fit`.

Source.  Li, Zhang and Liu, Ternary weight networks, arXiv:1605.04711 (2016), for the best T.
"""

import numpy as np

from quantization.ternary import dequantize, squared_error
from quantization.ternary_fit import best_ternary, worst_relative_error
from verify import Claim, le
from verify.given import scalars, weights
from verify.proofs.ternary import any_scale_is_worse_than_the_best, summation_by_parts

theorem61 = Claim("sequence/theorem61", "training aware of quantization, and quantizing after it")


def two_weights(d):
    return np.array([[d * 0 + 1, d + 1]])


@theorem61.part(
    r"\epsilon_{QAT} \le C \epsilon_{PTQ}^2",
    given=scalars(0, 1),
    constants=(10, 1000),
    reading="W = (1, 1 + d), errors ‖W - aT‖/‖W‖; QAT finds the best a and T that there are",
    why="the trits of absmean are already the best: both errors are d/√2",
)
def quadratically_smaller(C, d):
    W = two_weights(d)
    aware, after = best_ternary(W).squared_error, squared_error(W)
    return le(aware * (W**2).sum(), C**2 * after**2)


@quadratically_smaller.amend(
    r"\epsilon_{QAT} \le \epsilon_{PTQ} for the best scale and trits",
    given=weights(),
    constants=(),
    equality=[[1, 2]],
    reference="a minimum is not above one of its values",
    proofs=[any_scale_is_worse_than_the_best],
)
def not_larger(W, *, quantizer=dequantize):
    after = ((W - quantizer(W)) ** 2).sum()
    return le(best_ternary(W).squared_error, after, scale=(W**2).sum())


@not_larger.mutant("smaller by 1 %")
def smaller(W):
    return le(10**4 * best_ternary(W).squared_error, 99**2 * squared_error(W))


@quadratically_smaller.amend(
    r"\epsilon_{QAT}^2 \le (1 - 1/A_n)\|W\|^2, A_n = \sum_{k \le n} (\sqrt k - \sqrt{k-1})^2",
    given=weights(),
    constants=(),
    reference="quantization.ternary_fit, with its proof",
    proofs=[summation_by_parts],
)
def at_worst(W):
    size = (W**2).sum()
    return le(
        best_ternary(W).squared_error, worst_relative_error(W.size, like=size) * size, scale=size
    )


@at_worst.mutant("nine tenths of it")
def at_worst_a_tenth_less(W):
    size = (W**2).sum()
    worst = worst_relative_error(W.size, like=size) * size
    return le(10 * best_ternary(W).squared_error, 9 * worst)
