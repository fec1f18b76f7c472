r"""Machines with known answers: busy beavers, binary increment, a palindrome checker, Post's.

`MACHINES` names them.  Their tables are short enough to be read:

- busy beavers of 2, 3, 4 states on the blank tape halt after 6, 21, 107 steps with 4, 5, 13
  marks (Rado 1962; Brady 1983).
- "increment": a number in binary, digits 0, 1 as symbols 1, 2, the highest first, plus one.
- "palindrome": a word over 1, 2; it halts on the symbol 1 if the word is one, else on 2.
- "append": Post's directions that put one mark more behind a block of marks.
- "walker": goes right for ever and marks each cell: no two of its configurations are the same.
"""

from collections.abc import Sequence

from quantization.turing import Configuration, TuringMachine, parse_machine, post_machine

_PALINDROME = (
    "1SZ0RB0RC_"  # A: nothing left: yes; else take the first letter, and remember it
    "0LD1RB2RB_0LE1RC2RC_"  # B, C: to the end of the word
    "1SZ0LF2SZ_1SZ2SZ0LF_"  # D, E: take the last letter if it is the same
    "0RA1LF2LF"  # F: back to the front
)
_APPEND = [("branch", 1, 2), ("right", 0), ("mark", 3), ("stop",)]

MACHINES: dict[str, TuringMachine] = {
    "busy beaver 2": parse_machine("1RB1LB_1LA1RZ"),
    "busy beaver 3": parse_machine("1RB1RZ_1LB0RC_1LC1LA"),
    "busy beaver 4": parse_machine("1RB1LB_1LA0LC_1RZ1LD_1RD0RA"),
    "increment": parse_machine("0LB1RA2RA_2SZ2SZ1LB"),
    "palindrome": parse_machine(_PALINDROME),
    "append": post_machine(_APPEND),
    "walker": parse_machine("1RA1RA"),
}


def binary_tape(number: int) -> list[int]:
    """A number >= 0 as the input of "increment"."""
    return [1 + int(digit) for digit in f"{number:b}"]


def binary_number(halted: Configuration) -> int:
    """The number that "increment" leaves on the tape."""
    digits = [halted.tape[place] - 1 for place in sorted(halted.tape)]
    return int("".join(map(str, digits)), 2)


def word_tape(word: Sequence[str]) -> list[int]:
    """A word over two letters, such as "abba", as the input of "palindrome"."""
    letters = sorted(set(word))
    if len(letters) > 2:
        raise ValueError(f"word must have at most two letters, got {letters}")
    return [1 + letters.index(letter) for letter in word]


def is_palindrome(halted: Configuration) -> bool:
    """What "palindrome" says when it has halted."""
    return halted.scanned == 1
