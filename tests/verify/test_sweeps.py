"""Long runs as processes: on a cluster that loses a worker, and ended in the middle."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verify import cluster
from verify.cli import main

ROOT = Path(__file__).parents[2]
SWEEP = ROOT / "tests" / "data" / "sweep"
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
NAMES = [f"sweep/theorem{i}" for i in range(1, 7)]


def started(*arguments, log=None, **options):
    """A process of this Python; claims note in `log` who judges them."""
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | ({"SWEEP_LOG": str(log)} if log else {}),
        cwd=ROOT,
        **options,
    )


def sweep(*arguments, names=NAMES, **options):
    return started("verify", *names, "--path", SWEEP, "--json", *arguments, **options)


def finished(process, status=1):
    out, err = process.communicate(timeout=90)
    assert (process.returncode, err) == (status, "")
    return out


def claims(text):
    """The claims of a run, each as text, without the seconds that it took."""
    kept = json.loads(text)["claims"]
    assert all(claim.pop("seconds") > 0 for claim in kept)
    return [json.dumps(claim) for claim in kept]


def noted(log):
    """(claim, process) in the order in which processes began on claims."""
    lines = log.read_text().splitlines() if log.exists() else []
    return list(dict.fromkeys((name, int(pid)) for name, pid in map(str.split, lines)))


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def local():
    """The claims of a run on this machine alone, computed while other fixtures start."""
    process = sweep("--jobs", 1)
    text = []

    def wanted():
        if not text:
            text.append(claims(finished(process)))
        return text[0]

    yield wanted
    process.kill()
    process.communicate()


# A cluster ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def address(local, folder):
    """The scheduler of two worker processes on the loopback interface."""
    file = folder / "scheduler.json"
    at = ["--host", "127.0.0.1", "--scheduler-file", file, "--no-dashboard"]
    worker = ["dask", "worker", *at, "--no-nanny", "--nthreads", 1]
    with contextlib.ExitStack() as stack:
        for command in (["dask", "scheduler", *at, "--port", 0], worker, worker):
            process = started(*command, log=folder / "log")
            stack.callback(process.communicate)
            stack.callback(process.kill)
        wait_until(lambda: file.exists() and file.stat().st_size)
        yield json.loads(file.read_text())["address"]


def test_a_cluster_that_loses_a_worker_gives_what_this_machine_gives(local, address, folder):
    log = folder / "log"
    process = sweep("--cluster", address, "--resume", folder / "kept")
    wait_until(lambda: len({name for name, _ in noted(log)}) >= 3)
    name, lost = noted(log)[-1]
    os.kill(lost, signal.SIGKILL)
    assert claims(finished(process)) == local()
    by = [pid for claim, pid in noted(log) if claim == name]
    assert len(by) == 2
    assert by[0] == lost
    assert len({pid for _, pid in noted(log)}) == 2
    assert (folder / "kept").read_bytes().count(b"\n") == 1 + len(NAMES)


def refused(capsys, *arguments):
    """The one line of a run that ends before it begins."""
    assert main([NAMES[0], "--path", str(SWEEP), *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_workers_of_another_version_are_refused(address, capsys, monkeypatch):
    monkeypatch.setattr(cluster, "provenance", lambda: {"refutable": f"0.{os.getpid()}"})
    err = refused(capsys, "--cluster", address)
    assert err.startswith("verify: worker tcp://127.0.0.1:")
    assert " must be as this process, has refutable 0." in err
    assert err.endswith(f", here 0.{os.getpid()}\n")


@pytest.mark.parametrize(
    "where", ["127.0.0.1:8786", "tcp://127.0.0.1", "ftp://127.0.0.1:1", "", "tcp://127.0.0.1:1"]
)
def test_an_address_where_no_scheduler_is(capsys, monkeypatch, where):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    said = f"verify: --cluster must be the address of a Dask scheduler, got {where!r}: "
    assert refused(capsys, "--cluster", where).startswith(said)


def test_without_the_extra(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    err = refused(capsys, "--cluster", "tcp://127.0.0.1:1")
    assert "verify: --cluster needs the extra `cluster`: pip install 'refutable[cluster]'" in err


def test_jobs_are_of_this_machine(capsys):
    err = refused(capsys, "--cluster", "tcp://127.0.0.1:1", "--jobs", 2)
    assert err == "verify: --jobs is for runs without --cluster, got 2\n"


# Resuming -------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "jobs"), [(signal.SIGKILL, 2), (signal.SIGINT, 1)])
def test_what_was_finished_is_not_judged_again(local, tmp_path, how, jobs):
    file, log = tmp_path / "kept", tmp_path / "log"
    asked = {"names": NAMES[:4], "log": log}
    process = sweep("--resume", file, "--jobs", jobs, **asked, start_new_session=True)
    wait_until(lambda: file.exists() and file.read_bytes().count(b"\n") >= 2)
    os.killpg(process.pid, how)
    process.communicate(timeout=60)
    before = [json.loads(line)["claim"]["id"] for line in file.read_text().splitlines()[1:]]
    with file.open("a") as torn:
        torn.write('{"claim": {"id": "swe')
    log.unlink()
    again = sweep("--resume", file, "--jobs", 1, **asked)
    assert claims(finished(again)) == local()[:4]
    assert {name for name, _ in noted(log)} == set(NAMES[:4]) - set(before)


def test_with_everything_finished_nothing_runs_and_the_bytes_are_the_same(tmp_path):
    log = tmp_path / "log"
    one, two = (
        finished(sweep("--resume", tmp_path / "kept", names=NAMES[:1], log=log)) for _ in range(2)
    )
    assert one == two
    assert len(noted(log)) == 1
