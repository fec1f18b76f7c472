"""The product with packed ternary weights against NumPy's float32 product (BLAS), in one run.

    python benchmarks/ternary.py [--quick]

The weights are the same trits: 4 bytes each for BLAS, 2 bits packed.  Times are the least and the
median of runs that take turns, packing not included, the layout of the activations included; each
result is compared with the integer product before it is timed.  Use two threads on two cores:
OPENBLAS_NUM_THREADS=2.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.record import write
from quantization import pack_ternary, packed_product

RESULT = Path(__file__).parent / "results" / "ternary.json"


def turns(calls, repeats):
    """(len(calls), repeats) seconds: one run of each, again and again."""
    seconds = np.empty((len(calls), repeats))
    for r in range(repeats):
        for c, call in enumerate(calls):
            start = time.perf_counter()
            call()
            seconds[c, r] = time.perf_counter() - start
    return seconds


def case(d, m, batch, repeats):
    """Milliseconds of both for T (d, m) and a batch of vectors, and the ratio to BLAS."""
    rng = np.random.default_rng(0)
    T = rng.integers(-1, 2, (d, m))
    shape = (d,) if batch == 1 else (d, batch)
    x = rng.integers(-127, 128, shape).astype(np.int8)
    packed, floats, xf = pack_ternary(T), np.ascontiguousarray(T.T, np.float32), x.astype("f4")
    known = T.T @ x.astype(np.int64)
    assert np.array_equal(packed_product(packed, x, backend="numba"), known)
    assert np.array_equal(packed_product(packed, x, backend="numpy"), known)
    calls = (lambda: floats @ xf, lambda: packed_product(packed, x, backend="numba"))
    blas, ours = turns(calls, repeats) * 1e3
    return {
        "d": d,
        "m": m,
        "batch": batch,
        "blas_ms": {"least": blas.min(), "median": np.median(blas)},
        "packed_ms": {"least": ours.min(), "median": np.median(ours)},
        "ratio": {"least": blas.min() / ours.min(), "median": np.median(blas) / np.median(ours)},
        "weights_megabytes": {"blas": floats.nbytes / 2**20, "packed": packed.codes.nbytes / 2**20},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one size, few repeats, not written")
    quick = parser.parse_args().quick
    sizes = [(512, 512)] if quick else [(1024, 1024), (4096, 4096), (4096, 11008)]
    rows = []
    for d, m in sizes:
        for batch in (1, 8):
            row = case(d, m, batch, 20 if quick else 100)
            rows.append(row)
            times = row["blas_ms"]["least"], row["packed_ms"]["least"], row["ratio"]["least"]
            print("{} x {}, batch {}: BLAS {:.2f} ms, packed {:.2f} ms, {:.1f} times".format(
                d, m, batch, *times))  # fmt: skip
    if not quick:
        write(
            RESULT,
            {
                "target": "ratio >= 2 at 4096 x 4096, batch 1",
                "peer": "numpy.matmul, float32, NumPy's own BLAS",
                "rows": rows,
            },
        )


if __name__ == "__main__":
    main()
