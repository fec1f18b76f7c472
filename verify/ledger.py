"""The machine-readable form of a run, and its comparison with a recorded one."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from verify.verdict import ClaimResult

SCHEMA = "verify/1"
LEDGER = Path(__file__).parent / "ledger.json"
_LIBRARIES = ("numpy", "scipy", "hypothesis", "python-flint", "sympy", "scikit-learn")


class BadLedger(ValueError):
    """A file that is not a ledger of this schema."""


def document(results: list[ClaimResult], *, level: str, seed: int) -> dict:
    """A run as the JSON of the contract; only `seconds` and `environment` vary between runs."""
    return {
        "schema": SCHEMA,
        "seed": seed,
        "level": level,
        "environment": environment(),
        "claims": [r.to_dict() for r in results],
    }


def environment() -> dict[str, str]:
    """Python, platform and the libraries that compute."""
    return {
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        **{name: version(name) for name in _LIBRARIES},
    }


def dumps(doc: dict) -> str:
    """The document as text, NaN refused."""
    return json.dumps(doc, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read(path: Path) -> dict:
    """A recorded run; BadLedger if the file is not one."""
    try:
        doc = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadLedger(f"{path}: not a readable ledger ({error})") from error
    if not isinstance(doc, dict) or doc.get("schema") != SCHEMA:
        raise BadLedger(f'{path}: a ledger is an object with "schema": "{SCHEMA}"')
    try:
        for claim in doc["claims"]:
            claim["id"], _kept(claim)
    except (KeyError, TypeError) as error:
        wrong = f"{type(error).__name__}: {error}"
        raise BadLedger(
            f"{path}: not the claims, parts and findings of {SCHEMA} ({wrong})"
        ) from error
    return doc


def how_recorded(recorded: dict, *, level: str, seed: int) -> str:
    """What sets a run apart from a recorded one before anything is computed; "" if nothing does."""
    then = f"level {recorded.get('level')}, seed {recorded.get('seed')}"
    now = f"level {level}, seed {seed}"
    return "" if then == now else f"recorded at {then}; run at {now}"


def drift(results: list[ClaimResult], recorded: dict, *, whole: bool = False) -> list[str]:
    """Where a run departs from a recorded one in verdicts, evidence, witnesses or mutants.

    Claims run and not recorded are drift; those recorded and not run are only if the run is
    `whole`.
    """
    known = {c["id"]: c for c in recorded["claims"]}
    missing = [id for id in known if id not in {r.id for r in results}] if whole else []
    lines = [f"{id}: recorded, but there is no such claim now" for id in missing]
    for result in results:
        now, then = result.to_dict(), known.get(result.id)
        if then is None:
            lines.append(f"{result.id}: not in the ledger, now {result.verdict}")
        else:
            lines += _differences(result.id, _kept(now), _kept(then))
    return lines


def changes(before: dict, after: dict) -> list[str]:
    """A line a change between two recorded runs; claims and parts that came or went are changes."""
    then, now = ({c["id"]: c for c in doc["claims"]} for doc in (before, after))
    lines = []
    for id in dict.fromkeys([*then, *now]):
        if id not in now:
            lines.append(f"{id}: gone, was {then[id]['verdict']}")
        elif id not in then:
            lines.append(f"{id}: new, {now[id]['verdict']}")
        else:
            lines += _changes_of_parts(id, then[id], now[id])
    return lines


def _changes_of_parts(id: str, then: dict, now: dict) -> Iterator[str]:
    was, is_now = ({p["part"]: p for p in claim["parts"]} for claim in (then, now))
    yield from (f"{id}: part {p!r} gone, was {was[p]['verdict']}" for p in was if p not in is_now)
    yield from (f"{id}: part {p!r} new, {is_now[p]['verdict']}" for p in is_now if p not in was)
    old, new = (
        _kept({**claim, "parts": [p for p in claim["parts"] if p["part"] in was.keys() & is_now]})
        for claim in (then, now)
    )
    for key in dict.fromkeys([*old, *new]):
        if old.get(key, "absent") != new.get(key, "absent"):
            yield f"{id}: {key}: {_brief(old, key)} → {_brief(new, key)}"


def _kept(claim: dict) -> dict[str, object]:
    """What must not change, by a path that a reader can follow."""
    kept = {"verdict": claim["verdict"]}
    for part in claim["parts"]:
        name = f"part {part['part']!r}"
        for where, finding in [
            (name, part),
            *((f"{name} amendment {i}", a) for i, a in enumerate(part["amendments"], 1)),
        ]:
            kept[f"{where} verdict"] = finding["verdict"]
            kept[f"{where} evidence"] = finding["evidence"]
            kept[f"{where} witness"] = finding["witness"]
            kept[f"{where} mutants"] = [[m["name"], m["killed"]] for m in finding["mutants"]]
    return kept


def _differences(id: str, now: dict, then: dict) -> list[str]:
    return [
        f"{id}: {key}: recorded {_brief(then, key)}, now {_brief(now, key)}"
        for key in dict.fromkeys([*then, *now])
        if now.get(key, "absent") != then.get(key, "absent")
    ]


def _brief(kept: dict, key: str) -> str:
    return json.dumps(kept[key], ensure_ascii=False) if key in kept else "nothing"
