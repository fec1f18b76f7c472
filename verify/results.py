"""Results read back from JSON, as strictly as they are written.

Each value must be of the type that its field declares, and what is written again must be what
was read: nothing missing, nothing more, no verdict that is not the worst of its parts.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from verify.verdict import VERDICTS, ClaimResult, Finding, PartResult, Table

EVIDENCE = (
    *("proved", "certified", "exhaustive", "computed", "sampled", "estimated", "fitted"),
    None,
)


class BadResult(ValueError):
    """JSON that no result is written as; the message says where."""


def claim_result(data: object) -> ClaimResult:
    """The result whose `to_dict` is `data`; numbers have the digits that were written.

    *Raises* BadResult, with the place in it: "toy/theorem1 parts[0] cases must be int, got '7'".
    """
    where = str(data.get("id")) if isinstance(data, dict) else "a result"
    kept = _object(data, where)
    if not kept.get("parts"):
        raise BadResult(f"{where} must have parts, got {kept.get('parts')!r}")
    table = _read(Table, kept["table"], f"{where} table") if "table" in kept else None
    result = ClaimResult(
        *(_read(str, kept.get(key), f"{where} {key}") for key in ("id", "kind", "title")),
        parts=tuple(_part(p, at) for p, at in _items(kept["parts"], f"{where} parts")),
        table=table,
        seconds=_read(float, kept.get("seconds"), f"{where} seconds"),
    )
    if difference := _difference(result.to_dict(), kept):
        raise BadResult(f"{where} must be as it would be written: {difference}")
    return result


def _part(data: object, where: str) -> PartResult:
    kept = dict(_object(data, where))
    part = _read(str, kept.pop("part", None), f"{where} part")
    amendments = _items(kept.pop("amendments", None), f"{where} amendments")
    return PartResult(part, _finding(kept, where), tuple(_finding(a, at) for a, at in amendments))


def _finding(data: object, where: str) -> Finding:
    finding = _read(Finding, data, where)
    for name, known in (("verdict", VERDICTS), ("evidence", EVIDENCE)):
        if getattr(finding, name) not in known:
            raise BadResult(f"{where} {name} must be one of {known}, got {data[name]!r}")
    return finding


def _read(kind: Any, value: object, where: str) -> Any:
    """A JSON value as a field of a type takes it."""
    if is_dataclass(kind):
        return _fields(kind, _object(value, where), where)
    if isinstance(kind, UnionType):
        return _one_of(get_args(kind), value, where)
    if (get_origin(kind) or kind) is tuple:
        inner = (get_args(kind) or (str | int | float | bool | None,))[0]
        return tuple(_read(inner, v, at) for v, at in _items(value, where))
    if get_origin(kind) is dict:
        inner = get_args(kind)[1]
        return {k: _read(inner, v, f"{where} {k}") for k, v in _object(value, where).items()}
    if kind is not Any and type(value) is not kind:
        raise BadResult(f"{where} must be of type {kind.__name__}, got {value!r}")
    return value


def _one_of(kinds: tuple, value: object, where: str) -> Any:
    """A value of `X | None`, or of a union of plain types."""
    if value is None and type(None) in kinds:
        return None
    others = [kind for kind in kinds if kind is not type(None)]
    plain = [kind for kind in others if type(value) is kind]
    return _read(plain[0] if plain else others[0], value, where)


def _fields(kind: type, data: dict, where: str) -> Any:
    hints = get_type_hints(kind)
    needed = {f.name for f in fields(kind) if f.default is MISSING}
    if not needed <= set(data) <= set(hints):
        keys = f"{sorted(needed)} and none beside {sorted(hints)}"
        raise BadResult(f"{where} must have the keys {keys}, got {sorted(data)}")
    return kind(**{key: _read(hints[key], v, f"{where} {key}") for key, v in data.items()})


def _object(value: object, where: str) -> dict:
    if not isinstance(value, dict):
        raise BadResult(f"{where} must be an object, got {value!r}")
    return value


def _items(value: object, where: str) -> list[tuple[object, str]]:
    """The items of a list, each with its place."""
    if not isinstance(value, list):
        raise BadResult(f"{where} must be a list, got {value!r}")
    return [(item, f"{where}[{i}]") for i, item in enumerate(value)]


def _difference(written: object, read: object, where: str = "") -> str:
    """Where JSON values first differ, and how; "" where they do not."""
    if isinstance(written, dict) and isinstance(read, dict):
        pairs = [(f" {key}", written.get(key), read.get(key)) for key in {**written, **read}]
        different_keys = set(written) ^ set(read)
        if different_keys:
            return f"{where} keys {sorted(different_keys)} are on one side only".strip()
    elif isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        pairs = [(f"[{i}]", w, r) for i, (w, r) in enumerate(zip(written, read, strict=True))]
    else:
        same = written == read and type(written) is type(read)
        return "" if same else f"{where} {written!r}, got {read!r}".strip()
    found = (_difference(w, r, f"{where}{key}") for key, w, r in pairs)
    return next(filter(None, found), "")
