"""Theorem 58: the Frobenius error of ternary quantization.

Statement.  Let W be a real n x m matrix, W != 0, and

    gamma = mean |W_ij|,     Q(W) = RoundClip(W / gamma, -1, 1).

Then ||W - gamma Q(W)||_F <= (gamma / 2) sqrt(nm).                            (1)

Verdict: refuted.  Rounding moves an entry by at most gamma/2, but clipping moves an
entry w > gamma by w - gamma, without limit.  At W = (0, 1): gamma = 1/2, the residual
is (0, 1/2), and 1/2 > sqrt(2)/4.  This is the rule, not a corner: for i.i.d. Gaussian
W the left side of (1) over the right side tends to 1.286 as nm grows.

Repair.  Both of these hold, and no constant in them can be improved:

    (a)  (1), if every |W_ij| <= 3/2 gamma;                 equality at (1, 3)
    (b)  ||W - gamma Q(W)||_F <= (nm - 1) gamma, W != 0;    equality at (0, ..., 0, 1)

Proof.  Let x = |w| / gamma, and e(x) the distance from x to the nearer of 0 and 1.
(a) e <= 1/2 on [0, 3/2]; sum the squares.
(b) x - e(x) >= 0 always, and = 1 once x >= 1.  The x average 1, so some x >= 1; hence
    sum e <= sum x - 1 = nm - 1, and sum e^2 <= (sum e)^2.

Source.  Q is the absmean quantizer of Ma et al. (2024), arXiv:2402.17764, with eps = 0.
"""

from fractions import Fraction

from quantization.ternary import absmean, dequantize
from verify import Claim, le
from verify.given import weights
from verify.proofs.ternary import errors_sum_to_at_most_all_but_one, rounding_moves_at_most_a_half

theorem58 = Claim("sequence/theorem58", "the Frobenius error of ternary quantization")


def squared_error(W, quantizer=dequantize):
    return ((W - quantizer(W)) ** 2).sum()


# Every comparison is of squares: no root is taken, so the same lines are exact on
# rationals, and no tolerance is needed.


@theorem58.part(
    r"\|W - \gamma Q(W)\|_F \le \tfrac{\gamma}{2}\sqrt{nm}",
    given=weights(),
    why="clipping moves an entry w > γ by w - γ, without limit",
)
def half_step(W, *, quantizer=dequantize):
    return le(squared_error(W, quantizer), absmean(W) ** 2 * W.size / 4)


@half_step.amend(
    r"(1), if every $|W_{ij}| \le \tfrac32\gamma$",
    given=weights(within=Fraction(3, 2)),
    equality=[[1, 3]],
    reference="proof (a): rounding alone, no clipping",
    proofs=[rounding_moves_at_most_a_half],
)
def clipped(W, *, quantizer=dequantize):
    return half_step(W, quantizer=quantizer)


@half_step.amend(
    r"\|W - \gamma Q(W)\|_F \le (nm - 1)\gamma",
    equality=[[0, 0, 1]],
    reference="proof (b): one spike is the worst",
    proofs=[errors_sum_to_at_most_all_but_one],
)
def one_spike(W, *, quantizer=dequantize):
    return le(squared_error(W, quantizer), absmean(W) ** 2 * (W.size - 1) ** 2)


@clipped.mutant("8/5 in place of 3/2", given=weights(within=Fraction(8, 5)))
def wider(W):
    return half_step(W)


@one_spike.mutant("nm - 2 in place of nm - 1")
def one_fewer(W):
    return le(squared_error(W), absmean(W) ** 2 * (W.size - 2) ** 2)
