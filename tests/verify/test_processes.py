"""The command line as a process: statuses, signals, pipes, several jobs, what it imports."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verify.ledger import LEDGER

TOYS = Path(__file__).parents[1] / "data" / "toys"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "verify"]
# One thread a process, and a hash seed that is not this process's.
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "7"}
QUICK = ["--level", "quick", "--path", str(TOYS)]


def verify(*arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=ROOT,
        check=False,
        timeout=120,
        **options,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["toy/theorem1", *QUICK], 0),
        (["toy/example6", *QUICK], 1),
        (["toy/theorem8", *QUICK], 2),
        (["toy/theorem99", *QUICK], 2),
        (["--jobs", "0", "toy/theorem1"], 2),
        (["toy/remark3", *QUICK], 3),
    ],
)
def test_statuses(arguments, status):
    assert verify(*arguments).returncode == status


def without_what_may_vary(text):
    doc = json.loads(text)
    assert doc.pop("environment")
    for claim in doc["claims"]:
        claim.pop("seconds")
    return json.dumps(doc)


def test_the_same_bytes_for_any_number_of_jobs_and_whatever_runs_before():
    names = ["toy/theorem2", "toy/theorem4", "theorem17"]
    alone = verify(names[-1], "--json", *QUICK)
    one, two = (verify(*names, "--json", "--jobs", jobs, *QUICK) for jobs in (1, 2))
    assert one.stdout
    assert one.stderr == two.stderr == ""
    assert without_what_may_vary(one.stdout) == without_what_may_vary(two.stdout)
    *_, last = json.loads(without_what_may_vary(one.stdout))["claims"]
    assert [last] == json.loads(without_what_may_vary(alone.stdout))["claims"]


def test_an_error_in_a_worker_is_a_line_too():
    done = verify("toy/theorem1", "toy/theorem9", "--jobs", 2, *QUICK)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("verify: toy/theorem9 part '', part no_equality declares equal")
    assert done.stderr.count("\n") == 1


# Ctrl-C -----------------------------------------------------------------------------------


def gone(group, within=20):
    """Whether every process of a group has ended, some seconds allowed to be cleaned up."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("seconds", [0.6, 1.2, 3])
def test_ctrl_c_is_one_line_and_leaves_nothing(tmp_path, jobs, seconds):
    arguments = ["toy/theorem10", "toy/theorem11", "--level", "deep", "--path", str(TOYS)]
    running = subprocess.Popen(
        [*COMMAND, *arguments, "--jobs", str(jobs), "--output", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        cwd=ROOT,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes of the job
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert err == "verify: interrupted; no file was left half-written\n"
    assert list(tmp_path.iterdir()) == []
    assert gone(running.pid)


# Pipes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["list"], 0),
        (["toy/example6", *QUICK], 1),
        (["toy/remark3", "--json", *QUICK], 3),
        (["doctor"], 0),
    ],
)
def test_a_reader_that_leaves_changes_no_status(arguments, status):
    assert into_a_closed_pipe(*arguments) == (status, b"")


def test_nor_that_of_a_comparison(tmp_path):
    record = json.loads(LEDGER.read_text(encoding="utf-8"))
    record["claims"][0]["parts"][0]["verdict"] = "vague"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(record), encoding="utf-8")
    assert into_a_closed_pipe("diff", LEDGER, changed) == (1, b"")


def into_a_closed_pipe(*arguments):
    """Status and stderr of the command whose stdout nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            cwd=ROOT,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing)
    return done.returncode, done.stderr


def test_stdout_and_stderr_are_clean_for_pipes():
    done = verify("toy/theorem1", "toy/remark3", "--json", *QUICK)
    json.loads(done.stdout)
    assert done.stderr == ""
    plain = verify("toy/theorem1", *QUICK).stdout
    assert "\x1b" not in plain
    assert all(line == line.rstrip() for line in plain.splitlines())


def test_colour_and_progress_on_a_terminal():
    reading, writing = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, "toy/theorem1", "toy/theorem12", "--jobs", "1", *QUICK],
        stdout=writing,
        stderr=writing,
        env=ENVIRONMENT | {"TERM": "xterm-256color", "COLUMNS": "100"},
        cwd=ROOT,
    )
    os.close(writing)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while chunk := os.read(reading, 4096):
            seen += chunk
    os.close(reading)
    assert running.wait(timeout=60) == 1
    text = seen.decode()
    assert "\x1b[" in text
    assert "0/2" in text
    assert "refuted" in text


# What is imported -------------------------------------------------------------------------


def modules_after(statement):
    code = f"{statement}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


HEAVY = {"numpy", "scipy", "hypothesis", "sympy", "flint", "rich", "joblib", "matplotlib"}


def test_list_imports_nothing_heavy():
    listing = "from verify.cli import main; main(['list'])"
    assert modules_after(listing) & HEAVY == set()


@pytest.mark.parametrize("name", ["verify", "spectral", "thermo", "quantization", "gpu"])
def test_a_package_is_imported_in_an_instant(name):
    assert modules_after(f"import {name}") & (HEAVY - {"numpy"}) == set()
