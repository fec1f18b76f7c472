r"""Turing machines on a tape without ends, simulated directly: the oracle of everything else.

States are 0, ..., Q - 1, and Q is "halted"; symbols are 0, ..., m - 1, and 0 is the blank.  The
table holds delta(state, symbol) = (next state, symbol written, move), move in {-1, 0, 1}.  The text
form is that of the busy beaver tables, "1RB1LB_1LA1RZ": states parted by _, for each symbol what is
written, L, R or S (stay), the next state; Z or H halts, --- is a halt where nothing is written.

Post's machine (1936: mark, erase, left, right, branch, stop) is the same with two symbols:
`post_machine`.

References: A. M. Turing, Proc. London Math. Soc. 42 (1936); E. L. Post, J. Symbolic Logic 1 (1936).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

MOVES = {"L": -1, "S": 0, "R": 1}


@dataclass(frozen=True, eq=False)
class TuringMachine:
    """A transition table (Q, m, 3): next state (Q halts), symbol written, move."""

    table: np.ndarray

    def __post_init__(self):
        table = np.asarray(self.table)
        if table.ndim != 3 or table.shape[2] != 3 or not table.size or table.dtype.kind not in "iu":
            raise ValueError(f"table must be (Q, m, 3) integers, nonempty, got {table.shape}")
        for k, (name, low, high) in enumerate(self._ranges(table)):
            if (table[..., k] < low).any() or (table[..., k] > high).any():
                raise ValueError(f"{name} must be in {low}..{high}, got {table[..., k].tolist()}")
        object.__setattr__(self, "table", table.astype(np.int64))

    @staticmethod
    def _ranges(table):
        Q, m, _ = table.shape
        return ("next states", 0, Q), ("symbols written", 0, m - 1), ("moves", -1, 1)

    @property
    def states(self) -> int:
        return self.table.shape[0]

    @property
    def symbols(self) -> int:
        return self.table.shape[1]


@dataclass(frozen=True)
class Configuration:
    """State, place of the reading head, and the tape's symbols where it is not blank."""

    state: int
    place: int
    tape: dict[int, int] = field(default_factory=dict)

    @property
    def scanned(self) -> int:
        return self.tape.get(self.place, 0)


def step(machine: TuringMachine, now: Configuration) -> Configuration:
    """The next configuration; a halted one stays as it is."""
    if now.state == machine.states:
        return now
    state, written, move = machine.table[now.state, now.scanned].tolist()
    tape = {place: symbol for place, symbol in now.tape.items() if place != now.place}
    if written:
        tape[now.place] = written
    return Configuration(state, now.place + move, tape)


def run(machine: TuringMachine, tape: Sequence[int] = (), *, steps: int) -> Iterator[Configuration]:
    """The configurations at times 0, ..., steps, the last one the halted one if it halts by then.

    It starts in state 0 at place 0, where the tape's symbols begin.
    """
    if any(not 0 <= symbol < machine.symbols for symbol in tape):
        raise ValueError(f"tape must have symbols below {machine.symbols}, got {list(tape)}")
    now = Configuration(0, 0, {i: int(symbol) for i, symbol in enumerate(tape) if symbol})
    yield now
    for _ in range(steps):
        if now.state == machine.states:
            return
        now = step(machine, now)
        yield now


def cells(trace: Sequence[Configuration]) -> range:
    """The least interval of cells that holds all places and all symbols of a run."""
    places = {now.place for now in trace}.union(*(now.tape for now in trace))
    return range(min(places), max(places) + 1)


def parse_machine(text: str) -> TuringMachine:
    """The machine of a table such as "1RB1LB_1LA1RZ"."""
    rows = text.split("_")
    if any(len(row) != len(rows[0]) or len(row) % 3 or not row for row in rows):
        raise ValueError(f"text must have one length of entries 1RB in each state, got {text!r}")
    entries = [[row[i : i + 3] for i in range(0, len(row), 3)] for row in rows]
    table = [
        [_entry(entry, symbol, len(rows)) for symbol, entry in enumerate(row)] for row in entries
    ]
    return TuringMachine(np.array(table))


def post_machine(program: Sequence[tuple]) -> TuringMachine:
    """The machine of Post's numbered directions, each followed by the numbers of the next.

    ("mark", j), ("erase", j), ("left", j), ("right", j), ("branch", j if marked, k if not),
    ("stop",).
    """
    actions = {"mark": (1, 1, 0), "erase": (0, 0, 0), "left": (0, 1, -1), "right": (0, 1, 1)}
    table = []
    for direction in program:
        kind, *following = direction
        if kind == "branch" and len(following) == 2:
            marked, blank = following
            table.append([(blank, 0, 0), (marked, 1, 0)])
        elif kind == "stop" and not following:
            table.append([(len(program), 0, 0), (len(program), 1, 0)])
        elif kind in actions and len(following) == 1:
            at_blank, at_mark, move = actions[kind]
            table.append([(*following, at_blank, move), (*following, at_mark, move)])
        else:
            raise ValueError(f"program must hold Post's directions, got {direction!r}")
    return TuringMachine(np.array(table))


def _entry(entry: str, symbol: int, halted: int) -> tuple[int, int, int]:
    if entry == "---":
        return halted, symbol, 0
    written, move, state = entry
    if not written.isdigit() or move not in MOVES or not "A" <= state <= "Z":
        raise ValueError(f"an entry must look like 1RB or 0LZ or ---, got {entry!r}")
    return halted if state in "HZ" else ord(state) - ord("A"), int(written), MOVES[move]
