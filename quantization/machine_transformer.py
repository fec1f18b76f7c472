r"""A recurrent binary transformer that is a given Turing machine, a step at a time.

X_{t+1} = F(X_t), where F is two layers of binary heads, weights {0, 1}, on the tokens of
`quantization.machine_tokens`.

Layer 1.  Each cell finds its rule.  The score is 3 [the head's state is the rule's] + [the symbol
    is the rule's], for rules of cells without a head (the number of registers that say nobody) +
    [the symbol ...].  Both reach tau = 4 exactly at the rule that applies; this hands over the new
    symbol and the new registers.
Layer 2.  The register "right" goes to the next cell, "left" to the one before.

A further head in each layer keeps what is constant.  Each new bit of a cell depends on this cell
and its two neighbours alone; so what F does on a ring of three cells, it does on every tape.  The
cells form a ring; the simulation is exact as long as the run stays within their number.  N is to
grow with the space, by a cell a step at most; all weights are the machine's, but for the
columns that name the cells.  These must grow too: equal tokens stay equal for ever, so at a fixed d
there are at most 2^d different ones, whatever N is.

Reference: sequence paper, Theorem 50.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from quantization.binary import BinaryHead
from quantization.layers import BinaryLayer, fetch, selection
from quantization.machine_tokens import NOBODY, REGISTERS, MachineTokens
from quantization.turing import Configuration, TuringMachine, step


@dataclass(frozen=True, eq=False)
class MachineTransformer:
    """Call it on X (N + rules, d) for one step; `tokens` encodes and decodes."""

    tokens: MachineTokens
    layers: tuple[BinaryLayer, ...]

    def __call__(self, X):
        for layer in self.layers:
            X = layer(X)
        return X


def transformer_of(machine: TuringMachine, cells: range) -> MachineTransformer:
    """The transformer of a machine on a tape of these cells, joined to a ring."""
    tokens = MachineTokens(machine, cells)
    return MachineTransformer(tokens, (BinaryLayer(_rules(tokens)), BinaryLayer(_moves(tokens))))


def steps_in_agreement(transformer: MachineTransformer, trace: Sequence[Configuration]) -> int:
    """How many configurations of a run, from the first, are those of X_0, X_1, ..."""
    tokens = transformer.tokens
    X = tokens.encode(trace[0])
    for agreed, now in enumerate(trace):
        try:
            if tokens.decode(X) != now:
                return agreed
        except ValueError:  # no configuration at all
            return agreed
        X = transformer(X)
    return len(trace)


def right_on_a_ring(machine: TuringMachine, size: int) -> bool:
    """Whether one step is right from every configuration on a ring of so many cells.

    All states, the halted one too, all tapes and all moves by which the head may have come.
    """
    ring = range(size)
    transformer = transformer_of(machine, ring)
    tapes = [
        {i: symbol for i, symbol in enumerate(symbols) if symbol}
        for symbols in product(range(machine.symbols), repeat=size)
    ]
    starts = list(product(range(machine.states + 1), ring, tapes, REGISTERS))
    configurations = [Configuration(*start) for *start, _ in starts]
    encoded = [
        transformer.tokens.encode(now, moved=moved)
        for now, (*_, moved) in zip(configurations, starts, strict=True)
    ]
    for now, X in zip(configurations, transformer(np.stack(encoded)), strict=True):
        then = step(machine, now)
        if transformer.tokens.decode(X) != replace(then, place=then.place % size):
            return False
    return True


def _rules(tokens):
    """Layer 1: keep the constants; take what the rule for this state and symbol hands over."""
    at = tokens.columns
    registers = [at[name] for name in REGISTERS.values()]
    states = range(len(at["rule state"]) - 1)
    asking = [[r[s] for r in registers] for s in states for _ in registers]  # in any of the three
    asking += [r[NOBODY] for r in registers]  # in all of the three
    answering = [at["rule state"][s] for s in [*states, NOBODY] for _ in registers]
    match = BinaryHead(
        W_Q=selection(tokens.d, [*asking, *at["symbol"]]),
        W_K=selection(tokens.d, [*answering, *at["rule symbol"]]),
        W_V=selection(tokens.d, tokens.span("new symbol", "new left")),
        tau=len(registers) + 1,
        theta=1,
    )
    return _keep(tokens, "new left"), match


def _moves(tokens):
    """Layer 2: keep all but the moving registers; take these from the neighbours."""
    at, N = tokens.columns, len(tokens.cells)
    here = list(at["names"][:N])
    after, before = here[1:] + here[:1], here[-1:] + here[:-1]
    right = fetch(tokens.d, after, here, at["right"])  # the cell after asks, the cell here answers
    left = fetch(tokens.d, before, here, at["left"])
    return _keep(tokens, "staying"), right, left


def _keep(tokens, last):
    """The head under which each token keeps its columns up to `last`."""
    names = tokens.columns["names"]
    return fetch(tokens.d, names, names, tokens.span("names", last))
