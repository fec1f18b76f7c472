"""Run claims: level, seed and heads in, results out; several claims in several processes."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from verify.registry import Entry, find, load
from verify.verdict import ClaimResult


def run(
    name: str, *, level: str = "quick", seed: int = 0, heads=None, jobs: int = 1
) -> ClaimResult | list[ClaimResult]:
    """The result of one claim; a list of them for a paper's name or "all".

    level: "quick", "standard" or "deep".  heads: a sequence of `Head`, or None for the
    trained heads that are shipped.
    """
    entries = select([name])
    results = list(run_all(entries, level=level, seed=seed, heads=heads, jobs=jobs))
    whole = len(results) > 1 or name == "all" or name == entries[0].id.partition("/")[0]
    return results if whole else results[0]


def select(names: list[str]) -> list[Entry]:
    """The entries of several ids, each once, in the order asked."""
    from verify.registry import entries

    asked = [e for name in names for e in (entries() if name == "all" else find(name))]
    return list(dict.fromkeys(asked))


def run_all(
    entries: list[Entry],
    *,
    level: str,
    seed: int,
    heads=None,
    jobs: int = 1,
    progress: Callable[[Entry, str], None] = lambda entry, stage: None,
) -> Iterator[ClaimResult]:
    """Results in the order of `entries`, as they are done; the same ones for any `jobs`."""
    if jobs == 1 or len(entries) == 1:
        for entry in entries:
            progress(entry, "start")
            yield run_one(entry, level, seed, heads)
            progress(entry, "done")
        return
    from joblib import delayed

    tasks = (delayed(run_one)(entry, level, seed, heads) for entry in entries)
    for entry, result in zip(entries, _in_processes(tasks, jobs), strict=True):
        progress(entry, "done")
        yield result


def _in_processes(tasks, jobs: int) -> Iterator:
    """What joblib's tasks return, in their order; workers are ended as soon as nobody asks."""
    from joblib import Parallel

    results = None
    try:
        with _interrupts_kept_from_workers():
            results = Parallel(n_jobs=jobs, return_as="generator")(tasks)
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


def run_one(entry: Entry, level: str, seed: int, heads) -> ClaimResult:
    """Judge all parts of one claim."""
    from verify.judge import judge
    from verify.search import LEVELS

    if level not in LEVELS:
        raise ValueError(f"level must be one of {sorted(LEVELS)}, got {level!r}")
    claim = load(entry)
    start = time.perf_counter()
    parts = tuple(judge(p, LEVELS[level], seed=seed, heads=heads) for p in claim.parts)
    table = claim.tabulate() if claim.tabulate else None
    seconds = time.perf_counter() - start
    return ClaimResult(claim.id, claim.kind, claim.title, parts, table, seconds)
