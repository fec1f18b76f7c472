"""Turing machines with an input, and for how long they run."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from quantization.machines import MACHINES, binary_tape, word_tape
from verify.cases import Cases, Hypothesis
from verify.given.matrices import _SEEDS

_INPUTS = {"increment": binary_tape(11), "palindrome": word_tape("abba"), "append": [1, 1, 1]}
_STEPS = {"busy beaver 4": 107}  # to its halt; 25 are enough for the others that do halt


def machine_runs(*, max_states: int = 3, max_symbols: int = 3, max_steps: int = 12) -> Cases:
    """(table, tape, steps): transitions (Q, m, 3), symbols from cell 0 on, a number of steps.

    The named machines, some to their halt; every machine of one state and two symbols that always
    moves; random ones.
    """
    fitting = Hypothesis(
        "the tape has symbols of the machine", lambda M, tape, _: (tape < M.shape[1]).all()
    )
    return Cases(
        gallery=_named,
        lattice=_smallest,
        random=st.builds(
            _random,
            _SEEDS,
            st.integers(1, max_states),
            st.integers(1, max_symbols),
            st.integers(0, max_steps),
        ),
        hypotheses=(fitting,),
        arity=3,
        label="runs of Turing machines",
    )


def _named():
    for name, machine in MACHINES.items():
        yield machine.table, np.array(_INPUTS.get(name, []), dtype=int), _STEPS.get(name, 25)


def _smallest():
    """All (next, written, move) at both symbols; halted is state 1."""
    entries = list(itertools.product((0, 1), (0, 1), (-1, 1)))
    for at_blank, at_mark in itertools.product(entries, repeat=2):
        yield np.array([[at_blank, at_mark]]), np.array([0, 1]), 3


def _random(seed, states, symbols, steps):
    rng = np.random.default_rng(seed)
    columns = (
        rng.integers(0, states + 1, (states, symbols)),
        rng.integers(0, symbols, (states, symbols)),
        rng.integers(-1, 2, (states, symbols)),
    )
    return np.stack(columns, axis=-1), rng.integers(0, symbols, rng.integers(0, 4)), steps
