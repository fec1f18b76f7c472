"""What every benchmark writes down: the machine, the versions, the figures, as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "numba", "networkx", "scikit-learn", "torch", "cupy-cuda12x")


def machine() -> dict:
    """Processor, cores, threads that BLAS and OpenMP may use, system."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": {x: os.environ.get(x) for x in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")},
        "system": f"{platform.system()} {platform.machine()}",
    }


def versions() -> dict:
    """Version of Python and of each of `PACKAGES` that is installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def write(path: str | Path, figures: dict) -> None:
    """The figures with date, machine and versions, in a file of JSON, whole or not at all."""
    head = {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}
    beside = Path(path).with_suffix(".new")
    beside.write_text(json.dumps(head | figures, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def peak_megabytes() -> float:
    """The most memory this process has held so far; run each case in a process of its own."""
    resource = import_module("resource")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
