"""Tiles, and a thread a processor to work on them."""

from __future__ import annotations

import os
import sys
import threading
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
    if len(work) < 2 or getattr(_thread, "is_ours", False):
        return [function(tile) for tile in work]  # within a tile there is no processor left
    with one_blas_thread():
        return list(_pool().map(function, work))


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads that stay: to start them takes as long as a small tile."""
    return ThreadPoolExecutor(processors(), initializer=_mark)


def _mark() -> None:
    _thread.is_ours = True


_thread = threading.local()
if hasattr(os, "register_at_fork"):  # a child has none of the threads
    os.register_at_fork(after_in_child=_pool.cache_clear)


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
