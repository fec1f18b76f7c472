r"""One weight in front of its threshold: straight-through training solved exactly, for ever.

The loss L(t) = |t_1 - 1/4| of trits is Lipschitz with constant 1; its gradient is 1 at t_1 = 1 and
-1 at t_1 = 0, -1.

*Q as defined*, W = (w, 1).  The trit of w is 1 beyond 1/3, as 2 w > gamma = (1 + w)/2, and 0 from
-1/3 to 1/3.  With rate r <= 4/3 the weight 1/3 + r/2 goes to 1/3 - r/2 and back, L between 3/4 and
1/4; a smaller rate brings w nearer to 1/3, where L(Q(W)) jumps.

*Unbiased rounding* of one weight w.  The mean estimate is 2w - 1 on [0, 1] and -1 on [-1, 0), so
that every w of (-1, 1) tends to 1/2.  The surrogate E L(Q(w)) is 1/4 + w/2 on [0, 1], with slope
1/2, and 1/4 - w on [-1, 0]: of all w in (-1, 1) it is stationary at the kink 0 alone.

Reference: sequence paper, Definition 59 and Theorem 60.
"""

from fractions import Fraction

import numpy as np

from quantization.orbits import Orbit, orbit
from quantization.random_rounding import expectation, surrogate_gradient
from quantization.straight_through import straight_through_step
from quantization.ternary import ternarize

QUARTER = Fraction(1, 4)


def loss(trits):
    """|t_1 - 1/4|, a Fraction."""
    return abs(int(trits[0]) - QUARTER)


def gradient(trits):
    """Its gradient in all trits: (n,) int64, 0 but for the first."""
    return np.where(np.arange(len(trits)) == 0, 1 if trits[0] > QUARTER else -1, 0)


def deterministic_orbit(rate: Fraction) -> Orbit:
    """W = (1/3 + rate/2, 1) and where Definition 59 takes it, as tuples; 0 < rate <= 4/3."""
    if not 0 < rate <= Fraction(4, 3):
        raise ValueError(f"rate must be in (0, 4/3], got {rate}")

    def step(state):
        return tuple(straight_through_step(_array(state), gradient, rate=rate))

    return orbit(step, (Fraction(1, 3) + rate / 2, Fraction(1)))


def unbiased_orbit(rate: Fraction, *, start: Fraction = Fraction(1, 2)) -> Orbit:
    """(w,) under the mean estimate of unbiased rounding, as tuples.

    Other starts come back only where they meet 1/2, as (1 - 2 rate)^t is 0 for rate 1/2 alone.
    """

    def step(state):
        return tuple(_array(state) - rate * expectation(gradient, _array(state)))

    return orbit(step, (start,))


def swing_of_the_loss(rate: Fraction) -> Fraction:
    """The largest difference of L(Q(W)) between two states that come back for ever: 1/2."""
    losses = [loss(ternarize(_array(state))) for state in deterministic_orbit(rate).cycle]
    return max(losses) - min(losses)


def slope_of_the_surrogate(rate: Fraction) -> Fraction:
    """|grad E L(Q(w))| where the mean estimate stays for ever: 1/2."""
    (state,) = unbiased_orbit(rate).cycle
    return abs(surrogate_gradient(loss, _array(state))[0])


def _array(state):
    return np.array(state, dtype=object)
