"""Dense attention and lists of keys against PyTorch's scaled_dot_product_attention (SDPA).

    python benchmarks/dense.py [--quick]

The peer is an extra of its own: pip install torch==2.13.0 (a CPU build).  float32, one head of
d = 64, Gaussian q, k, v.  Times are the least of several runs that take turns; `one core` is
processor time on one core, which other work on the machine disturbs less.  Memory is what a
process of its own held at its peak beyond what it held before the call.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import peak_megabytes, write
from gpu import anchor_topk, dense, listed, random_keys, window

RESULT = Path(__file__).parent / "results" / "dense.json"
D, KEYS = 64, 97


def tensors(N):
    rng = np.random.default_rng(0)
    return tuple(rng.standard_normal((N, D), np.float32) for _ in range(3))


def least(calls: dict, repeats: int, clock=time.perf_counter) -> dict:
    """Seconds of each call, the least of `repeats` rounds in which they take turns."""
    found = dict.fromkeys(calls, np.inf)
    for _ in range(repeats):
        for name, call in calls.items():
            start = clock()
            call()
            found[name] = min(found[name], clock() - start)
    return found


def peer(q, k, v):
    import torch

    x = [torch.from_numpy(y)[None, None] for y in (q, k, v)]
    return lambda: torch.nn.functional.scaled_dot_product_attention(*x)


def against_peer(calls, arrays, repeats, clock=time.perf_counter):
    """Seconds of the calls and of SDPA, and how many times SDPA's each takes."""
    seconds = least(calls | {"sdpa": peer(*arrays)}, repeats, clock)
    return {"seconds": seconds, "of_sdpa": {x: seconds[x] / seconds["sdpa"] for x in calls}}


def dense_calls(arrays):
    warm = [x[:64] for x in arrays]
    dense(*warm, backend="numba")
    return {x: lambda x=x: dense(*arrays, backend=x) for x in ("numpy", "numba")}


def all_cores(sizes, repeats):
    """Dense attention, wall time, as many threads as cores."""
    for N in sizes:
        arrays = tensors(N)
        yield {"N": N} | against_peer(dense_calls(arrays), arrays, repeats)


def one_core(sizes, repeats):
    """Dense attention, processor time, on one core."""
    import torch

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    torch.set_num_threads(1)
    for N in sizes:
        arrays = tensors(N)
        yield {"N": N} | against_peer(dense_calls(arrays), arrays, repeats, time.process_time)


def lists(sizes, repeats):
    """`KEYS` keys a query: around it, at random, by the largest scores; lists made or given."""
    list_calls(tensors(200))  # compiles
    for N in sizes:
        arrays = tensors(N)
        yield {"N": N, "keys": KEYS} | against_peer(list_calls(arrays), arrays, repeats)


def list_calls(arrays):
    """Each has run once: lists that are given must be made, and kernels compiled."""
    rng = np.random.default_rng(0)
    given = {
        "window": window(*arrays, width=KEYS).pattern,
        "random": random_keys(*arrays, count=KEYS, rng=rng).pattern,
    }
    calls = {}
    for b in ("numpy", "numba"):
        for name, p in given.items():
            calls[f"{name}, given, {b}"] = lambda p=p, b=b: listed(*arrays, pattern=p, backend=b)
        calls[f"window, {b}"] = lambda b=b: window(*arrays, width=KEYS, backend=b)
        calls[f"anchor_topk, {b}"] = lambda b=b: anchor_topk(*arrays, budget=KEYS, backend=b)
    for call in calls.values():
        call()
    return calls


def memory(sizes, repeats):
    """Megabytes at the peak beyond the input, and those of an N x N array of float32."""
    for N in sizes:
        row = {"N": N, "N x N": N * N * 4 / 2**20}
        for backend in ("numpy", "numba"):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                row[backend] = alone.submit(peak, N, backend).result()
        yield row


def peak(N, backend):
    """Of one call, in a process that has compiled and has the buffers of BLAS."""
    arrays = tensors(N)
    dense(*(x[:2000] for x in arrays), backend=backend)
    before = peak_megabytes()
    dense(*arrays, backend=backend)
    return peak_megabytes() - before


PARTS = {
    "all cores": (all_cores, [4096, 16384], 5),
    "one core": (one_core, [4096, 16384], 2),
    "lists": (lists, [4096, 16384], 3),
    "memory": (memory, [16384, 32768], 1),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes; nothing is written")
    parser.add_argument("--part", choices=PARTS, help="one part alone, in this process")
    options = parser.parse_args()
    if options.part:
        part, sizes, repeats = PARTS[options.part]
        rows = []
        for row in part([512, 1024] if options.quick else sizes, repeats):
            rows.append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)
        print(json.dumps(rows))
        return
    quick = ["--quick"] if options.quick else []
    figures = {}
    for part in PARTS:
        command = [sys.executable, __file__, "--part", part, *quick]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        figures[part] = json.loads(done.stdout)
    if not options.quick:
        write(RESULT, figures)


if __name__ == "__main__":
    main()
