"""The direct simulator against known machines, and the tables that texts and programs give."""

from itertools import product

import numpy as np
import pytest

from quantization.machines import (
    MACHINES,
    binary_number,
    binary_tape,
    is_palindrome,
    word_tape,
)
from quantization.turing import (
    Configuration,
    TuringMachine,
    cells,
    parse_machine,
    post_machine,
    run,
    step,
)


def halted(name, tape=(), steps=500):
    *_, last = run(MACHINES[name], tape, steps=steps)
    assert last.state == MACHINES[name].states
    return last


# Steps to the halt and marks left: T. Rado (1962), A. H. Brady (1983).
@pytest.mark.parametrize(("states", "steps", "marks"), [(2, 6, 4), (3, 21, 5), (4, 107, 13)])
def test_busy_beavers(states, steps, marks):
    trace = list(run(MACHINES[f"busy beaver {states}"], steps=1000))
    assert len(trace) - 1 == steps
    assert len(trace[-1].tape) == marks
    assert trace[-2].state < states == trace[-1].state


@pytest.mark.parametrize("number", [0, 1, 2, 7, 10, 11, 255])
def test_increment(number):
    assert binary_number(halted("increment", binary_tape(number))) == number + 1


@pytest.mark.parametrize("length", range(6))
def test_palindromes(length):
    for word in product((1, 2), repeat=length):
        assert is_palindrome(halted("palindrome", word)) == (word == word[::-1]), word


def test_words():
    assert is_palindrome(halted("palindrome", word_tape("abba")))
    assert not is_palindrome(halted("palindrome", word_tape("aab")))
    assert word_tape("aa") == [1, 1]
    with pytest.raises(ValueError, match=r"at most two letters, got \['a', 'b', 'c'\]"):
        word_tape("abc")


@pytest.mark.parametrize("marks", [0, 1, 4])
def test_append(marks):
    assert halted("append", [1] * marks).tape == dict.fromkeys(range(marks + 1), 1)


def test_the_walker_never_repeats():
    trace = list(run(MACHINES["walker"], steps=20))
    assert len({(now.state, now.place) for now in trace}) == 21
    assert cells(trace) == range(21)


def test_post_directions():
    """Each direction once: mark, go right, come back, erase; then by what is scanned."""
    program = [("mark", 1), ("right", 2), ("left", 3), ("erase", 4), ("branch", 0, 5), ("stop",)]
    trace = list(run(post_machine(program), [1, 1], steps=20))
    assert [now.state for now in trace] == [0, 1, 2, 3, 4, 5, 6]
    assert [now.place for now in trace] == [0, 0, 1, 0, 0, 0, 0]
    assert trace[-1].tape == {1: 1}


def test_text_form():
    """Letters, both halts, staying, and an entry that is left out."""
    expected = [[[1, 1, 1], [2, 0, -1]], [[2, 0, 0], [0, 1, 0]]]
    np.testing.assert_array_equal(parse_machine("1RB0LZ_---1SA").table, expected)
    np.testing.assert_array_equal(parse_machine("1RB0LH_0SZ1SA").table, expected)


def test_halted_stays_and_blanks_are_left_out():
    machine = parse_machine("1SZ0RA")
    assert step(machine, Configuration(0, 3, {3: 1, 4: 1})) == Configuration(0, 4, {4: 1})
    done = step(machine, Configuration(0, 0))
    assert done == Configuration(1, 0, {0: 1}) == step(machine, done)
    assert list(run(machine, steps=0)) == [Configuration(0, 0)]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TuringMachine(np.zeros((1, 2), int)), r"table must be \(Q, m, 3\) .* \(1, 2\)"),
        (lambda: TuringMachine(np.zeros((1, 2, 3))), r"table must be \(Q, m, 3\) integers"),
        (lambda: TuringMachine([[[2, 0, 0]]]), r"next states must be in 0\.\.1, got \[\[2\]\]"),
        (lambda: TuringMachine([[[0, 1, 0]]]), r"symbols written must be in 0\.\.0, got \[\[1\]\]"),
        (lambda: TuringMachine([[[0, 0, -2]]]), r"moves must be in -1\.\.1, got \[\[-2\]\]"),
        (lambda: parse_machine("1RB_1LA1RZ"), "text must have one length of entries"),
        (lambda: parse_machine("1RB2LA"), r"symbols written must be in 0\.\.1"),
        (lambda: parse_machine("1XB"), "an entry must look like 1RB .* got '1XB'"),
        (lambda: post_machine([("mark",)]), r"Post's directions, got \('mark',\)"),
        (lambda: post_machine([("jump", 0)]), r"Post's directions, got \('jump', 0\)"),
        (lambda: list(run(MACHINES["walker"], [2], steps=1)), r"symbols below 2, got \[2\]"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
