"""The CUDA kernels, run by Numba's simulator: it must be asked for before Numba is imported."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gpu import MissingBackend, attend, backends

ROOT = Path(__file__).parent.parent.parent
KERNELS = Path(__file__).parent / "kernels_in_simulator.py"


def test_kernels_in_the_simulator():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", KERNELS],
        env=os.environ | {"NUMBA_ENABLE_CUDASIM": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


@pytest.mark.parametrize("method", ["dense", "window", "topk"])
@pytest.mark.parametrize("backend", ["cuda", "cupy"])
def test_a_missing_gpu_is_said(backend, method):
    """No silent fallback; where there is a GPU, nothing is missing."""
    x = np.ones((3, 2))
    options = {"window": {"width": 1}, "topk": {"budget": 1}}.get(method, {})
    if backend == "cupy":
        with pytest.raises(ValueError, match="backend 'cupy' does not take arrays of numpy"):
            attend(x, x, x, method=method, backend=backend, **options)
    elif not backends()["cuda"].works:
        with pytest.raises(MissingBackend, match="backend 'cuda' does not work here"):
            attend(x, x, x, method=method, backend=backend, **options)
