"""Small counterexamples: what shrinking reaches, and what it must not give up."""

from fractions import Fraction

import numpy as np
import pytest

from verify import Cases, Claim, ge, get, gt, le
from verify.arithmetic import exactly, in_floats
from verify.given import counts, scalars, vectors, weights
from verify.shrink import shrink, size


def declared(check, given, **options):
    return Claim("toy/theorem1", "a toy").part("toy", given=given, **options)(check)


def shrunk(check, *case, given, **options):
    """The shrunk case; it must still violate, decided exactly."""
    part = declared(check, given, **options)
    assert in_floats(part, case).status == "violated"
    small = shrink(part, case)
    assert exactly(part, small).status == "violated"
    return small


def test_a_vector_to_one_small_number():
    (x,) = shrunk(
        lambda x: le((x * x).sum(), abs(x).sum()), np.array([0.3, -7.7, 2.1]), given=vectors()
    )
    assert x.tolist() in ([2], [Fraction(3, 2)])


def test_a_matrix_to_the_counterexample_of_the_books():
    W = np.array([[0.11, 0.23, 4.4], [0.31, 0.27, 0.45]])
    rng = np.random.default_rng(0)
    (check, *_) = get("theorem58").parts
    for start in (W, rng.standard_normal((4, 5))):
        small = shrink(check, (start,))
        assert sorted(map(abs, small[0].flat)) == [0, 1]


@pytest.mark.parametrize("most", [3, 8, 12, 100])
def test_a_count_becomes_the_least(most):
    """Also among numbers of as many bits."""
    (n,) = shrunk(lambda n: le(n, most), 1000, given=counts(0, 2000))
    assert n == most + 1


def test_a_number_keeps_the_hypothesis():
    (t,) = shrunk(
        lambda t: le(t, Fraction(1, 2)), 0.8132, given=scalars(0, 1), where=lambda t: gt(1, t)
    )
    assert Fraction(1, 2) < t < 1
    assert t.denominator <= 4


def test_arrays_of_one_length_lose_a_row_together():
    def check(x, y):
        return le(abs(x).sum(), abs(y).sum())

    def of_one_length(x, y):
        return len(x) == len(y)

    x, y = shrunk(
        check,
        np.array([3.0, 4.0, 5.0]),
        np.array([1.0, 1.0, 0.5]),
        given=(vectors(), vectors()),
        where=of_one_length,
    )
    assert len(x) == len(y) == 1


def test_symmetry_is_kept_where_it_is_a_hypothesis():
    W = np.array([[0.2, 3.1, 0.4], [3.1, 7.7, 5.5], [0.4, 5.5, 0.9]])
    (small,) = shrunk(
        lambda W: le((W * W).sum(), W.sum()),
        W,
        given=weights(),
        where=lambda W: W.shape[0] == W.shape[1] and (W == W.T).all(),
    )
    assert small.size == 1


def test_labels_and_text_stay_what_they_are():
    def check(x, labels, text):
        return le(abs(x[labels == 1]).sum(), len(text))

    labels = np.array([0, 1, 1])
    given = Cases(gallery=lambda: [(np.ones(3), labels, "ab")], arity=3)

    def fitting(x, labels, text):
        return len(x) == len(labels) and text == "ab"

    x, kept, text = shrunk(
        check, np.array([9.0, 8.3, 4.1]), labels, "ab", given=given, where=fitting
    )
    assert text == "ab"
    assert kept.dtype.kind == "i"
    assert len(x) == len(kept) == 1


def test_it_does_not_run_to_where_rounding_refutes():
    """Down to t = 0 the violation shrinks to nothing; half of it must be kept."""
    check = declared(lambda t: le(t * (1 + t), t), scalars(0, 1))
    (t,) = shrink(check, (0.25,))
    assert in_floats(check, (t,)).comparison.margin >= 1e-3 / 2


def test_a_given_criterion_takes_the_place_of_the_margin():
    check = declared(lambda t: ge(t, 1), scalars(0, 1))
    (t,) = shrink(check, (0.7,), still=lambda case: Fraction(1, 3) < case[0] < 1)
    assert t == Fraction(1, 2)


def test_the_moves_are_limited():
    asked = []

    def still(case):
        asked.append(case)
        return False

    check = declared(lambda x: ge(x.sum(), 1), vectors())
    case = (np.array([Fraction(37, 100), Fraction(21, 100)], object),)
    assert shrink(check, case, still=still, moves=7)[0].tolist() == case[0].tolist()
    assert len(asked) == 7


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ((np.array([1]),), (np.array([1, 1]),)),
        ((np.array([0, 1]),), (np.array([1, 1]),)),
        ((Fraction(1, 2),), (Fraction(33, 100),)),
        ((Fraction(1),), (Fraction(-1),)),
        ((3,), (4,)),
    ],
)
def test_sizes_are_ordered(small, large):
    assert size(small) < size(large)
