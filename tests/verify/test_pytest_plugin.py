"""The installed plugin, in a project that is not this one; what it costs where it is not used."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1] / "outside_project"


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy outside this repository, so that none of its files or options is in reach."""
    return Path(shutil.copytree(PROJECT, tmp_path_factory.mktemp("elsewhere") / "project"))


@pytest.fixture(scope="session")
def run_pytest(project):
    def run(*arguments):
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def wrong(run_pytest):
    """The report of the wrong functions."""
    done = run_pytest("checks/wrong.py", "--tb=short")
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_what_is_right_passes(run_pytest):
    done = run_pytest()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 passed" in done.stdout


def test_all_that_is_wrong_fails(wrong):
    assert "6 failed" in wrong
    assert "passed" not in wrong


@pytest.mark.parametrize(
    "lines",
    [
        "sequence/theorem58, amendment 0 does not hold with quantizer = quantize_by_sign:",
        "quantize_by_median gave a side that is not a number",
        "sequence/theorem17 does not hold with softmax = softmax_without_temperature:",
        "smallest counterexample: W = [[0, 1]]",
        "it is the statement as printed that is false; true instead, and can be asked for:",
        "sequence/theorem58 has no place for 'quantiser'; it has one for: quantizer",
        "holds needs a claim: of its own, or of @pytest.mark.verify(claim)",
    ],
)
def test_a_failure_says_why(wrong, lines):
    assert lines in wrong


def test_a_failure_shows_the_test_and_no_machinery(wrong):
    places = set(re.findall(r"^(\S+):\d+: in ", wrong, re.MULTILINE))
    assert places == {"checks/wrong.py"}


def test_the_line_of_a_failure_repeats_it(project, wrong):
    call = re.search(r"again: (verify\.holds.*quantize_by_sign.*)", wrong)[1]
    program = f"import verify\nfrom my_quantizer import quantize_by_sign\n{call}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project / "src", capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "does not hold with quantizer = quantize_by_sign" in done.stderr


def test_level_and_seed_are_options_of_the_run(run_pytest):
    done = run_pytest(
        "checks/wrong.py", "-k", "as_printed", "--verify-level=standard", "--verify-seed=4"
    )
    assert "level='standard', seed=4" in done.stdout
    assert run_pytest("--verify-level=long").returncode == 4


def test_the_marker_selects(run_pytest):
    done = run_pytest("-m", "verify", "--collect-only", "-q")
    assert "1/5 tests collected" in done.stdout
    assert "test_softmax_minimises" in done.stdout


def in_a_process(program):
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_nothing_heavy_comes_with_the_plugin():
    program = "import sys, pytest; before = set(sys.modules); import verify.pytest_plugin; "
    loaded = in_a_process(program + "print(*sorted(set(sys.modules) - before))").split()
    assert [m for m in loaded if not m.startswith(("verify", "__editable__"))] == []


def test_the_plugin_is_loaded_in_a_fraction_of_the_time_of_a_test():
    # 20 ms are asked for, of the processor; the least of some tries, on a busy machine.
    program = "import time, pytest; t = time.process_time(); import verify.pytest_plugin; "
    tries = [float(in_a_process(program + "print(time.process_time() - t)")) for _ in range(3)]
    assert min(tries) < 0.020
