r"""A Turing machine's configuration and rules as tokens of bits.

    cell tokens, one a cell of the tape:         a symbol, and three registers
    rule tokens, one a state and symbol:         constants: the two, and what is to be done

Every token has a one-hot column of its own, its name.  A symbol is one-hot.  A register (staying,
moving right, moving left) holds the state of the head that came into the cell in this way, or
*nobody*.  One-hot is the dual rail that weights {0, 1} need: that nobody came is a bit of its own,
not the absence of others.

Reference: sequence paper, proof of Theorem 50, whose encoding (symbol 1 bit, head 1 bit) has no
complements.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product

import numpy as np

from quantization.turing import Configuration, TuringMachine

REGISTERS = {0: "staying", 1: "right", -1: "left"}  # by the move that fills them
NOBODY = -1  # the last column of a register


@dataclass(frozen=True, eq=False)
class MachineTokens:
    """Tokens (N + rules, d) of a machine on N cells; `columns` says where what is."""

    machine: TuringMachine
    cells: range

    def __post_init__(self):
        cells = self.cells
        if not isinstance(cells, range) or len(cells) == 0 or cells.step != 1:
            raise ValueError(f"cells must be a nonempty range of step 1, got {cells!r}")

    @cached_property
    def columns(self) -> dict[str, range]:
        """The columns by name, in order; a state's columns are Q states, halted, nobody."""
        states, symbols = self.machine.states + 2, self.machine.symbols
        cell = {"symbol": symbols, **dict.fromkeys(REGISTERS.values(), states)}
        widths = {
            "names": len(self.cells) + states * symbols,
            "rule state": states,
            "rule symbol": symbols,
            **{f"new {name}": width for name, width in cell.items()},
            **cell,
        }
        ends = accumulate(widths.values())
        return {k: range(end - w, end) for (k, w), end in zip(widths.items(), ends, strict=True)}

    @property
    def d(self) -> int:
        return self.columns["left"].stop

    def span(self, first: str, last: str) -> range:
        """All columns from one name's to another's."""
        return range(self.columns[first].start, self.columns[last].stop)

    def encode(self, now: Configuration, *, moved: int = 0):
        """The tokens of a configuration within the cells: (N + rules, d) bits.

        moved: the move by which the head has come; no matter for what follows.
        """
        strangers = {now.place, *now.tape}.difference(self.cells)
        if strangers:
            raise ValueError(f"now must lie within {self.cells}, got cells {sorted(strangers)}")
        at, N = self.columns, len(self.cells)
        X = np.zeros((len(at["names"]), self.d), dtype=np.int64)
        X[:, at["names"]] = np.eye(len(X), dtype=np.int64)
        for i, place in enumerate(self.cells):
            here = self._registers(now.state if place == now.place else NOBODY, moved)
            X[i, [at["symbol"][now.tape.get(place, 0)], *(at[r][s] for r, s in here.items())]] = 1
        rules = product(range(len(at["rule state"])), range(self.machine.symbols))
        for i, (state, symbol) in enumerate(rules, start=N):
            X[i, [at["rule state"][state], at["rule symbol"][symbol]]] = 1
            X[i, self._action(state, symbol)] = 1
        return X

    def decode(self, X) -> Configuration:
        """The configuration that tokens hold; ValueError where they hold none."""
        X, at = X[: len(self.cells)], self.columns
        registers = np.stack([X[:, at[name]] for name in REGISTERS.values()])
        symbols, heads = X[:, at["symbol"]], np.argwhere(registers[..., :NOBODY])
        if (symbols.sum(axis=1) != 1).any() or (registers.sum(axis=2) != 1).any():
            raise ValueError("X must have one symbol in each cell and one entry in each register")
        if len(heads) != 1:
            raise ValueError(f"X must have the head in one cell, got {len(heads)} cells")
        (_, i, state), found = heads[0].tolist(), symbols.argmax(axis=1).tolist()
        tape = {place: symbol for place, symbol in zip(self.cells, found, strict=True) if symbol}
        return Configuration(state, self.cells[i], tape)

    def _action(self, state, symbol):
        """What a rule token hands over: the new symbol; in each register a state or nobody."""
        at, next_state, written, move = self.columns, state, symbol, 0
        if state < self.machine.states:
            next_state, written, move = self.machine.table[state, symbol].tolist()
        elif state > self.machine.states:  # the rules of cells without a head
            next_state = NOBODY
        registers = self._registers(next_state, move)
        return [at["new symbol"][written], *(at[f"new {r}"][s] for r, s in registers.items())]

    @staticmethod
    def _registers(state, move):
        """What each register holds: the state in the one that the move fills, nobody elsewhere."""
        return {name: state if m == move else NOBODY for m, name in REGISTERS.items()}
