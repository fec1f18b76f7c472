"""Theorem 60: convergence of straight-through training.

Statement.  For a Lipschitz loss with bounded gradients, training with the straight-through
estimator (Definition 59) converges to a stationary point of L~(theta) = E_Q[L(Q(theta))] at the
rate O(1/sqrt T).

Verdict: refuted.  L(t) = |t_1 - 1/4| has the Lipschitz constant 1.  Whatever E_Q means:

    Q as defined         nothing is random.  L~ is constant between its jumps, so every other W is
                         stationary, and the statement can only be that training settles.  It does
                         not: from W = (1/3 + r/2, 1) steps of size r <= 4/3 lead to (1/3 - r/2, 1)
                         and back for ever, L~ from 3/4 to 1/4 and back.  Small r: nearer to a jump.
    unbiased rounding    w becomes 1 with probability w, else 0.  The mean estimate is 2w - 1, which
                         leads to w = 1/2; but L~(w) = 1/4 + w/2 has the slope 1/2 on all of (0, 1).

On measured data one trit in five flips at every step (`theorem60_flips`).

Repair.  (a) For convex L at scale 1, with a projection on the box |w_i| <= 1 in place of the
indicator, |grad L|_2 <= G and |grad L|_1 <= G_1 on the trits, and w* in the box:

    mean_{t < T} L(q_t) - L(w*) <= |w_0 - w*|^2 / (2 r T) + r G^2 / 2 + G_1 / 2,

O(1/sqrt T) at r ~ 1/sqrt T, down to a floor G_1 / 2, which L(t) = |t - 1/2| never leaves.
(b) For quadratic L and unbiased rounding in the box the mean estimate is grad L(w): training is
stochastic gradient descent on L, not on L~.  For convex L and with the projection, the mean of the
w_t is O(1/sqrt T) above the minimum of L over the box, in expectation.

Proof.  `quantization.one_weight`, `.straight_through`, `.random_rounding`.

Source.  Li et al., Training quantized nets, NeurIPS 2017, for (a); Nemirovski et al., SIAM J.
Optim. 19 (2009), for the rate in (b); Yin et al., ICLR 2019, for one hidden layer.
"""

from fractions import Fraction

from quantization.box_descent import descent_bound
from quantization.one_weight import slope_of_the_surrogate, swing_of_the_loss
from quantization.random_rounding import expectation, surrogate_gradient
from verify import Claim, eq, le, rows
from verify.given import counts, regressions, scalars
from verify.proofs.ternary import one_step_and_one_rounding, the_gradient_is_affine

theorem60 = Claim("sequence/theorem60", "convergence of straight-through training")

LEFT = {"as defined": swing_of_the_loss, "unbiased": slope_of_the_surrogate}


@theorem60.part(
    r"straight-through training finds a stationary point of $E_Q[L(Q(\theta))]$ at $C/\sqrt T$",
    given=rows([("as defined", 10**4), ("unbiased", 10**4)]),
    constants=(10, 1000),
    reading="after T = n² steps of size 1/n: |L̃'| ≤ C/n for unbiased rounding; for Q as defined, "
    "where L̃' is 0 or undefined, L̃ changes by at most C/n between steps",
    why="an exact cycle of two states; an exact fixed point with slope 1/2",
)
def converges(C, Q, n):
    return le(n * LEFT[Q](Fraction(1, n)), C)


@converges.amend(
    r"(a) mean $L(q_t) - L(w^*) \le |w^*|^2/(2rT) + rG^2/2 + G_1/2$, for convex L and a box",
    given=(regressions(), scalars(0, 2), counts(1, 12)),
    constants=(),
    reference="compare Li et al. (2017) on convex losses",
    proofs=[one_step_and_one_rounding],
)
def down_to_a_floor(X, y, best, r, T):
    bound = descent_bound(X, y, best, rate=r, steps=T)
    return le(bound.gap, bound.descent + bound.floor, scale=abs(X).sum() + abs(y).sum())


@down_to_a_floor.mutant("half of the floor")
def half_the_floor(X, y, best, r, T):
    bound = descent_bound(X, y, best, rate=r, steps=T)
    return le(bound.gap, bound.descent + bound.floor / 2)


@converges.amend(
    r"(b) $E\,grad L(Q(w)) = grad L(w)$ for quadratic L and unbiased rounding",
    given=regressions(),
    constants=(),
    reference="with the rate of Nemirovski et al. (2009)",
    proofs=[the_gradient_is_affine],
)
def descends_on_the_loss(X, y, w):
    size = abs(X).sum() * (abs(X).sum() + abs(y).sum())
    return eq(expectation(lambda q: X.T @ (X @ q - y), w), X.T @ (X @ w - y), scale=size)


@descends_on_the_loss.mutant("the gradient of E L(Q(w)) in place of grad L(w)")
def descends_on_the_surrogate(X, y, w):
    return eq(surrogate_gradient(lambda q: ((X @ q - y) ** 2).sum(), w), 2 * X.T @ (X @ w - y))
