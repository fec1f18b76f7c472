"""Theorem 50, growing N: Turing completeness where N grows with the space that is used.

Holds.  Every table of transitions becomes two layers with weights {0, 1}, and X_0, X_1, ... decode
to the machine's configurations, step by step, on the cells that the run uses.

It takes more than the printed encoding: one-hot symbols and states and a bit for "no head here", as
weights {0, 1} have no NOT; and a column for each position.  At a fixed d not even a growing N would
do: equal tokens stay equal, so there are never more than 2^d different ones.

Proof.  The score 3 [state] + [symbol] reaches 4 at one rule only; and F is local, right on every
ring of cells if it is on three.

Source.  Turing (1936), Post (1936).
"""

from dataclasses import replace

from quantization.machine_transformer import steps_in_agreement, transformer_of
from quantization.turing import TuringMachine, cells, run
from verify import eq
from verify.given import machine_runs
from verify.proofs.gates import one_rule_and_three_cells
from verify.sequence.theorem50 import theorem50


def followed(table, tape, steps, *, fewer=0, layers=2):
    """Whether two layers on the cells that the run uses, or on fewer, follow the machine."""
    machine = TuringMachine(table)
    trace = list(run(machine, tape.tolist(), steps=steps))
    used = cells(trace)
    made = transformer_of(machine, used[: max(1, len(used) - fewer)])
    made = replace(made, layers=made.layers[:layers])
    return eq(steps_in_agreement(made, trace), len(trace))


@theorem50.part(
    r"some F on N(T) tokens has X_t = the machine's configuration for all t \le T",
    part="growing N",
    given=machine_runs(),
    reading="N = the cells that the run uses (at most T + 1 and the input's) and the rules'",
    proofs=[one_rule_and_three_cells],
)
def in_lockstep(table, tape, steps):
    return followed(table, tape, steps)


@in_lockstep.mutant("on one cell fewer", where=lambda M, tape, T: len(tape) == 0)
def one_cell_fewer(table, tape, steps):
    return followed(table, tape, steps, fewer=1)


@in_lockstep.mutant("one layer")
def one_layer(table, tape, steps):
    return followed(table, tape, steps, layers=1)
