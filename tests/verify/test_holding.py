"""`verify.holds`: right functions pass, wrong ones fail with a small case that shows it again."""

import re
import warnings
from fractions import Fraction

import numpy as np
import pytest

import verify
from verify.holding import DoesNotHold

NORMS = {"part": "printed", "amendment": 0}


def floats_only(x):
    """The sum of moduli as a library of floats has it."""
    return float(np.abs(np.asarray(x, float)).sum())


def euclidean(x):
    return np.sqrt((x * x).sum())


def no_square_is_lost(x):
    return 1e-150 < abs(x).max() < 1e150


def squared(x):
    return (x * x).sum()


def forgetful(x):
    return abs(x[:3]).sum()


@pytest.fixture
def failure(toys):
    """The message of a failure."""

    def of(name, **options):
        with pytest.raises(DoesNotHold) as raised:
            verify.holds(name, **options)
        return str(raised.value)

    return of


# What holds -------------------------------------------------------------------------------


@pytest.mark.parametrize("norm", [floats_only, np.linalg.norm, lambda x: abs(x).sum()])
def test_a_right_function_passes(toys, norm):
    assert verify.holds("toy/theorem13", **NORMS, norm=norm, where=no_square_is_lost) is None


def test_the_library_itself_passes(toys):
    verify.holds("toy/theorem13", **NORMS)
    verify.holds("toy/theorem14")


def test_parts_without_a_place_for_what_is_given_are_left_out(toys):
    verify.holds("toy/theorem13", largest=lambda x: max(x.tolist()))


def test_a_shipped_claim():
    verify.holds("sequence/theorem17")


def test_a_function_may_refuse_what_the_library_refuses(toys):
    def refusing(x):
        if not np.any(x):
            raise ValueError("not for 0")
        return abs(x).sum()

    verify.holds("toy/theorem13", **NORMS, norm=refusing)


# What does not ----------------------------------------------------------------------------


def test_the_message_of_a_failure(failure):
    assert failure("toy/theorem13", **NORMS, norm=squared).splitlines() == [
        "toy/theorem13, part printed, amendment 0 does not hold with norm = squared:",
        "    max |x| ≤ ‖x‖₁ ≤ n max |x|",
        "smallest counterexample: x = [2]",
        "    not 4 <= 2    (exactly)",
        "    the library's own: 2 >= 2",
        "again: verify.holds(\"toy/theorem13\", part='printed', amendment=0, norm=squared, "
        "case={'x': ['2']})",
    ]


def test_a_case_of_four_entries_is_found_and_no_larger_one_told(failure):
    said = failure("toy/theorem13", part="homogeneous", norm=lambda x: (abs(x) ** 2).sum())
    assert "x = [1]" in said


def test_the_line_that_repeats_it_repeats_it(failure):
    said = failure("toy/theorem13", **NORMS, norm=squared, seed=3)
    call = said.partition("again: ")[2]
    with pytest.raises(DoesNotHold) as again:
        eval(call, {"verify": verify, "squared": squared})
    assert str(again.value) == said


def test_floats_are_told_as_floats(failure):
    said = failure("toy/theorem13", **NORMS, norm=lambda x: floats_only(x) / 3)
    assert "(in float64)" in said


def test_the_same_call_says_the_same(failure):
    options = {**NORMS, "norm": lambda x: floats_only(x) / 3}
    assert failure("toy/theorem13", **options) == failure("toy/theorem13", **options)


@pytest.mark.parametrize("options", [{}, {"norm": floats_only}])
def test_where_the_print_is_false_what_is_true_is_named(failure, options):
    said = failure("toy/theorem13", part="printed", **options)
    blame = "it is the statement as printed that is false; true instead, and can be asked for:"
    assert said.endswith(f"{blame}\n    amendment=0  max |x| ≤ ‖x‖₁ ≤ n max |x|")


def test_underflow_is_found_and_told_in_few_digits(failure):
    said = failure("toy/theorem13", **NORMS, norm=euclidean)
    first, again = said.partition("again: ")[::2]
    assert re.search(r"x = \[\S+e-\d+\]\n    not 0.0 >= \S+e-\d+ ", first)
    assert re.search(r"case=\{'x': \['1/\d{100,}'\]\}", again)


def test_a_wrong_function_is_to_blame_where_the_library_holds(failure):
    said = failure("toy/theorem13", part="printed", norm=lambda x: 9 * abs(x).max())
    assert "as printed that is false" not in said
    assert "\ntrue instead, and can be asked for:\n" in said


def test_the_tolerance_is_the_callers(toys, failure):
    def rounded(x):
        return floats_only(x) * (1 + 1e-4)

    assert "in float64" in failure("toy/theorem13", **NORMS, norm=rounded)
    verify.holds("toy/theorem13", **NORMS, norm=rounded, tolerance=2e-3)


