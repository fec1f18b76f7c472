"""What `verify.holds` says of a failure: case, both sides, the library's own, a line to repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verify.arithmetic import exactly, in_floats
from verify.claim import Check
from verify.counterexample import Found
from verify.evidence import holds
from verify.finite import claims_a_chance
from verify.judge import at_constant
from verify.latex import to_unicode
from verify.sides import both_sides
from verify.witness import parse

_LONGEST = 24  # characters of a number: any float64 has fewer


def message(
    check: Check,
    found: Found,
    amendment: int | None,
    implementations: Mapping[str, Callable],
    options: Mapping,
) -> str:
    """The lines of a failure; `options` are those of the call that are not the usual ones."""
    used = {name: f for name, f in implementations.items() if name in check.replaceable}
    what = check.claim.id + (f", part {check.part}" if check.part else "")
    what += "" if amendment is None else f", amendment {amendment}"
    given = ", ".join(f"{name} = {_name(f)}" for name, f in used.items())
    lines = [f"{what} does not hold{' with ' + given if given else ''}:"]
    lines.append(f"    {to_unicode(check.statement)}")
    if found.case:
        lines.append(f"smallest counterexample: {_case(found.case)}")
    if found.cause:
        lines.append(f"    {_subject(found, used)}{found.cause}")
    if found.sides:
        how = "exactly" if found.exact else "in float64"
        lines.append(f"    not {_sides(found.sides)}    ({how})")
    own = _library(check, found) if used and found.case else None
    lines += [f"    the library's own: {own[1]}"] if own else []
    lines.append(f"again: {_call(check, found, amendment, used, options)}")
    if check.amendments:
        lines += _instead(check, fails_anyway=not used or (own is not None and not own[0]))
    return "\n".join(lines)


def _subject(found: Found, used: Mapping) -> str:
    broke = found.cause.startswith(("raised ", "gave "))
    return f"{', '.join(map(_name, used.values()))} " if broke else ""


def _library(check: Check, found: Found) -> tuple[bool, str] | None:
    """Whether the library's own hold on the case, and both sides; None where undefined."""
    if check.constants:
        check = at_constant(check, max(check.constants))
    case = tuple(parse(found.case[name]) for name in check.parameters)
    if claims_a_chance(check):
        return None
    outcome = exactly(check, case)
    if outcome.comparison is None:
        outcome = in_floats(check, case)
    said = holds(outcome) if outcome.comparison is not None else None
    if said is None:
        return None
    sides = both_sides(outcome.comparison)
    return said, _sides(sides) if said else f"not {_sides(sides)}"


def _instead(check: Check, *, fails_anyway: bool) -> list[str]:
    """Where the statement as printed is what is false, its true neighbours."""
    blame = "it is the statement as printed that is false; " if fails_anyway else ""
    lines = [f"{blame}true instead, and can be asked for:"]
    texts = (to_unicode(a.statement) for a in check.amendments)
    return lines + [f"    amendment={i}  {text}" for i, text in enumerate(texts)]


def _call(check: Check, found: Found, amendment, used: Mapping, options: Mapping) -> str:
    words = [f'"{check.claim.id}"', *([f"part={check.part!r}"] if check.part else [])]
    words += [] if amendment is None else [f"amendment={amendment}"]
    words += [f"{name}={_name(f)}" for name, f in used.items()]
    words += [f"{name}={value!r}" for name, value in options.items()]
    if found.case and (found.sides or found.cause):
        words.append(f"case={found.case!r}")
    return f"verify.holds({', '.join(words)})"


def _case(case: dict) -> str:
    texts = (f"{name} = {_brief(value)}" for name, value in case.items())
    return ", ".join(texts).replace("'", "")


def _brief(value):
    """An entry with many digits as a float: the line that repeats the case has it whole."""
    if isinstance(value, list):
        return [_brief(v) for v in value]
    if isinstance(value, str) and len(value) > _LONGEST and not value.startswith("["):
        return f"{float(Fraction(value)):.6g}"
    return value


def _sides(sides: dict) -> str:
    return f"{_brief(sides['lhs'])} {sides['relation']} {_brief(sides['rhs'])}"


def _name(function: Callable) -> str:
    return getattr(function, "__name__", None) or repr(function)
