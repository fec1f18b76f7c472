"""Tiles, and a thread a processor to work on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache


def tiles(n: int, size: int) -> list[slice]:
    """The slices of 0 ... n - 1, `size` long each, the last one shorter."""
    return [slice(i, min(i + size, n)) for i in range(0, n, size)]


def over_tiles(function: Callable, work: Iterable) -> list:
    """[function(tile) for tile in work], a thread a processor, each with a BLAS of one thread.

    NumPy lets go of the interpreter's lock in its loops and in BLAS; BLAS's own threads would
    wait at the end of every product of a tile instead.
    """
    work = list(work)
    if len(work) < 2:
        return [function(tile) for tile in work]
    with one_blas_thread(), ThreadPoolExecutor(processors()) as pool:
        return list(pool.map(function, work))


def one_blas_thread():
    """Context in which each product of BLAS stays on the thread that asks for it."""
    return _blas("scipy.linalg" in sys.modules).limit(limits=1)


@cache
def _blas(with_scipy: bool):
    """The BLAS that is loaded, SciPy's own too, which Numba takes; looking for it takes
    milliseconds, so it is done once without and once with SciPy."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