# Functions that break ---------------------------------------------------------------------


def broken_at_three(x):
    if x.size >= 3:
        raise IndexError("three is too many")
    return abs(x).sum()


def not_a_number(x):
    return abs(x).sum() if x.size < 2 else float("nan")


@pytest.mark.parametrize("error", [IndexError, ValueError, ZeroDivisionError, TypeError])
def test_a_function_that_raises_where_the_library_does_not(failure, error):
    def breaks(x):
        raise error("too many")

    said = failure("toy/theorem13", **NORMS, norm=breaks)
    assert f"breaks raised {error.__name__}: too many" in said
    assert "smallest counterexample: x = [1]" in said


def test_the_case_it_breaks_on_is_made_small(failure):
    said = failure("toy/theorem13", **NORMS, norm=broken_at_three)
    assert re.search(r"x = \[\S+, \S+, \S+\]\n    broken_at_three raised IndexError: three", said)


def test_nan_is_no_answer(failure):
    said = failure("toy/theorem13", **NORMS, norm=not_a_number)
    assert "    not_a_number gave a side that is not a number\n" in said


def test_a_defect_of_the_claim_is_no_failure_of_the_function(toys):
    with pytest.raises(RuntimeError, match="an index is wrong somewhere"):
        verify.holds("toy/theorem8")


def test_an_interruption_comes_through(toys):
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify.holds("toy/theorem13", **NORMS, norm=interrupted)


# Finite families, chances, constants ------------------------------------------------------


def test_a_finite_family_is_asked_in_full(failure):
    said = failure("toy/theorem14", root=lambda n: n)
    assert "counterexample: n = 2" in said
    assert "    not 4 <= 2    (exactly)" in said
    assert "    the library's own: 1 <= 2" in said


def test_a_chance_is_estimated(toys, failure):
    verify.holds("toy/theorem15", toss=lambda rng: rng.random() < 0.6)
    said = failure("toy/theorem15", toss=lambda rng: True)
    assert "toy/theorem15, part coin does not hold" in said


def test_a_constant_is_the_largest(toys, failure):
    verify.holds("toy/theorem15", part="constant", image=lambda x: 60 + 0 * x)
    said = failure("toy/theorem15", part="constant", image=lambda x: 1000 + x)
    assert "C = 100" in said


def test_a_test_that_asks_nothing_fails(failure):
    assert "nothing was tested: of" in failure("toy/theorem16")


# One case ---------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [["2"], [2], [Fraction(2)], np.array([2.0]), [0.5, 3.0]])
def test_one_case_is_asked(toys, failure, x):
    verify.holds("toy/theorem13", **NORMS, norm=floats_only, case={"x": x})
    assert "    not " in failure("toy/theorem13", **NORMS, norm=squared, case={"x": x})


def test_a_case_outside_the_statement_tests_nothing(failure):
    said = failure("toy/theorem13", **NORMS, case={"x": ["0", "0"]})
    assert "no case of the statement: x must not be 0" in said


def test_a_case_of_other_arguments_is_refused(toys):
    with pytest.raises(ValueError, match=r"case must give \['x'\], got \['W'\]"):
        verify.holds("toy/theorem13", **NORMS, case={"W": [1]})


# Bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "options", "said"),
    [
        (13, {"nrm": abs}, "has no place for 'nrm'; it has one for: largest, norm"),
        (13, {"part": "other", "norm": abs}, "it has one for: largest$"),
        (2, {"norm": abs}, "has no place for 'norm'; it has one for: nothing"),
        (13, {"norm": 3}, "norm must be a function, got 3"),
        (13, {"part": "no"}, r"must be one of \['printed', 'homogeneous', 'other'\], got 'no'"),
        (13, {"amendment": 1}, r"must be one of 0 \(at_most_n_times\), got 1"),
        (13, {"amendment": "0"}, "must be one of 0"),
        (14, {"amendment": 0}, "part must say whose amendment of toy/theorem14"),
        (13, {"level": "long"}, "level must be one of .*'quick'.*, got 'long'"),
    ],
)
def test_bad_input_names_what_there_is(toys, number, options, said):
    with pytest.raises((TypeError, ValueError), match=said):
        verify.holds(f"toy/theorem{number}", **options)


def test_a_claim_must_have_something_to_check(toys):
    with pytest.raises(ValueError, match="toy/remark3 has no part that can be checked"):
        verify.holds("toy/remark3")
    with pytest.raises(verify.registry.UnknownClaim, match="did you mean"):
        verify.holds("toy/theorm13")


def test_no_warning_is_let_out(toys):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verify.holds("toy/theorem13", **NORMS, norm=lambda x: np.abs(x).sum())
