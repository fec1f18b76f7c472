"""Tables of statements whose answer is known: planted ones are false, traps are true.

A table is a `Claim`; a statement is a part of it, named after its function.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain

from verify import Cases, Claim
from verify.judge import find
from verify.search import LEVELS
from verify.verdict import Finding


@dataclass(frozen=True)
class Size:
    """So many numbers in a witness, so many of them not 0, so many digits in the longest."""

    numbers: int
    nonzero: int
    digits: int

    def is_within(self, largest: "Size") -> bool:
        return (
            self.numbers <= largest.numbers
            and self.nonzero <= largest.nonzero
            and self.digits <= largest.digits
        )


class Table(Claim):
    """A claim whose parts have a known answer."""

    def __init__(self, id: str, title: str):
        super().__init__(id, title)
        self.sizes: dict[str, Size] = {}

    def false(self, statement: str, shrinks_to: tuple[int, int, int], **options):
        """Declare a false statement; its witness shrinks to this size, or below it."""

        def declare(function):
            self.sizes[_name(function)] = Size(*shrinks_to)
            return self.true(statement, **options)(function)

        return declare

    def true(self, statement: str, **options):
        """Declare a statement that must not be refuted; `options` are those of `Claim.part`."""
        return lambda function: self.part(statement, part=_name(function), **options)(function)


@cache
def found(check, seed: int) -> Finding:
    """What the default budget finds; kept, for several tests look at it."""
    return find(check, LEVELS["standard"], seed)


def size_of(witness: dict) -> Size:
    """The size of a witness as it is stored, exact text by parameter."""
    numbers = [str(text) for value in witness.values() for text in _flat(value)]
    digits = [sum(c.isdigit() for c in text) for text in numbers]
    return Size(len(numbers), sum(text != "0" for text in numbers), max(digits, default=0))


def beginning_with(family: Cases, *cases) -> Cases:
    """The family, with more cases at the head of its gallery."""
    return Cases(
        gallery=lambda: chain(cases, family.gallery()),
        lattice=family.lattice,
        random=family.random,
        hypotheses=family.hypotheses,
        arity=family.arity,
    )


def _name(function) -> str:
    return function.__name__.replace("_", "-")


def _flat(value) -> list:
    return [x for v in value for x in _flat(v)] if isinstance(value, list) else [value]
