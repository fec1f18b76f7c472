"""One weight in front of its threshold: the cycle and the fixed point, for ever."""

from fractions import Fraction

import pytest

from quantization import one_weight
from quantization.random_rounding import expectation, surrogate_gradient

THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


@pytest.mark.parametrize("rate", [Fraction(1, 10), Fraction(1, 10**6), Fraction(2, 7), 4 * THIRD])
def test_the_cycle(rate):
    path = one_weight.deterministic_orbit(rate)
    assert path.transient == ()
    assert path.cycle == ((THIRD + rate / 2, 1), (THIRD - rate / 2, 1))
    assert one_weight.swing_of_the_loss(rate) == HALF


@pytest.mark.parametrize("rate", [Fraction(1, 10), Fraction(1, 10**6)])
def test_the_fixed_point(rate):
    assert one_weight.unbiased_orbit(rate).cycle == ((HALF,),)
    assert one_weight.slope_of_the_surrogate(rate) == HALF


def test_others_tend_to_the_fixed_point():
    path = one_weight.unbiased_orbit(HALF, start=-THIRD)  # -1/3, 1/6, 1/2
    assert [w for (w,) in path.transient] == [-THIRD, Fraction(1, 6)]
    assert path.cycle == ((HALF,),)


@pytest.mark.parametrize("w", [Fraction(n, 9) for n in (-8, -1, 1, 5, 8)])
def test_formulas(w):
    expected = Fraction(1, 4) + (w / 2 if w > 0 else -w)
    assert expectation(one_weight.loss, [w]) == expected
    assert list(surrogate_gradient(one_weight.loss, [w])) == [HALF if w > 0 else -1]
    assert list(expectation(one_weight.gradient, [w])) == [2 * w - 1 if w > 0 else -1]


@pytest.mark.parametrize("trit", [-1, 0, 1])
def test_the_loss_is_lipschitz(trit):
    for other in (-1, 0, 1):
        difference = one_weight.loss([trit]) - one_weight.loss([other])
        assert abs(difference) <= abs(trit - other)
    assert list(one_weight.gradient([trit, 1])) == [1 if trit == 1 else -1, 0]


@pytest.mark.parametrize("rate", [0, Fraction(3, 2)])
def test_bad_input(rate):
    with pytest.raises(ValueError, match=r"rate must be in \(0, 4/3\], got"):
        one_weight.deterministic_orbit(rate)
