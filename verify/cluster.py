"""Claims on the workers of a Dask cluster: the same results as here.

`dask scheduler` on one machine, `dask worker ADDRESS --nworkers N --nthreads 1` on the others, each
with this package installed; then `python -m verify all --cluster ADDRESS`.  Interrupted, the run
takes away what waits; a claim that is being judged on a worker goes on there to its end.

The futures are `distributed`'s own: what joblib's Dask backend returns as a generator waits for
ever once the scheduler has given a task up (seen with joblib 1.6, distributed 2026.8).

A claim whose worker is lost goes to another one.  The scheduler gives it up, and the run ends,
after several losses in a row (`distributed.scheduler.allowed-failures`, 3): it is then the claim
that ends its workers, by its memory for instance.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from verify.provenance import differences, file_digest, provenance
from verify.registry import Entry
from verify.verdict import ClaimResult

CONNECT_SECONDS = 10
WORKERS_SECONDS = 10

_one_at_a_time = threading.Lock()


class ClusterError(ValueError):
    """A cluster that cannot be reached, is not fit for the run, or was lost."""


def run_on(
    address: str, entries: list[Entry], *, level: str, seed: int, heads=None
) -> Iterator[tuple[Entry, ClaimResult]]:
    """Each claim with its result, as they are done, in any order.

    address: that of the scheduler, as tcp://host:8786.  *Raises* ClusterError.
    """
    with _client(address) as client:
        _check_workers(client, address)
        # A task and not scattered data: lost with a worker, it is made again.
        shared = client.submit(_itself, heads, pure=False)
        made_by = provenance()
        futures = {
            client.submit(
                *(judge_there, entry, level, seed, shared, made_by, file_digest(entry.file)),
                key=f"{entry.id}-{id(shared)}",
                pure=False,
            ): entry
            for entry in entries
        }
        try:
            yield from _finished(client, futures, address)
        finally:
            client.cancel(list(futures))


def judge_there(entry: Entry, level: str, seed: int, heads, made_by: dict, source: str):
    """On a worker: judge a claim, with the code and the libraries of the one who asks."""
    from verify.runner import run_one

    if difference := differences(made_by, provenance()):
        raise ClusterError(f"a worker has {difference}")
    if source != file_digest(entry.file):
        raise ClusterError(f"a worker has another {entry.file}")
    # One at a time, as precision of balls and random cases are matters of the process.
    with _one_at_a_time, warnings.catch_warnings():
        # Hypothesis takes the worker's own threads for a strategy.
        warnings.filterwarnings("ignore", "Do not use the `random` module")
        return run_one(entry, level, seed, heads)


def _itself(heads):
    return heads


def _finished(client, futures: dict, address: str) -> Iterator[tuple[Entry, ClaimResult]]:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker, as_completed

    for future in as_completed(futures, loop=client.loop):
        entry = futures[future]
        try:
            result = future.result()
        except KilledWorker as error:
            raise ClusterError(
                f"{entry.id} was given up: its worker was lost {error.allowed_failures + 1} times"
            ) from error
        except CancelledError as error:
            raise ClusterError(f"the scheduler at {address} was lost") from error
        yield entry, result
        future.release()


# Connection -----------------------------------------------------------------------------


@contextmanager
def _client(address: str) -> Iterator:
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise ClusterError(
            f"--cluster needs the extra `cluster`: pip install 'refutable[cluster]' ({error})"
        ) from error
    with _quiet():
        try:
            get_address_host_port(address, strict=True)  # a client of a bad one is slow to go
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError(
                f"--cluster must be the address of a Dask scheduler, got {address!r}: {error}"
            ) from error
        with client:
            yield client


def _check_workers(client, address: str) -> None:
    """At least one worker, each with one thread and with the code and libraries of this process."""
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TimeoutError as error:
        raise ClusterError(
            f"the cluster at {address} must have workers, got none in {WORKERS_SECONDS} s"
        ) from error
    for worker, threads in client.nthreads().items():
        if threads != 1:
            raise ClusterError(
                f"worker {worker} must have one thread (--nthreads 1), got {threads}"
            )
    for worker, found in client.run(provenance, on_error="return").items():
        if isinstance(found, Exception):
            raise ClusterError(f"worker {worker} must have the package installed, got: {found}")
        if difference := differences(provenance(), found):
            raise ClusterError(f"worker {worker} must be as this process, has {difference}")


@contextmanager
def _quiet() -> Iterator[None]:
    """What happens to connections is said by our errors, not by `distributed`'s log."""
    logs = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)
