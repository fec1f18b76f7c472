"""Kernels on an NVIDIA GPU: against the oracle, against SDPA (flash), time, energy, traffic.

    python benchmarks/gpu.py [--quick]

It has not yet been run on a device.  It takes Numba with CUDA, PyTorch with CUDA (the peer), and
nvidia-ml-py for the energy; the first error of a kernel stops it.  8 heads, d = 64, N = 8K to 131K,
float32 and bfloat16 (lists only; scores for the selection are float32).  What is measured:

    oracle      each kernel against `gpu.reference`, the largest error, at N = 300
    sparse      anchors + window + largest scores, 97 keys a query: all of it, and over lists that
                are given, beside SDPA in the same dtype
    joules      of a call, from the energy counter of the card, over calls of at least 2 seconds
    limits      floating-point operations and bytes that a call must move, by the second, as shares
                of what the card can do (`PEAKS`, from the maker's data sheets, without sparsity)
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import write
from gpu import anchor_topk, backends, dense, reference, window

RESULT = Path(__file__).parent / "results" / "gpu.json"
HEADS, D, KEYS, ANCHORS, WIDTH = 8, 64, 97, 4, 32
SECONDS = 2.0  # of calls for a reading of energy: the counter moves about 10 times a second

# By a part of the name: float32 operations, bfloat16 operations of tensor cores, bytes; a second.
PEAKS = {
    "H100": (67e12, 989e12, 3.35e12),
    "H200": (67e12, 989e12, 4.8e12),
    "A100": (19.5e12, 312e12, 2.0e12),
    "L4": (30.3e12, 121e12, 0.3e12),
}

KERNELS = {
    "dense": (dense, reference, {}),
    "window": (window, window, {"width": KEYS}),
    "anchor_topk": (anchor_topk, anchor_topk, {"budget": KEYS, "anchors": ANCHORS, "width": WIDTH}),
}


def oracle(N=300) -> list[dict]:
    """The largest error of each kernel by the definition; over lists, by NumPy's over the same.

    More than 1e3 eps (by trial: rounding gives about 10) is an error of the kernel.
    """
    rng = np.random.default_rng(0)
    rows = []
    for dtype in (np.float32, np.float64):
        q, k, v = (rng.standard_normal((N, D)).astype(dtype) for _ in range(3))
        for causal in (False, True):
            for name, (method, oracle_method, own) in KERNELS.items():
                done = method(q, k, v, causal=causal, backend="cuda", **own)
                right = oracle_method(q, k, v, causal=causal, backend="numpy", **own)
                error = float(np.abs(done.output - right.output).max())
                assert error < 1e3 * np.finfo(dtype).eps, (name, dtype, error)
                rows.append({"kernel": name, "dtype": dtype.__name__, "causal": causal})
                rows[-1]["error"] = error
    if backends()["cupy"].works:
        rows += _oracle_of_cupy(q, k, v)
    return rows


def _oracle_of_cupy(q, k, v):
    import cupy

    arrays = [cupy.asarray(x) for x in (q, k, v)]
    for name, (method, _, own) in KERNELS.items():
        done, right = method(*arrays, **own), method(q, k, v, backend="numpy", **own)
        error = float(np.abs(cupy.asnumpy(done.output) - right.output).max())
        assert error < 1e3 * np.finfo(q.dtype).eps, (name, error)
        yield {"kernel": f"{name}, cupy", "dtype": str(q.dtype), "error": error}


class Meter:
    """Seconds and joules of a call, on the first card."""

    def __init__(self):
        import pynvml

        pynvml.nvmlInit()
        self.card = pynvml.nvmlDeviceGetHandleByIndex(0)
        self.joules = lambda: pynvml.nvmlDeviceGetTotalEnergyConsumption(self.card) / 1e3

    def __call__(self, call) -> dict:
        import torch

        call()
        torch.cuda.synchronize()
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        calls = max(int(SECONDS / (time.perf_counter() - start)), 3)
        energy, start = self.joules(), time.perf_counter()
        for _ in range(calls):
            call()
        torch.cuda.synchronize()
        seconds, energy = time.perf_counter() - start, self.joules() - energy
        return {"calls": calls, "seconds": seconds / calls, "joules": energy / calls}


def kernels(q, k, v):
    """Calls over all heads, on the device: selection of the keys, attention over them, both."""
    import torch
    from numba import cuda

    from gpu._cuda_lists import attention
    from gpu._cuda_selection import selection
    from gpu.selection import Wanted

    N = q.shape[1]
    low, last = np.clip(np.arange(N) - WIDTH // 2, 0, None), np.full(N, N)
    wanted = Wanted(KEYS, ANCHORS, low, np.minimum(low + WIDTH, N), last)
    single = [cuda.as_cuda_array(x.float()) for x in (q * D**-0.5, k)]
    indptr = cuda.to_device(np.arange(N + 1, dtype=np.int64) * KEYS)

    def bits(x):
        return x.view(torch.int16) if x.dtype == torch.bfloat16 else x

    arrays = [cuda.as_cuda_array(bits(x)) for x in (q, k, v)]

    def select():
        return [selection(single[0][h], single[1][h], wanted) for h in range(HEADS)]

    def attend(ranks):
        for h in range(HEADS):
            attention(*(x[h] for x in arrays), indptr, ranks[h].reshape(N * KEYS), D**-0.5)

    given = select()
    return {
        "lists given": lambda: attend(given),
        "selection": select,
        "selection and lists": lambda: attend(select()),
    }


def sparse(sizes, meter) -> list[dict]:
    import torch

    peer, rows = torch.nn.functional.scaled_dot_product_attention, []
    for N in sizes:
        for dtype in (torch.float32, torch.bfloat16):
            torch.manual_seed(0)
            q, k, v = (torch.randn(HEADS, N, D, device="cuda").to(dtype) for _ in range(3))
            calls = {"sdpa": lambda x=(q, k, v): peer(*(y[None] for y in x))} | kernels(q, k, v)
            size = dtype.itemsize
            work = {
                "sdpa": (4 * HEADS * N * N * D, 4 * HEADS * N * D * size),
                "lists given": (4 * HEADS * N * KEYS * D, HEADS * N * D * (2 * KEYS + 2) * size),
                "selection": (2 * HEADS * N * N * D, 2 * HEADS * N * N * 4),
            }
            row = {"N": N, "dtype": str(dtype)}
            for name, call in calls.items():
                row[name] = meter(call) | _shares(*work.get(name, (0, 0)), dtype, name)
                _by_second(row[name])
                row[name]["of_sdpa"] = row[name]["seconds"] / row["sdpa"]["seconds"]
            rows.append(row)
            print(row, flush=True)
    return rows


def _shares(operations, bytes_moved, dtype, name):
    """What a call must do, and the card's limits for it.

    Lists count each key read from memory; those that the cache gives cost less, so that the share
    of the memory's limit can pass 1.
    """
    import torch

    card = torch.cuda.get_device_name()
    limits = next((x for part, x in PEAKS.items() if part in card), None)
    tensor = dtype == torch.bfloat16 and name == "sdpa"
    peaks = {"peak_operations": limits[tensor], "peak_bytes": limits[2]} if limits else {}
    return {"operations": operations, "bytes": bytes_moved} | peaks


def _by_second(row):
    for what in ("operations", "bytes"):
        if f"peak_{what}" in row:
            row[f"share_of_{what}"] = row[what] / row["seconds"] / row[f"peak_{what}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one small size; nothing is written")
    options = parser.parse_args()
    if not backends()["cuda"].works:
        sys.exit(f"no GPU to run on: {backends()['cuda'].device}")
    figures = {"device": backends()["cuda"].device, "oracle": oracle()}
    sizes = [2048] if options.quick else [2**p for p in range(13, 18)]
    figures["sparse"] = sparse(sizes, Meter())
    if not options.quick:
        write(RESULT, figures)


if __name__ == "__main__":
    main()
