"""The transformer against the direct simulator, step by step; what it needs for that."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from quantization.machine_tokens import MachineTokens
from quantization.machine_transformer import (
    right_on_a_ring,
    steps_in_agreement,
    transformer_of,
)
from quantization.machines import MACHINES, binary_tape, word_tape
from quantization.orbits import orbit
from quantization.turing import Configuration, TuringMachine, cells, run
from verify.given.machines import machine_runs

WALKER = MACHINES["walker"]


def follow(machine, tape, steps, *, spare=0):
    trace = list(run(machine, tape, steps=steps))
    used = cells(trace)
    transformer = transformer_of(machine, range(used.start, used.stop + spare))
    return steps_in_agreement(transformer, trace), len(trace)


@pytest.mark.parametrize(
    ("name", "tape", "configurations"),
    [
        ("busy beaver 2", [], 7),
        ("busy beaver 3", [], 22),
        ("busy beaver 4", [], 108),
        ("increment", binary_tape(11), 9),
        ("palindrome", word_tape("abba"), 16),
        ("palindrome", word_tape("ab"), 5),
        ("append", [1, 1], 8),
    ],
)
@pytest.mark.parametrize("spare", [0, 2])
def test_machines_to_their_halt(name, tape, configurations, spare):
    agreed, length = follow(MACHINES[name], tape, 1000, spare=spare)
    assert agreed == length == configurations


@settings(max_examples=30, deadline=None)
@given(machine_runs())
def test_random_machines(case):
    table, tape, steps = case
    agreed, length = follow(TuringMachine(table), tape.tolist(), steps)
    assert agreed == length


@pytest.mark.parametrize("name", ["busy beaver 2", "append", "walker"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_configuration_on_small_rings(name, size):
    assert right_on_a_ring(MACHINES[name], size)


def test_a_halted_machine_is_a_fixed_point():
    *_, last = run(MACHINES["busy beaver 2"], steps=10)
    transformer = transformer_of(MACHINES["busy beaver 2"], range(-3, 4))
    X = transformer(transformer.tokens.encode(last))
    np.testing.assert_array_equal(transformer(X), X)


def test_one_cell_too_few():
    """On N cells the walker is followed for N configurations; then the ring closes."""
    trace = list(run(WALKER, steps=9))
    for N in (1, 3, 9):
        assert steps_in_agreement(transformer_of(WALKER, range(N)), trace) == N


def test_at_a_fixed_size_the_walker_goes_round():
    """N steps until all cells are marked, then a cycle of N: the orbit of X_0."""
    transformer = transformer_of(WALKER, range(3))
    shape = (len(X := transformer.tokens.encode(Configuration(0, 0))), transformer.tokens.d)

    def forward(state):
        return transformer(np.frombuffer(state, dtype=np.int64).reshape(shape)).tobytes()

    found = orbit(forward, X.tobytes())
    assert (len(found.transient), len(found.cycle)) == (3, 3)


def test_both_layers_are_needed():
    trace = list(run(WALKER, steps=3))
    transformer = transformer_of(WALKER, range(4))
    for layer in transformer.layers:
        assert steps_in_agreement(replace(transformer, layers=(layer,)), trace) == 1


def test_readings_agree():
    """The transformer never selects two bits at once: counts are ORs."""
    made = transformer_of(MACHINES["busy beaver 3"], range(-3, 4))
    boolean = replace(
        made,
        layers=tuple(
            replace(layer, heads=tuple(replace(h, projection="boolean") for h in layer.heads))
            for layer in made.layers
        ),
    )
    X = Y = made.tokens.encode(Configuration(0, 0))
    for _ in range(10):
        X, Y = made(X), boolean(Y)
        np.testing.assert_array_equal(X, Y)
    assert {h.weights for layer in made.layers for h in layer.heads} == {"binary"}


def test_encoding_is_undone():
    tokens = MachineTokens(MACHINES["palindrome"], range(-2, 3))
    for now in (Configuration(0, -2), Configuration(6, 2, {-1: 2, 2: 1})):
        for moved in (-1, 0, 1):
            assert tokens.decode(tokens.encode(now, moved=moved)) == now
    assert tokens.columns["left"].stop == tokens.d == tokens.encode(now).shape[1]
    assert tokens.span("symbol", "left") == range(tokens.d - 27, tokens.d)


def damaged(column):
    tokens = MachineTokens(WALKER, range(2))
    X = tokens.encode(Configuration(0, 0))
    X[1, column(tokens.columns)] ^= 1
    return tokens.decode(X)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: MachineTokens(WALKER, range(0)), r"cells must be .* got range\(0, 0\)"),
        (lambda: MachineTokens(WALKER, range(0, 4, 2)), "cells must be a nonempty range of step 1"),
        (lambda: MachineTokens(WALKER, 3), "cells must be a nonempty range of step 1, got 3"),
        (
            lambda: MachineTokens(WALKER, range(2)).encode(Configuration(0, 2, {-1: 1})),
            r"now must lie within range\(0, 2\), got cells \[-1, 2\]",
        ),
        (lambda: damaged(lambda at: at["symbol"][1]), "X must have one symbol in each cell"),
        (lambda: damaged(lambda at: at["left"][0]), "X must have .* one entry in each register"),
        (
            lambda: damaged(lambda at: [at["left"][0], at["left"][-1]]),
            "the head in one cell, got 2",
        ),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
