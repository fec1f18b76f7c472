"""Claims as data: a statement, its parts, their amendments and mutants.

A theorem file builds one `Claim` and decorates plain functions with it.  What it holds is
mathematics: statements, checks, cases, hypotheses, cases of equality.  How a check is
searched, shrunk and certified is not its business, and it has no place to say so.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from verify.cases import Cases, Hypothesis
from verify.chance import Chance
from verify.comparison import Comparison


class ClaimError(ValueError):
    """A claim file that contradicts itself: a false equality, a failed proof step, a dead name."""


@dataclass(eq=False)
class Check:
    """A statement that can be looked at case by case; calling it gives its Comparison.

    `role` is "part", "amendment" or "mutant".  `given` is None for a check without
    arguments: a number recomputed once.
    """

    claim: Claim
    function: Callable[..., Comparison]
    statement: str
    role: str
    given: Cases | None = None
    where: tuple[Hypothesis, ...] = ()
    part: str = ""
    reading: str = ""
    why: str = ""
    reference: str = ""
    equality: tuple = ()
    on: Callable | None = None
    constants: tuple = ()
    amendments: list[Check] = field(default_factory=list)
    mutants: list[Check] = field(default_factory=list)
    proofs: list[Callable] = field(default_factory=list)

    def __call__(self, *values, **named) -> Comparison | Chance:
        answer = self.function(*values, **named)
        if not isinstance(answer, (Comparison, Chance)):
            raise TypeError(
                f"{self.claim.id} part {self.part!r}: a check must return le, ge, eq, printed "
                f"or a chance, got {answer!r}"
            )
        return answer

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def parameters(self) -> tuple[str, ...]:
        """What a case gives, in order."""
        parameters = inspect.signature(self.function).parameters.values()
        return tuple(p.name for p in parameters if p.kind is not p.KEYWORD_ONLY)

    @property
    def replaceable(self) -> dict[str, Callable]:
        """Keyword-only arguments: library functions that `holds` puts others in place of."""
        parameters = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Those of the family of cases, then those of the check."""
        return (() if self.given is None else self.given.hypotheses) + self.where

    def also_where(self, where) -> Check:
        """The same check under further hypotheses, functions of the same arguments."""
        return replace(self, where=self.where + _hypotheses(where))

    def amend(self, statement: str, *, reference: str = "", **changes) -> Callable:
        """Declare the strongest true statement near this refuted one."""
        return self._child("amendment", self.amendments, statement, reference=reference, **changes)

    def mutant(self, name: str, **changes) -> Callable:
        """Declare a false neighbour, which the same search must refute."""
        return self._child("mutant", self.mutants, name, **changes)

    def proof(self, function: Callable[[], Iterable]) -> Callable:
        """Attach the algebra of a proof: (text, expression that SymPy must reduce to 0 or True)."""
        self.proofs.append(function)
        return function

    def _child(self, role, siblings, statement, *, where=None, given=None, **changes) -> Callable:
        def declare(function) -> Check:
            child = Check(
                self.claim,
                function,
                statement,
                role,
                given=self.given if given is None else _cases(given),
                where=self.where if where is None else _hypotheses(where),
                part=self.part,
                **{"on": self.on, "constants": self.constants, **changes},
            )
            siblings.append(child)
            return child

        return declare


@dataclass(eq=False)
class Vague:
    """A part with nothing falsifiable in it: why, and what can be measured instead."""

    part: str
    statement: str
    why: str
    measure: Callable[[], dict[str, Any]]
    reading: str = ""


@dataclass(eq=False)
class Definition:
    """A part that defines: `where` is the dotted name of the library object that implements it."""

    part: str
    statement: str
    where: str


class Claim:
    """A numbered statement of a paper: `paper/kindNUMBER`, with its parts in order."""

    def __init__(self, id: str, title: str):
        if not re.fullmatch(r"[\w-]+/[A-Za-z]+[\w.]*", id):
            raise ValueError(f"id must look like 'paper/theorem30', got {id!r}")
        self.id, self.title = id, title
        self.parts: list[Check | Vague | Definition] = []
        self.tabulate: Callable[[], Any] | None = None
        self.draw: Callable[[Any], None] | None = None

    def __repr__(self) -> str:
        return f"Claim({self.id!r}, {self.title!r}, {len(self.parts)} parts)"

    @property
    def kind(self) -> str:
        return re.match(r"[A-Za-z]+", self.id.partition("/")[2]).group()

    def part(self, statement: str, *, part: str = "", given=None, where=(), **options) -> Callable:
        """Declare a part: the decorated function takes a case and returns a Comparison.

        given: a `Cases`, or a tuple of them (one an argument); None for a check without arguments.
        where: further hypotheses, functions of the same arguments that return a Comparison.
        reading: which reading of an ambiguous statement is tested.  why: what breaks, in a line.
        on: takes a `Head` to the check's arguments, so that real attention can be asked too.
        constants: the ladder of a constant that the statement leaves free ("for some C"); the
            check's first argument.  Refuted only if a case beats every one of them.
        """

        def declare(function) -> Check:
            cases = None if given is None else _cases(given)
            check = Check(
                self, function, statement, "part", cases, _hypotheses(where), part, **options
            )
            self._add(check)
            return check

        return declare

    def vague(self, statement: str, *, part: str = "", why: str, reading: str = "") -> Callable:
        """Declare a part without falsifiable content; the function returns what can be measured."""

        def declare(measure) -> Vague:
            return self._add(Vague(part, statement, why, measure, reading))

        return declare

    def definition(self, statement: str, *, part: str = "", where: str) -> Definition:
        """Declare a part that defines, and the library object that implements it."""
        return self._add(Definition(part, statement, where))

    def table(self, function: Callable[[], Any]) -> Callable:
        """Declare the table to print beside the verdicts: the function returns a `verify.Table`.

        For tables and figures that are reproduced by running: printed and obtained side by side.
        """
        self.tabulate = function
        return function

    def plot(self, function: Callable[[Any], None]) -> Callable:
        """Declare the picture of `--plot`: the function draws on the Matplotlib axes given."""
        self.draw = function
        return function

    def _add(self, new):
        if any(p.part == new.part for p in self.parts):
            raise ValueError(f"part {new.part!r} of {self.id} is declared twice")
        self.parts.append(new)
        return new


def _cases(given) -> Cases:
    from verify.cases import product

    if isinstance(given, Cases):
        return given
    if isinstance(given, tuple) and all(isinstance(g, Cases) for g in given):
        return product(*given)
    raise TypeError(f"given must be a Cases or a tuple of them, got {type(given).__name__}")


def _hypotheses(where) -> tuple[Hypothesis, ...]:
    functions = where if isinstance(where, (tuple, list)) else (where,)
    return tuple(
        f if isinstance(f, Hypothesis) else Hypothesis(f.__name__.replace("_", " "), f)
        for f in functions
    )
