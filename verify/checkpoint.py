"""Finished claims of a long run in a file, so that an interrupted run goes on where it was.

The file is JSON lines: the run first (level, seed, heads, code, libraries), then a claim a line,
written and flushed to the disk as soon as it is finished.  A last line without its end is that
of a run ended while it wrote: it is cut off.  Anything else unexpected is an error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from verify.provenance import differences, file_digest, heads_digest, provenance
from verify.registry import Entry
from verify.results import claim_result
from verify.verdict import ClaimResult

SCHEMA = "checkpoint/1"
_BEGINNING = f'{{"schema": "{SCHEMA}"'.encode()


class BadCheckpoint(ValueError):
    """A file that is no checkpoint, or one of another run."""


class Checkpoint:
    """The claims that are finished, by id, and the file that each further one is added to."""

    def __init__(self, file: BinaryIO, finished: dict[str, tuple[ClaimResult, str]]):
        self._file = file
        self._finished = finished

    def of(self, entry: Entry) -> ClaimResult | None:
        """The kept result of a claim, if it is finished.

        *Raises* BadCheckpoint if the claim is from a file outside the package that has changed.
        """
        result, source = self._finished.get(entry.id, (None, ""))
        if result is not None and source != file_digest(entry.file):
            where = entry.file or entry.module
            raise BadCheckpoint(f"{self._file.name}: {entry.id} is not of {where} as it is now")
        return result

    def keep(self, entry: Entry, result: ClaimResult) -> ClaimResult:
        """Add a finished claim; returns it as it will be read, with the digits that are written."""
        source = file_digest(entry.file)
        kept = result.to_dict()
        self._file.write(_line({"claim": kept, "source": source}))
        self._file.flush()
        os.fsync(self._file.fileno())
        again = claim_result(json.loads(json.dumps(kept)))
        self._finished[entry.id] = again, source
        return again


@contextmanager
def checkpoint(path: Path, *, level: str, seed: int, heads=None) -> Iterator[Checkpoint]:
    """The checkpoint in a file, which is made if there is none.

    *Raises* BadCheckpoint for a file that is something else, for one of another level, seed,
    heads, version, sources or libraries, and for one that another run writes to.
    """
    run = {"level": level, "seed": str(seed), "heads": heads_digest(heads), **provenance()}
    with open(path, "a+b") as file:
        _lock(file)
        file.seek(0)
        content = file.read()
        whole, end, torn = content.rpartition(b"\n")
        if torn and not end and not _BEGINNING.startswith(torn[: len(_BEGINNING)]):
            raise BadCheckpoint(f"{path} must be a checkpoint of a run, got a line without its end")
        lines = whole.split(b"\n") if end else []
        if lines:
            _check_run(path, lines[0], run)
        finished = _finished(path, lines[1:])
        file.truncate(len(whole) + len(end))
        if not lines:
            file.write(_line({"schema": SCHEMA, "run": run}))
            file.flush()
        yield Checkpoint(file, finished)


def _line(record: dict) -> bytes:
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _check_run(path: Path, line: bytes, run: dict[str, str]) -> None:
    header = _parsed(path, line, 1)
    if set(header) != {"schema", "run"} or header["schema"] != SCHEMA:
        raise BadCheckpoint(f'{path} must begin with {{"schema": "{SCHEMA}", "run": ...}}')
    if not isinstance(header["run"], dict):
        raise BadCheckpoint(f"{path} line 1: run must be an object, got {header['run']!r}")
    if difference := differences(run, header["run"]):
        raise BadCheckpoint(f"{path} is of another run: {difference}")


def _finished(path: Path, lines: list[bytes]) -> dict[str, tuple[ClaimResult, str]]:
    finished = {}
    for number, line in enumerate(lines, 2):
        record = _parsed(path, line, number)
        if set(record) != {"claim", "source"} or not isinstance(record["source"], str):
            raise BadCheckpoint(f"{path} line {number}: must hold a claim and its source")
        try:
            result = claim_result(record["claim"])
        except ValueError as error:
            raise BadCheckpoint(f"{path} line {number}: {error}") from error
        if result.id in finished:
            raise BadCheckpoint(f"{path} line {number}: {result.id} is there twice")
        finished[result.id] = result, record["source"]
    return finished


def _parsed(path: Path, line: bytes, number: int) -> dict:
    try:
        record = json.loads(line)
    except ValueError as error:  # of JSON or of UTF-8
        raise BadCheckpoint(f"{path} line {number}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise BadCheckpoint(f"{path} line {number}: must be an object, got {record!r}")
    return record


def _lock(file: BinaryIO) -> None:
    """Keep other runs from the file until it is closed, where the system has such locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BadCheckpoint(f"{file.name} is in use by another run") from error
