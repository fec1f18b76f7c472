"""The 16 smallest Laplacian eigenpairs of a dense attention graph, against forming it and `eigsh`.

    python benchmarks/spectra.py [--quick] [--sizes N ...] [--noises X ...] [--notes TEXT]

The graph: ceil(sqrt(N)) Gaussian clusters with centers N(0, I) in 64 dimensions, queries and keys
scattered around them with a noise of 0.3 and 0.5, weights symmetrized by the geometric mean.
Both sides are asked for residuals up to 1e-6, and both sets of residuals are measured in float64
with the same operator.  Each case is a process of its own, whose peak of memory is written down;
the peer is NumPy with `scipy.sparse.linalg.eigsh`, on as many threads.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import peak_megabytes, write
from spectral.extreme import laplacian_eigenpairs
from spectral.heads import clustered_heads
from spectral.operators import attention_graph

RESULT = Path(__file__).parent / "results" / "spectra.json"
PAIRS, WIDTH, TOLERANCE = 16, 64, 1e-6


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, seconds, nothing kept")
    parser.add_argument("--sizes", nargs="+", type=int, default=[16_384, 65_536])
    parser.add_argument("--noises", nargs="+", type=float, default=[0.3, 0.5])
    parser.add_argument("--notes", default="", help="about the machine, for the file")
    parser.add_argument("--case", help="one case as JSON; used by this program itself")
    arguments = parser.parse_args()
    if arguments.case:
        print(json.dumps(run(**json.loads(arguments.case))))
        return
    sizes = (1024, 2048) if arguments.quick else arguments.sizes
    table = [row(N, noise, peer=N <= 16_384) for N in sizes for noise in arguments.noises]
    print_table(table)
    if not arguments.quick:
        beside = RESULT.with_suffix(".new")
        write(beside, {"what": __doc__, "notes": arguments.notes, "table": table})
        beside.rename(RESULT)


def row(N, noise, *, peer):
    """Ours, and the peer's where it is asked for, one after the other."""
    ours = in_a_process(N=N, noise=noise, method="ours")
    if not peer:
        return {"N": N, "noise": noise, "ours": ours}
    theirs = in_a_process(N=N, noise=noise, method="eigsh")
    apart = np.abs(np.subtract(ours.pop("values"), theirs.pop("values"))).max()
    ratio = theirs["seconds"] / ours["seconds"]
    return {"N": N, "noise": noise, "ours": ours, "eigsh": theirs} | {
        "ratio": ratio,
        "values_apart": float(apart),
    }


def in_a_process(**case):
    threads = {"OPENBLAS_NUM_THREADS": str(os.cpu_count()), "OMP_NUM_THREADS": str(os.cpu_count())}
    command = [sys.executable, __file__, "--case", json.dumps(case)]
    done = subprocess.run(command, env=os.environ | threads, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def run(N, noise, method):
    """Seconds, processor seconds, residuals in float64, peak memory, and the values found."""
    count = math.isqrt(N - 1) + 1
    head = clustered_heads(N, WIDTH, count, rng=np.random.default_rng(0), noise=noise)[0]
    start, spent = time.perf_counter(), time.process_time()
    found = {"ours": ours, "eigsh": formed}[method](head.q, head.k)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    peak = peak_megabytes()
    L = attention_graph(head.q, head.k, how="geometric").symmetric_normalized()
    values, vectors = found.pop("values"), found.pop("vectors")
    residuals = np.linalg.norm(L @ vectors - vectors * values, axis=0)
    return {
        "seconds": seconds,
        "processor_seconds": spent,
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "peak_megabytes": peak,
        "worst_residual": float(residuals.max()),
        "values": values.tolist(),
    } | found


def ours(q, k):
    graph = attention_graph(q, k, how="geometric")
    pairs = laplacian_eigenpairs(graph, PAIRS, rng=np.random.default_rng(1), tolerance=TOLERANCE)
    return {
        "values": pairs.values,
        "vectors": pairs.vectors,
        "complete": pairs.complete,
        "widest_enclosure": float((pairs.upper - pairs.lower).max()),
        "products": pairs.products,
        "columns": pairs.columns,
    }


def formed(q, k):
    """As one would: form W, scale it in place, and ask ARPACK for the top of the adjacency."""
    from scipy.sparse.linalg import eigsh

    start = time.perf_counter()
    A = q @ k.T
    A = A + A.T
    A *= q.shape[1] ** -0.5 / 2
    np.exp(A, out=A)
    root = np.sqrt(A.sum(axis=1))
    A /= root[:, None]
    A /= root
    forming = time.perf_counter() - start
    values, vectors = eigsh(A, k=PAIRS, which="LA", tol=TOLERANCE, rng=np.random.default_rng(1))
    order = np.argsort(-values)
    return {
        "values": 1 - values[order],
        "vectors": vectors[:, order],
        "forming_seconds": forming,
    }


def print_table(table):
    print(
        f"{'N':>6} {'noise':>5} {'ours':>8} {'eigsh':>8} {'ratio':>6}  residual  complete      MB"
    )
    for r in table:
        ours, theirs = r["ours"], r.get("eigsh", {"seconds": math.nan})
        print(
            f"{r['N']:6} {r['noise']:5} {ours['seconds']:7.2f}s {theirs['seconds']:7.2f}s"
            f" {r.get('ratio', math.nan):5.1f}x  {ours['worst_residual']:.1e}"
            f"  {ours['complete']!s:8} {ours['peak_megabytes']:7.0f}"
        )


if __name__ == "__main__":
    main()
