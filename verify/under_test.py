"""A claim's check on somebody's implementation: what counts as its failing, what does not."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from verify.claim import Check
from verify.comparison import Comparison


class Broke(Exception):
    """An implementation raised, or gave no number, on a case where the library's own gives one."""

    def __init__(self, case: tuple, cause: str):
        super().__init__(cause)
        self.case, self.cause = case, cause


class UnderTest:
    """A check's function that calls given implementations in place of the library's own.

    The engine takes a ValueError for "outside the domain" and NaN for "not defined there": of an
    implementation under test neither may pass for a case that needs no answer.  So where it
    raises or a side is not a number, the library's own is asked; if that answers, `Broke`.

    On exact numbers an implementation need not run: then it raises TypeError, as NumPy does.
    `first` is the first `Broke`, which may arrive wrapped in what drives the search.
    """

    def __init__(self, check: Check, implementations: Mapping[str, Callable]):
        functools.update_wrapper(
            self, check.function
        )  # name and parameters stay those of the check
        self.own, self.implementations = check.function, dict(implementations)
        self.first: Broke | None = None

    def __call__(self, *values):
        try:
            answer = self.own(*values, **self.implementations)
        except Exception as error:
            self.own(*values)  # raises where the statement is not defined either
            if _exact(values):
                raise TypeError(f"not for exact numbers: {error}") from error
            self._break(values, f"raised {type(error).__name__}: {error}", error)
        if (
            not _exact(values)
            and _lacks_a_number(answer)
            and not _lacks_a_number(self.own(*values))
        ):
            self._break(values, "gave a side that is not a number")
        return answer

    def _break(self, case: tuple, cause: str, error: Exception | None = None):
        broke = Broke(case, cause)
        self.first = self.first or broke
        raise broke from error


def under_test(check: Check, implementations: Mapping[str, Callable]) -> Check:
    """The check on those of the implementations that it has a place for."""
    used = {name: f for name, f in implementations.items() if name in check.replaceable}
    return replace(check, function=UnderTest(check, used)) if used else check


def _exact(values: tuple) -> bool:
    """Whether a case is in rationals or balls; its integers and text are data in any arithmetic."""
    return not any(
        isinstance(v, float) or (isinstance(v, np.ndarray) and v.dtype.kind == "f") for v in values
    ) and any(_is_exact(v) for v in values)


def _is_exact(value) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype == object
    return not isinstance(value, (int, str, np.integer))


def _lacks_a_number(answer) -> bool:
    return isinstance(answer, Comparison) and bool(np.isnan(answer.margin))
