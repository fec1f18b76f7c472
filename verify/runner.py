"""Run claims: level, seed and heads in, results out; several claims in several processes."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verify.packs import LeftOut
from verify.registry import Entry, find, load
from verify.verdict import ClaimResult

if TYPE_CHECKING:
    from verify.checkpoint import Checkpoint
    from verify.claim import Claim


def run(
    name: str,
    *,
    level: str = "quick",
    seed: int = 0,
    heads=None,
    jobs: int = 1,
    cluster: str | None = None,
    resume: str | Path | None = None,
) -> ClaimResult | list[ClaimResult]:
    """The result of one claim; a list of them for a paper's name or "all".

    level: "quick", "standard" or "deep".  heads: a sequence of `Head`, or None for the
    trained heads that are shipped.  cluster: the address of a Dask scheduler.  resume: a file
    of finished claims, made if there is none, added to, and not judged again.
    """
    entries = select([name])
    asked = {"level": level, "seed": seed, "heads": heads}
    with resumed(resume, **asked) as kept:
        results = list(run_all(entries, **asked, jobs=jobs, cluster=cluster, checkpoint=kept))
    whole = len(results) > 1 or name == "all" or name == entries[0].id.partition("/")[0]
    return results if whole else results[0]


def resumed(path: str | Path | None, *, level: str, seed: int, heads=None):
    """The context of a run's checkpoint; that of None without a path."""
    if path is None:
        return nullcontext()
    from verify.checkpoint import checkpoint

    return checkpoint(Path(path), level=level, seed=seed, heads=heads)


def select(names: list[str]) -> list[Entry]:
    """The entries of several ids, each once, in the order asked."""
    from verify.registry import entries

    asked = [e for name in names for e in (entries() if name == "all" else find(name))]
    named = {name if "/" in name else f"sequence/{name}" for name in names}
    return [replace(e, spare=bool(e.file) and e.id not in named) for e in dict.fromkeys(asked)]


def run_all(
    entries: list[Entry],
    *,
    level: str,
    seed: int,
    heads=None,
    jobs: int = 1,
    cluster: str | None = None,
    checkpoint: Checkpoint | None = None,
    progress: Callable[[Entry, str], None] = lambda entry, stage: None,
) -> Iterator[ClaimResult]:
    """Results in the order of `entries`, as they are done; the same ones for any `jobs`.

    cluster: the address of a Dask scheduler, on whose workers the claims are judged.
    checkpoint: what it holds is not judged again, and each finished claim is added to it.
    """
    finished: dict[str, ClaimResult | LeftOut] = {}
    for entry in entries if checkpoint else ():
        if (kept := checkpoint.of(entry)) is not None:
            finished[entry.id] = kept
            progress(entry, "done")
    rest = [e for e in entries if e.id not in finished]
    waiting = list(reversed(entries))
    with closing(_arriving(rest, level, seed, heads, jobs, cluster, progress)) as arriving:
        while waiting:
            while waiting[-1].id not in finished:
                entry, result = next(arriving)
                keeps = checkpoint is not None and not isinstance(result, LeftOut)
                finished[entry.id] = checkpoint.keep(entry, result) if keeps else result
                progress(entry, "done")
            result = finished.pop(waiting.pop().id)
            if isinstance(result, LeftOut):
                result.say()
            else:
                yield result


def _arriving(
    entries: list[Entry], level: str, seed: int, heads, jobs: int, cluster: str | None, progress
) -> Iterator[tuple[Entry, ClaimResult]]:
    """Claims with their results in the order in which they are done."""
    if cluster is not None and entries:
        from verify.cluster import run_on

        yield from run_on(cluster, entries, level=level, seed=seed, heads=heads)
    elif jobs == 1 or len(entries) <= 1:
        for entry in entries:
            progress(entry, "start")
            yield entry, run_one(entry, level, seed, heads)
    else:
        from joblib import delayed

        tasks = (delayed(_named)(entry, level, seed, heads) for entry in entries)
        yield from _in_processes(tasks, jobs)


def _named(entry: Entry, level: str, seed: int, heads) -> tuple[Entry, ClaimResult]:
    return entry, run_one(entry, level, seed, heads)


def _in_processes(tasks, jobs: int) -> Iterator:
    """What joblib's tasks return, as they are done; workers are ended as soon as nobody asks."""
    from joblib import Parallel

    results = None
    try:
        with _interrupts_kept_from_workers():
            results = Parallel(n_jobs=jobs, return_as="generator_unordered")(tasks)
        yield from results
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # joblib warns that tasks are cancelled, as is meant
            if results is not None:
                results.close()


@contextmanager
def _interrupts_kept_from_workers() -> Iterator[None]:
    """Start processes that do not see Ctrl-C: this one does, and ends them without their noise."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker
    from unittest.mock import patch

    from joblib.externals import loky

    with patch.dict(os.environ, PYTHONWARNINGS="ignore"):  # of what an interruption leaves to them
        for tracker in (resource_tracker, loky.backend.resource_tracker):
            tracker.ensure_running()  # now, as starting one unblocks SIGINT
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_one(entry: Entry, level: str, seed: int, heads) -> ClaimResult | LeftOut:
    """Judge all parts of one claim; a claim that is spared and breaks is left out."""
    from verify.search import LEVELS

    if level not in LEVELS:
        raise ValueError(f"level must be one of {sorted(LEVELS)}, got {level!r}")
    try:
        return _judged(load(entry), level, seed, heads)
    except Exception as error:
        if not entry.spare:
            raise
        return LeftOut(f"{entry.id} in {entry.file}", f"{type(error).__name__}: {error}")


def _judged(claim: Claim, level: str, seed: int, heads) -> ClaimResult:
    from verify.judge import judge
    from verify.search import LEVELS

    start = time.perf_counter()
    parts = tuple(judge(p, LEVELS[level], seed=seed, heads=heads) for p in claim.parts)
    table = claim.tabulate() if claim.tabulate else None
    seconds = time.perf_counter() - start
    return ClaimResult(claim.id, claim.kind, claim.title, parts, table, seconds)
